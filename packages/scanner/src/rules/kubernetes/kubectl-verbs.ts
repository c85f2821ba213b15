// The sub-commands of kubectl as data. kubectl.ts puts them together with the program's own options.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type RuleContext, unlessDryRun } from "../../rule.ts";
import type { Inverse, Target } from "../../types.ts";

const selection = "-l|--selector --field-selector --chunk-size";
const dryRun = { optional: "--dry-run" };
const named = { operands: "name*", anyWord: true } as const;

/** `kubectl get secret`, `get pods,secrets`, `describe secret/x`: the resource words of a read. */
function namesSecrets(inv: Invocation): boolean {
  return inv.operands.some((arg) => /(^|,)secrets?([.,/]|$)/.test(arg.text.toLowerCase()));
}

function showsSecretContent(inv: Invocation): boolean {
  const output = inv.arg("-o");
  const harmless = output === undefined || (output.shape === "literal" && /^(wide|name)$/.test(output.text));
  return (
    inv.has("--raw") || (namesSecrets(inv) && !harmless) || (!harmless && inv.operands[0]?.shape !== "literal" && inv.operands.length > 0)
  );
}

/** `deploy/api`, `deploy api other`, `pods -l app=x`: what a human types. */
export function kubernetesTargets(inv: Invocation): readonly Target[] {
  const namespace = inv.value("-n");
  const [first, ...rest] = inv.operands.map((arg) => arg.text);
  if (first === undefined) return [];
  const place = (target: Target): Target => (namespace === undefined ? target : { ...target, namespace });
  const split = (kind: string, name: string): Target => {
    const at = name.indexOf("/");
    return at > 0 ? { kind: name.slice(0, at), name: name.slice(at + 1) } : { kind, name };
  };
  if (first.includes("/")) return [first, ...rest].map((name) => place(split("resource", name)));
  if (rest.length > 0) return rest.map((name) => place(split(first, name)));
  const selector = inv.arg("-l");
  return [place({ kind: first, name: selector?.text ?? (namespace === undefined ? first : namespace) })];
}

const plainWord = /^[A-Za-z0-9._/:@=-]+$/;

/** The words of the call that name its objects, or undefined where they are not all written out. */
function objectWords(inv: Invocation): string | undefined {
  const words = inv.operands.map((arg) => (arg.shape === "literal" && plainWord.test(arg.text) ? arg.text : undefined));
  const namespace = inv.arg("-n");
  if (words.length === 0 || words.includes(undefined) || (namespace !== undefined && inv.value("-n") === undefined)) return undefined;
  return `${words.join(" ")}${namespace === undefined ? "" : ` -n ${namespace.text}`}`;
}

const undoneBy =
  (command: string) =>
  (inv: Invocation): Inverse | undefined => {
    const words = objectWords(inv);
    return words === undefined ? undefined : { kind: "command", command: `kubectl ${command} ${words}` };
  };

/** Reads one field of the object first, so that the change can be taken back. */
const undoneFrom =
  (path: string, command: (words: string) => string) =>
  (inv: Invocation): Inverse | undefined => {
    const words = objectWords(inv);
    return words === undefined
      ? undefined
      : { kind: "capture", capture: `kubectl get ${words} -o jsonpath={${path}}`, command: command(words) };
  };

/** ` -n NAME`, empty without a namespace, undefined where it is not written out. */
function namespaceWords(inv: Invocation): string | undefined {
  if (!inv.has("-n")) return "";
  const namespace = inv.value("-n");
  return namespace === undefined || !plainWord.test(namespace) ? undefined : ` -n ${namespace}`;
}

/** `set image deploy/api web=repo/web:2`: the image that the one named container has now. */
function undoneImage(inv: Invocation): Inverse | undefined {
  const [object, change] = [inv.operand(0) ?? "", inv.operand(1) ?? ""];
  const container = change.split("=", 1)[0] ?? "";
  const where = namespaceWords(inv);
  if (inv.operands.length !== 2 || where === undefined || !plainWord.test(object) || !/^[a-z0-9-]+$/.test(container)) return undefined;
  return {
    kind: "capture",
    capture: `kubectl get ${object}${where} -o 'jsonpath={.spec.template.spec.containers[?(@.name=="${container}")].image}'`,
    command: `kubectl set image ${object}${where} ${container}={capture}`,
  };
}

const read: CommandRule = { why: "reads objects from the cluster", operands: "data*", anyWord: true };

/** A change that can be taken back, with any options: none of them makes it worse than it is, except those named. */
const change = (why: string, more: Partial<CommandRule> = {}): CommandRule => ({
  risk: unlessDryRun("caution"),
  why,
  anyOption: true,
  ...named,
  ...dryRun,
  values: `${selection} -o|--output --field-manager --timeout`,
  targets: kubernetesTargets,
  safer: "--dry-run=server shows what would happen",
  ...more,
});

const destroy = (why: string, safer: string, more: Partial<CommandRule> = {}): CommandRule => ({
  ...change(why, more),
  risk: "dangerous",
  safer,
});

function execInner(inv: Invocation, ctx: RuleContext): void {
  ctx.scanArgv(inv.operands.slice(1));
}

const applied = {
  options: {
    "-f|--filename|-k|--kustomize": { kind: "read" },
    "--prune|--force|--grace-period": { arity: "optional", risk: "dangerous", why: "deletes objects" },
    "--raw": { risk: "dangerous", why: "writes to any path of the API server" },
    "--edit": { arity: "flag", risk: "unknown", why: "opens an editor" },
  },
} as const satisfies Partial<CommandRule>;

const configReads: CommandRule = {
  ...read,
  why: "prints the client's configuration",
  flags: "--minify --flatten --no-headers --merge",
  values: "-o|--output --template",
};

export const kubectlVerbs: Readonly<Record<string, CommandRule>> = {
  get: {
    ...read,
    flags:
      "-A|--all-namespaces --ignore-not-found --no-headers -R|--recursive --show-kind --show-labels --show-managed-fields --server-print --allow-missing-template-keys --output-watch-events",
    values: `${selection} -o|--output -L|--label-columns --sort-by --subresource --template -k|--kustomize`,
    options: {
      "-w|--watch|--watch-only": { arity: "flag", unbounded: true, why: "watches without end", safer: "leave -w out" },
      "--raw": { sensitive: true, why: "reads any path of the API server" },
      "-f|--filename": { kind: "read" },
    },
    sensitive: showsSecretContent,
  },
  describe: { ...read, flags: "-A|--all-namespaces --show-events -R|--recursive", values: selection, reads: "-f|--filename" },
  logs: {
    ...read,
    why: "prints the output of containers",
    flags: "-p|--previous --timestamps --all-containers --all-pods --prefix --ignore-errors --insecure-skip-tls-verify-backend",
    values: `-c|--container --tail --since --since-time --limit-bytes --pod-running-timeout --max-log-requests ${selection}`,
    options: { "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "--tail=200 without -f" } },
  },
  top: {
    ...read,
    why: "prints use of resources",
    flags: "-A|--all-namespaces --containers --no-headers --use-protocol-buffers --sum --show-capacity --show-swap",
    values: `--sort-by ${selection}`,
  },
  events: {
    ...read,
    flags: "-A|--all-namespaces --no-headers",
    values: "--for --types -o|--output --chunk-size",
    options: { "-w|--watch": { arity: "flag", unbounded: true, why: "watches without end" } },
  },
  "explain|api-resources|api-versions|version|options|help|completion": {
    ...read,
    why: "prints help or versions",
    flags: "--recursive --client --short --namespaced --no-headers --cached",
    values: "-o|--output --api-version --api-group --verbs --sort-by --categories",
  },
  "cluster-info": {
    ...read,
    why: "prints addresses of the cluster",
    operands: "data?",
    inspect: (inv, ctx) => {
      if (inv.operands.length > 0) ctx.report({ risk: "caution", sensitive: true, why: "dumps the state of the cluster" });
    },
    options: { "--output-directory": { kind: "write", why: "writes files" } },
    flags: "-A|--all-namespaces",
    values: "--namespaces -o|--output --pod-running-timeout",
  },
  "auth can-i|whoami": {
    ...read,
    why: "says what you may do",
    flags: "-A|--all-namespaces --list --no-headers -q|--quiet",
    values: "--subresource -o|--output",
  },
  "auth reconcile": destroy("changes who may do what", "--dry-run=server"),
  "rollout status": {
    ...read,
    why: "waits for a rollout and reports it",
    values: `--timeout --revision ${selection}`,
    flags: "-w|--watch",
    reads: "-f|--filename",
  },
  "rollout history": { ...read, why: "prints the revisions of a rollout", values: `--revision -o|--output ${selection}` },
  "rollout restart": change("restarts all pods of the workload, one after another", { inverse: undoneBy("rollout undo") }),
  "rollout undo": change("goes back to the revision before"),
  "rollout pause": change("pauses a rollout", { inverse: undoneBy("rollout resume") }),
  "rollout resume": change("resumes a rollout", { inverse: undoneBy("rollout pause") }),
  "config view": { ...configReads, options: { "--raw": { arity: "flag", sensitive: true, why: "prints credentials" } } },
  "config current-context|get-contexts|get-clusters|get-users": configReads,
  "config use-context|set-context|set-cluster|set-credentials|set|unset|rename-context|delete-context|delete-cluster|delete-user": change(
    "changes the client's configuration for everybody who uses it",
  ),
  wait: {
    ...read,
    why: "waits for a condition",
    flags: "--all -A|--all-namespaces -R|--recursive --local",
    values: `--for --timeout -o|--output ${selection}`,
    reads: "-f|--filename",
  },
  diff: {
    ...read,
    why: "prints what apply would change",
    flags: "-R|--recursive --server-side --force-conflicts --show-managed-fields",
    values: `--field-manager --concurrency ${selection}`,
    reads: "-f|--filename -k|--kustomize",
    options: { "--prune": { arity: "flag", risk: "unknown", why: "is not looked at" } },
    answers: [1],
  },
  kustomize: { ...read, risk: "unknown", why: "builds manifests and may run plug-ins" },
  scale: change("changes the number of replicas", {
    values: `${selection} --replicas --current-replicas --resource-version --timeout -o|--output`,
    inverse: undoneFrom(".spec.replicas", (words) => `kubectl scale ${words} --replicas={capture}`),
  }),
  autoscale: change("adds an autoscaler"),
  "set image": change("changes images", { inverse: undoneImage }),
  "set env|resources|selector|serviceaccount|subject": change("changes objects"),
  apply: change("creates or changes objects", applied),
  "apply view-last-applied": { ...read, values: "-o|--output" },
  "apply set-last-applied|edit-last-applied": change("changes a record of the last apply"),
  create: change("creates objects", applied),
  "create clusterrolebinding|rolebinding|clusterrole|role|token": {
    ...change("gives rights or credentials"),
    risk: unlessDryRun("dangerous"),
  },
  "create secret|configmap|deployment|job|cronjob|namespace|ns|service|svc|ingress|serviceaccount|sa|quota|poddisruptionbudget|pdb|priorityclass":
    change("creates an object"),
  replace: change("replaces objects", applied),
  patch: change("changes fields of objects", {
    options: { "--patch-file": { kind: "read" } },
    inspect: (inv, ctx) => {
      if (/finalizers/.test(inv.arg("-p")?.text ?? ""))
        ctx.report({ risk: "dangerous", why: "removes what keeps an object from being deleted" });
    },
    values: `${selection} -p|--patch --type -o|--output --subresource`,
  }),
  "label|annotate": change("changes labels or annotations"),
  edit: { risk: "unknown", why: "opens an editor", anyOption: true, ...named, targets: kubernetesTargets },
  expose: change("makes a service"),
  cordon: change("keeps new pods away from the node", { inverse: undoneBy("uncordon") }),
  uncordon: change("lets new pods onto the node", { inverse: undoneBy("cordon") }),
  taint: change("changes which pods the node takes"),
  drain: destroy("evicts every pod of the node", "kubectl get pods -A --field-selector spec.nodeName=NODE shows them"),
  delete: destroy("deletes objects from the cluster", "kubectl get the same objects first, or --dry-run=server"),
  exec: {
    risk: "caution",
    why: "runs a command inside a container",
    flags: "-i|--stdin -t|--tty -q|--quiet -it",
    values: "-c|--container --pod-running-timeout",
    operands: "name inner*",
    inspect: execInner,
    targets: (inv) => kubernetesTargets(inv).slice(0, 1),
  },
  "run|debug": {
    risk: "dangerous",
    why: "starts a new container, which can reach whatever it is given",
    anyOption: true,
    ...named,
    targets: kubernetesTargets,
  },
  "cp|port-forward|proxy|attach": {
    risk: "caution",
    why: "copies files or opens a way into the cluster",
    anyOption: true,
    ...named,
    unbounded: (inv) => inv.path[0] !== "cp",
  },
  certificate: destroy("approves or denies a certificate", "kubectl get csr"),
  "plugin list": { ...read, why: "lists plug-ins" },
};
