// Programs that make and keep whole clusters elsewhere, and the machines under them: kops, eksctl, rancher, docker-machine, k9s.
import { literalArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { bareRisk } from "./cluster-client.ts";
import { freeChange, freeRead, namedTargets, switchedOn, undoneByVerb } from "./cluster-words.ts";

const read = freeRead("reads about clusters");
const kept = "what was there before is not recorded";
const clusterTargets = (inv: Invocation) => {
  const name = inv.arg("--name") ?? inv.arg("--cluster") ?? inv.arg("-f");
  if (name !== undefined) return [{ kind: "cluster", name: name.text }];
  return inv.operands.length > 0 ? namedTargets("cluster")(inv) : [{ kind: "cluster", name: inv.path.join(" ") }];
};
const change = (why: string, more: Partial<CommandRule> = {}): CommandRule =>
  freeChange(why, { targets: clusterTargets, noInverse: kept, ...more });
const destroy = (why: string): CommandRule => freeChange(why, { risk: "dangerous", targets: clusterTargets });

/** kops shows what it would do until it is told `--yes`. All options are listed, so that none can take `--yes` as its value. */
const untilYes = (why: string): CommandRule => ({
  risk: (inv) => (inv.has("-y") && !(inv.arg("-y")?.text === "false") ? "dangerous" : "safe"),
  why,
  operands: "name?",
  flags: "--allow-kops-downgrade --cloudonly --fail-on-drain-error --fail-on-validate-error --force --internal --prune",
  values:
    "--instance-group --instance-group-roles --phase --bastion-interval --control-plane-interval --node-interval --drain-timeout --post-drain-delay --validate-count --validation-timeout --ssh-public-key --lifecycle-overrides",
  optional: "-y|--yes",
  options: {
    "--create-kube-config|--admin|--user": { arity: "optional", risk: "caution", why: "changes the client's configuration" },
    "--out|--target": { risk: "caution", why: "writes files" },
  },
  targets: clusterTargets,
  safer: "leave --yes out",
});

export const kops = program({
  names: "kops",
  source: "kops.sigs.k8s.io/cli, kops 1.34",
  style: "go",
  risk: bareRisk,
  why: "makes and keeps clusters",
  values: "--name --state -v|--v",
  reads: "--config",
  optional: "-h|--help --version",
  verbs: {
    "get|version|help|completion": read,
    "get secrets|secret|keypairs": freeRead("reads about secrets of a cluster", { sensitive: true }),
    "get assets": freeRead("lists what a cluster is made of", {
      options: { "--copy": { arity: "optional", risk: "caution", why: "copies images and files into the repository of assets" } },
      noInverse: kept,
    }),
    "validate cluster": freeRead("checks a cluster", {
      options: { "--kubeconfig": { kind: "read", risk: "unknown", why: "a kubeconfig may name a program that is run to log in" } },
    }),
    "toolbox dump": freeRead("prints the state of a cluster", {
      options: {
        "--dir": { kind: "write", why: "gathers logs of the machines into files" },
        "--private-key": { risk: "caution", sensitive: true, why: "logs in to the machines" },
      },
      noInverse: "delete the files",
    }),
    "update cluster": untilYes("shows, or with --yes makes, the changes of a cluster"),
    "rolling-update cluster": untilYes("shows, or with --yes does, a restart of every node"),
    "upgrade cluster": untilYes("shows, or with --yes sets, a newer version"),
    "create|edit|replace|export|promote|distrust|set|unset|trust|reconcile|gen-cli-docs": change(
      "changes the description of a cluster, or its credentials",
    ),
    delete: destroy("deletes a cluster, or parts of it"),
  },
  examples: {
    "kops get clusters": "safe",
    "kops validate cluster --name a": "safe",
    "kops update cluster --name a": "safe",
    "kops update cluster --name a --yes": "dangerous",
    "kops update cluster --name a --out x --target terraform": "caution",
    "kops update cluster --name a --admin": "caution",
    "kops get secrets": "caution",
    "kops edit cluster --name a": "caution",
    "kops get assets": "safe",
    "kops get assets --copy": "caution",
    "kops validate cluster --kubeconfig x": "unknown",
    "kops toolbox dump --dir out": "caution",
    "kops toolbox dump --private-key k": "caution",
    "kops delete cluster --name a": "dangerous",
  },
  nearMisses: ["kops rolling-update cluster -y", "kops export kubecfg", "kops --frob get delete cluster"],
});

export const eksctl = program({
  names: "eksctl",
  source: "eksctl.io, eksctl 0.214",
  style: "go",
  risk: bareRisk,
  why: "makes and keeps EKS clusters",
  values: "-C|--color -v|--verbose --profile -p -r|--region --timeout --cluster --name",
  flags: "-d|--dumpLogs",
  optional: "-h|--help --version",
  verbs: {
    "get|info|version|help|completion": read,
    "utils describe-stacks|describe-addon-versions|describe-addon-configuration|schema|nodegroup-health": read,
    "create|upgrade|update|set|unset|associate|disassociate|enable|register|deregister|scale|anywhere": change("changes clusters"),
    "utils write-kubeconfig|update-kube-proxy|update-aws-node|update-coredns|update-cluster-logging|update-cluster-endpoints|set-public-access-cidrs|associate-iam-oidc-provider|install-vpc-controllers|enable-secrets-encryption|migrate-to-pod-identity|update-legacy-subnet-settings|update-cluster-vpc-config|update-authentication-mode":
      change("changes a cluster, or the client's configuration"),
    drain: destroy("evicts every pod of a group of nodes"),
    delete: destroy("deletes a cluster, or parts of it"),
  },
  examples: {
    "eksctl get cluster": "safe",
    "eksctl get nodegroup --cluster a -o json": "safe",
    "eksctl utils describe-stacks --cluster a": "safe",
    "eksctl scale nodegroup --cluster a -N 3": "caution",
    "eksctl delete cluster --name a": "dangerous",
    "eksctl drain nodegroup --cluster a": "dangerous",
  },
  nearMisses: ["eksctl create cluster", "eksctl utils write-kubeconfig --cluster a", "eksctl --frob get delete cluster"],
});

export const rancher = program({
  names: "rancher",
  source: "ranchermanager.docs.rancher.com, CLI 2.12 (--help)",
  style: "none",
  why: "works with clusters kept by Rancher",
  verbs: {
    "--help|-h|--version|-v|help": read,
    ...Object.fromEntries(
      [
        "clusters",
        "cluster",
        "nodes",
        "node",
        "projects",
        "project",
        "namespaces",
        "namespace",
        "settings",
        "setting",
        "machines",
        "machine",
      ].map((noun) => [`${noun} ls|list|get`, read]),
    ),
    "ps|inspect": read,
    "context current": read,
    "context switch": change("changes which project later commands reach"),
    kubectl: {
      why: "runs kubectl against the current cluster",
      operands: "inner*",
      inspect: (inv, ctx) => ctx.scanArgv([literalArg("kubectl", inv.span), ...inv.operands]),
    },
    "clusters|cluster|projects|project|namespaces|namespace|nodes|node|machines|machine delete|rm": destroy(
      "deletes clusters, projects, nodes or name spaces",
    ),
    "clusters|cluster create|import|add-node|add-member-role|delete-member-role|kubeconfig|kf|export": change(
      "changes clusters, or prints their credentials",
      { sensitive: true },
    ),
    "login|logout|apps|app|catalog|up|ssh|server|servers|token": change("changes the session, or what runs"),
  },
  examples: {
    "rancher clusters ls": "safe",
    "rancher kubectl get pods": "safe",
    "rancher kubectl delete pod x": "dangerous",
    "rancher context current": "safe",
    "rancher login https://x": "caution",
  },
  nearMisses: ["rancher clusters delete c1", "rancher context switch", "rancher frob"],
});

export const dockerMachine = program({
  names: "docker-machine",
  source: "docs.docker.com/machine/reference (archived), 0.16",
  style: "go",
  globals: "before",
  risk: bareRisk,
  why: "works with machines that run docker",
  flags: "-D|--debug --native-ssh",
  values: "-s|--storage-path",
  optional: "-h|--help -v|--version",
  verbs: {
    "ls|status|ip|url|active|config|version|help|env|inspect": read,
    start: change("starts a machine", { inverse: undoneByVerb("stop") }),
    stop: change("stops a machine", { inverse: undoneByVerb("start") }),
    "create|restart|provision|regenerate-certs|upgrade|scp|mount": change("changes a machine"),
    ssh: {
      risk: "caution",
      why: "runs a command on a machine",
      firstEnds: true,
      operands: "inner*",
      inspect: (inv, ctx) => ctx.scanArgv(inv.operands.slice(1)),
      targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "machine", name: arg.text })),
      noInverse: "what the command changes is not recorded",
    },
    "rm|kill": destroy("ends or deletes a machine"),
  },
  examples: {
    "docker-machine ls": "safe",
    "docker-machine stop a": "caution",
    "docker-machine ssh a rm -rf /data": "dangerous",
    "docker-machine rm a": "dangerous",
  },
  nearMisses: ["docker-machine create a", "docker-machine --frob ls rm"],
});

export const k9s = program({
  names: "k9s",
  source: "k9scli.io/topics/commands, k9s 0.50",
  style: "go",
  risk: (inv) => (inv.has("-h") ? "safe" : inv.has("--write") || !switchedOn(inv, "--readonly") ? "unknown" : "caution"),
  why: "shows a cluster at the terminal; without --readonly it changes it too",
  flags: "--write --headless --logoless --crumbsless --splashless -A|--all-namespaces -h|--help --insecure-skip-tls-verify",
  values: "-n|--namespace --context -c|--command -r|--refresh -l|--logLevel --cluster --request-timeout --as --as-group --user",
  optional: "--readonly",
  options: { "--kubeconfig|-s|--server|--screen-dump-dir|--logFile|--token": { risk: "unknown", why: "another cluster or files" } },
  operands: "none",
  unbounded: (inv) => !inv.has("-h"),
  targets: () => [],
  noInverse: "it changes nothing; it ends at the terminal",
  verbs: { "version|info|help|completion": read },
  examples: {
    "k9s version": "safe",
    "k9s info": "safe",
    "k9s --readonly -n prod": "caution",
    k9s: "unknown",
    "k9s --readonly --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["k9s --readonly --write", "k9s --readonly=false", "k9s --frob"],
});
