// stern, kubetail, kail: print logs of many pods; they follow without end unless told not to.
import { type CommandRule, program } from "../../rule.ts";
import { switchedOn } from "./cluster-words.ts";

export const followLogs: CommandRule = {
  why: "prints the output of many containers",
  operands: "data*",
  flags:
    "-A|--all-namespaces -t|--timestamps --diff-container --ephemeral-containers --init-containers --only-log-lines --include-hidden --show-hidden-options --verbosity-all -h|--help -v|--version",
  values:
    "-n|--namespace --context -c|--container -E|--exclude-container --container-state -e|--exclude -i|--include -H|--highlight --exclude-pod --field-selector -l|--selector --node -o|--output --template --color --tail --max-log-requests --pod-colors --container-colors --timezone --verbosity -s|--since --condition --completion",
  optional: "--no-follow --timestamps-format",
  reads: "--template-file -T",
  options: {
    "--kubeconfig|--config": { kind: "read", risk: "unknown", why: "a configuration file may name a program that is run to log in" },
    "-p|--prompt": { arity: "flag", risk: "unknown", why: "asks at the terminal" },
    "--stdin": { arity: "flag" },
  },
  unbounded: (inv) => !switchedOn(inv, "--no-follow") && !inv.has("-h") && !inv.has("-v"),
  safer: "add --no-follow --tail 100",
};

export const stern = program({
  ...followLogs,
  names: "stern",
  source: "github.com/stern/stern, README of 1.30",
  style: "go",
  examples: {
    "stern api -n prod --no-follow --tail 50": "safe",
    "stern --version": "safe",
    "stern api": "caution",
    "stern api --no-follow --no-follow=false": "caution",
    "stern api --kubeconfig /tmp/x": "unknown",
    "stern -p --no-follow": "unknown",
  },
  nearMisses: ["stern . -A", "stern api --config /tmp/x --no-follow"],
});

export const kubetail = program({
  names: "kubetail|kail",
  source: "github.com/johanhaleby/kubetail and github.com/boz/kail, their READMEs",
  why: "follows the output of many containers",
  operands: "data*",
  anyOption: true,
  anyWord: true,
  unbounded: true,
  safer: "kubectl logs --tail=100 -l app=NAME",
  examples: { "kubetail api -n prod": "caution", "kail --ns prod": "caution" },
  nearMisses: ["kail -d api"],
});
