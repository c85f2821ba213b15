// `kubectl create` and the sub-commands that start or reach containers, as data. kubectl.ts puts them together with the others.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { CommandRule, OptionRule, RuleContext } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { writeFinding } from "../../write-paths.ts";
import { asksHelp, isDryRun, unlessHelp, unlessTried } from "./cluster-words.ts";
import { kubectlChanges } from "./kubectl-changes.ts";
import { kubernetesTargets } from "./kubectl-objects.ts";
import { undoneCreated } from "./kubectl-undo.ts";

const flags =
  "--allow-missing-template-keys --show-managed-fields --save-config --append-hash --record --aggregation-rule --global-default";
const values =
  "-o|--output --template --field-manager --image --port -r|--replicas --from --from-literal --schedule --restart --rule --class --default-backend --annotation --tcp --node-port --clusterip --external-name --hard --scopes --min-available --max-unavailable --selector --value --description --preemption-policy --type --docker-server --docker-username --docker-password --docker-email --verb --resource --resource-name --role --clusterrole --group --serviceaccount --non-resource-url --aggregation-rule-labels --duration --audience --bound-object-kind --bound-object-name --bound-object-uid --request-timeout";

const create = (kind: string, more: Partial<CommandRule> = {}): CommandRule => ({
  risk: unlessTried("caution"),
  why: `creates a ${kind}`,
  operands: "name*",
  flags,
  values,
  optional: "--dry-run --validate",
  reads: "--from-file --from-env-file --cert --key",
  targets: (inv) => kubernetesTargets(inv).map((target) => ({ ...target, kind })),
  inverse: (inv) => undoneMade(inv, kind),
  safer: "--dry-run=server shows what would happen",
  ...more,
});

function undoneMade(inv: Invocation, kind: string): Inverse | undefined {
  return undoneCreated(inv, kind, inv.operand(0) ?? "");
}

const grant = (kind: string): CommandRule => create(kind, { risk: unlessTried("dangerous"), why: "gives rights" });

const kinds = [
  "configmap|cm",
  "deployment|deploy",
  "job",
  "cronjob|cj",
  "namespace|ns",
  "ingress|ing",
  "serviceaccount|sa",
  "quota|resourcequota",
  "poddisruptionbudget|pdb",
  "priorityclass|pc",
] as const;

const grants = ["clusterrolebinding", "rolebinding", "clusterrole", "role"] as const;

/** The command of `exec POD -- COMMAND`; with -f the pod is not an operand. */
function innerWords(inv: Invocation): readonly Arg[] {
  return inv.operands.slice(inv.has("-f") ? 0 : 1);
}

const noReturn = "what the command changes inside the container is not known to the cluster";

const exec: CommandRule = {
  risk: "caution",
  why: "runs a command inside a container",
  flags: "-i|--stdin -t|--tty -q|--quiet",
  values: "-c|--container --pod-running-timeout",
  reads: "-f|--filename",
  operands: "name? inner*",
  anyWord: true,
  inspect: (inv, ctx) => ctx.scanArgv(innerWords(inv)),
  targets: (inv) => kubernetesTargets(inv).slice(0, 1),
  noInverse: noReturn,
};

/** Names of a pod specification that give a container rights over its node. */
const overrides = /privileged|hostPath|hostPID|hostNetwork|hostIPC|nodeName|serviceAccount|SYS_|docker\.sock/;

function inspectRun(inv: Invocation, ctx: RuleContext): void {
  if (isDryRun(inv) || asksHelp(inv)) return;
  const text = inv.arg("--overrides");
  if (text !== undefined && (text.shape !== "literal" || overrides.test(text.text) || text.text.includes("\\u")))
    ctx.report({ risk: "dangerous", why: "gives the container rights over its node", span: text.span });
  ctx.scanArgv(inv.operands.slice(1));
}

const powers: Readonly<Record<string, OptionRule>> = {
  "--privileged": { arity: "flag", risk: "dangerous", why: "gives the container rights over its node" },
};

const run: CommandRule = {
  risk: unlessTried("caution"),
  why: "starts a new pod",
  operands: "name? inner*",
  flags: `${flags} -i|--stdin -t|--tty --rm --attach -q|--quiet --command --leave-stdin-open --expose --wait --force`,
  values: `${values} -e|--env -l|--labels --image-pull-policy --limits --requests --hostport --pod-running-timeout --timeout --override-type --overrides --annotations --grace-period --cascade --generator`,
  optional: "--dry-run",
  options: powers,
  inspect: inspectRun,
  targets: (inv) =>
    kubernetesTargets(inv)
      .slice(0, 1)
      .map((target) => ({ ...target, name: target.kind === "file" ? target.name : (inv.operands[0]?.text ?? ""), kind: "pod" })),
  inverse: (inv) => (inv.has("--rm") ? undefined : undoneMade(inv, "pod")),
  noInverse: "with --rm the pod is gone when it ends",
  safer: "--dry-run=server shows what would happen",
};

function inspectDebug(inv: Invocation, ctx: RuleContext): void {
  const [target] = inv.operands;
  if (target === undefined) return;
  if (target.shape !== "literal" || /^(no|nodes?)(\/|$)/.test(target.text))
    ctx.report({ risk: "dangerous", why: "starts a container with the node's file system and processes" });
  ctx.scanArgv(inv.operands.slice(1));
}

const debug: CommandRule = {
  risk: unlessHelp("caution"),
  why: "starts a container beside those of the pod",
  operands: "name? inner*",
  flags:
    "-i|--stdin -t|--tty -q|--quiet --attach --share-processes --same-node --arguments-only --keep-labels --keep-annotations --keep-liveness --keep-readiness --keep-startup --keep-init-containers",
  values: "--image -c|--container --target --copy-to --env --image-pull-policy --set-image",
  options: {
    "--profile": { allow: "legacy general baseline restricted auto", risk: "dangerous", why: "gives the container rights over its node" },
    "--custom": { kind: "read", risk: "dangerous", why: "changes the container in ways that are not looked at" },
    "--replace": { arity: "flag", risk: "dangerous", why: "deletes the pod that it copies" },
  },
  reads: "-f|--filename",
  inspect: inspectDebug,
  targets: (inv) => kubernetesTargets(inv).slice(0, 1),
  noInverse: "a debug container stays in the pod until the pod ends",
};

const reach = (why: string, more: Partial<CommandRule> = {}): CommandRule => ({
  risk: unlessHelp("caution"),
  why,
  operands: "name*",
  targets: (inv) => kubernetesTargets(inv).slice(0, 1),
  unbounded: (inv) => !asksHelp(inv),
  noInverse: "it changes nothing that stays; it ends with the process",
  ...more,
});

export const kubectlCreate: Readonly<Record<string, CommandRule>> = {
  create: { ...kubectlChanges["apply"], why: "creates objects", inverse: (inv) => undoneFile(inv) },
  ...Object.fromEntries(kinds.map((kind) => [`create ${kind}`, create(kind.split("|", 1)[0] ?? kind)])),
  ...Object.fromEntries(grants.map((kind) => [`create ${kind}`, grant(kind)])),
  // A dry run sends nothing, but what it prints holds the values, files read for it included.
  "create secret generic|tls|docker-registry": create("secret", { sensitive: (inv) => inv.has("-o") && inv.value("-o") !== "name" }),
  "create service|svc clusterip|nodeport|loadbalancer|externalname": create("service"),
  "create token": create("token", {
    why: "makes a token and prints it",
    sensitive: (inv) => !isDryRun(inv) && !asksHelp(inv),
    inverse: () => undefined,
    noInverse: "the token is valid until it expires",
  }),
  exec,
  run,
  debug,
  attach: reach("connects to the input and output of a container", {
    flags: "-i|--stdin -t|--tty -q|--quiet",
    values: "-c|--container --pod-running-timeout",
  }),
  cp: reach("copies files into or out of a container", {
    flags: "--no-preserve",
    values: "-c|--container --retries",
    unbounded: () => false,
    noInverse: "the file that was there before is overwritten",
    inspect: (inv, ctx) => {
      const to = inv.operands[1];
      const finding =
        to === undefined || to.text.includes(":") ? undefined : writeFinding(to, "writes a file on this machine", undefined, undefined);
      if (finding !== undefined) ctx.report(finding);
    },
  }),
  "port-forward": reach("opens a way from this machine to a pod", {
    values: "--pod-running-timeout",
    options: { "--address": { allow: "localhost 127.0.0.1 ::1", risk: "dangerous", why: "opens the pod to other machines" } },
  }),
  proxy: reach("opens the API server, with your rights, to this machine", {
    values: "-p|--port --keepalive --append-server-path --api-prefix -P|--www-prefix",
    options: {
      "--address": { allow: "localhost 127.0.0.1 ::1", risk: "dangerous", why: "opens the API server to other machines" },
      "--accept-hosts|--accept-paths|--reject-paths|--reject-methods|-w|--www|-u|--unix-socket": {
        risk: "dangerous",
        why: "opens more of the API server",
      },
      "--disable-filter": { arity: "flag", risk: "dangerous", why: "lets any page in a browser use your rights" },
    },
  }),
};

/** `create -f FILE`: the objects are new, so they can be deleted again. */
function undoneFile(inv: Invocation): Inverse | undefined {
  const file = inv.value("-f");
  return file === undefined ||
    !/^[\w./][\w./-]*$/.test(file) ||
    inv.all("-f").length !== 1 ||
    inv.operands.length > 0 ||
    inv.has("--context")
    ? undefined
    : { kind: "command", command: `${inv.program} delete -f ${file}${inv.value("-n") === undefined ? "" : ` -n ${inv.value("-n")}`}` };
}
