// The sub-commands of kubectl that change objects in the cluster, as data. kubectl.ts puts them together with the others.
import type { Invocation } from "../../invocation.ts";
import type { CommandRule, Finding, OptionRule, RuleContext } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { asksHelp, isDryRun, isSettled, switchedOn, undoneByVerb, unlessTried } from "./cluster-words.ts";
import { changedTargets, isAssignment, kubernetesTargets, undoneByRevision, undoneFromFile, undoneFromObject } from "./kubectl-objects.ts";
import { patchText, undoneCreated, undoneImage, undoneMark, undonePatch, undoneReplicas, undoneTaint } from "./kubectl-undo.ts";

const flags =
  "-R|--recursive --allow-missing-template-keys --show-managed-fields --record --save-config --server-side --windows-line-endings";
const values = "-l|--selector --field-selector --chunk-size -o|--output --template --field-manager --timeout";
const switches = "--dry-run --validate --openapi-patch";
const place = ["-n", "--context", "--cluster", "--user", "--as"];

/** A change that would be made, and to how much of the cluster: everything is more than anyone means. */
export function reportReach(inv: Invocation, ctx: RuleContext): void {
  if (isDryRun(inv)) return;
  const all = inv.has("-A") || inv.has("--all");
  if (all) ctx.report({ risk: "dangerous", why: "changes every object of the kind", safer: "name the objects, or use -l" });
}

/** Manifests that come from a pipe or from elsewhere hide what they do. */
function reportSource(inv: Invocation, ctx: RuleContext): void {
  if (isDryRun(inv) || asksHelp(inv)) return;
  for (const file of [...inv.all("-f"), ...inv.all("-k")]) {
    const finding = sourceFinding(file.text, inv);
    if (finding !== undefined) ctx.report({ ...finding, span: file.span });
  }
}

function sourceFinding(file: string, inv: Invocation): Finding | undefined {
  if (/^(https?:|git|ssh:)|^(github|gitlab|bitbucket)\./.test(file))
    return {
      risk: "dangerous",
      why: "applies a manifest from elsewhere that nobody has seen here",
      safer: "fetch it, read it, then apply the file",
    };
  if (file === "-" && inv.stdin.kind === "data")
    return {
      risk: "dangerous",
      why: "applies whatever the pipe brings, which hides what it does",
      safer: "--dry-run=server, or kubectl diff -f -",
    };
  return undefined;
}

const change = (why: string, more: Partial<CommandRule> = {}): CommandRule => ({
  risk: unlessTried("caution"),
  why,
  operands: "name*",
  flags,
  values,
  reads: "-f|--filename -k|--kustomize",
  optional: switches,
  options: everything,
  targets: kubernetesTargets,
  inspect: reportReach,
  safer: "--dry-run=server shows what would happen",
  ...more,
});

/** Options that the whole family knows; what they do is said by reportReach. */
const everything: Readonly<Record<string, OptionRule>> = { "--all|-A|--all-namespaces": { arity: "flag" } };

const destroy = (why: string, safer: string, more: Partial<CommandRule> = {}): CommandRule => ({
  ...change(why),
  risk: unlessTried("dangerous"),
  safer,
  ...more,
});

/** Changes whose `--local` form only prints. */
const localOrTried = (inv: Invocation): "safe" | "caution" =>
  isDryRun(inv) || asksHelp(inv) || (switchedOn(inv, "--local") && isSettled(inv)) ? "safe" : "caution";

const setting = (why: string, more: Partial<CommandRule> = {}): CommandRule =>
  change(why, { risk: localOrTried, optional: `${switches} --local`, targets: changedTargets, inverse: undoneByRevision, ...more });

const applied: Partial<CommandRule> = {
  flags: `${flags} --wait --overwrite --force-conflicts --append-hash --clientside-apply --server-dry-run`,
  options: {
    ...everything,
    "--prune|--force": { arity: "flag", risk: "dangerous", why: "deletes objects", safer: "leave it out" },
    "--prune-allowlist|--prune-whitelist|--applyset": {},
    "--grace-period": { risk: "dangerous", why: "deletes objects" },
    "--cascade": { arity: "optional", risk: "dangerous", why: "deletes objects" },
    "--raw": { risk: "dangerous", why: "writes to any path of the API server" },
    "--edit": { arity: "flag", risk: "unknown", why: "opens an editor" },
  },
  inspect: (inv, ctx) => {
    reportReach(inv, ctx);
    reportSource(inv, ctx);
  },
};

const mark = (map: string): CommandRule =>
  change(`changes ${map} of objects`, {
    risk: (inv) => (listsOnly(inv) ? "safe" : localOrTried(inv)),
    flags: `${flags} --overwrite`,
    values: `${values} --resource-version`,
    optional: `${switches} --local --list`,
    targets: changedTargets,
    inverse: undoneMark(map),
    inspect: (inv, ctx) => (listsOnly(inv) ? undefined : reportReach(inv, ctx)),
  });

/** `label --list`, `set env --list`: prints, as long as nothing is assigned and every word is written out. */
function listsOnly(inv: Invocation): boolean {
  return (
    switchedOn(inv, "--list") &&
    isSettled(inv) &&
    inv.operands.every((arg) => arg.shape === "literal" && !isAssignment(arg.text)) &&
    !inv.has("-e") &&
    !inv.has("--from")
  );
}

function inspectPatch(inv: Invocation, ctx: RuleContext): void {
  reportReach(inv, ctx);
  if (isDryRun(inv) || switchedOn(inv, "--local")) return;
  if (/finalizers/.test(patchText(inv))) ctx.report({ risk: "dangerous", why: "removes what keeps an object from being deleted" });
  if (/"(privileged|hostPath|hostPID|hostNetwork)"/.test(patchText(inv)))
    ctx.report({ risk: "dangerous", why: "gives a container rights over its node" });
}

function inspectTaint(inv: Invocation, ctx: RuleContext): void {
  reportReach(inv, ctx);
  const evicts = inv.operands.some((arg) => /:NoExecute$/.test(arg.text));
  if (evicts && !isDryRun(inv)) ctx.report({ risk: "dangerous", why: "evicts every pod that does not tolerate it", safer: ":NoSchedule" });
}

/** `rollout restart deployment` without a name means all of them. */
function inspectRollout(inv: Invocation, ctx: RuleContext): void {
  reportReach(inv, ctx);
  const [first] = inv.operands;
  const named = inv.operands.length > 1 || first?.text.includes("/") === true || ["-l", "-f", "-k"].some((option) => inv.has(option));
  if (first !== undefined && !named && !asksHelp(inv) && !isDryRun(inv))
    ctx.report({ risk: "dangerous", why: `reaches every ${first.text} of the namespace`, safer: "name the workload" });
}

const rollout = (why: string, inverse: (inv: Invocation) => Inverse | undefined): CommandRule =>
  change(why, { values: `${values} --to-revision`, inverse, inspect: inspectRollout });

export const kubectlChanges: Readonly<Record<string, CommandRule>> = {
  "rollout restart": rollout("restarts all pods of the workload, one after another", undoneByVerb("rollout undo", place)),
  "rollout undo": rollout("goes back to an earlier revision", undoneByRevision),
  "rollout pause": rollout("pauses a rollout", undoneByVerb("rollout resume", place)),
  "rollout resume": rollout("resumes a rollout", undoneByVerb("rollout pause", place)),
  scale: change("changes the number of replicas", {
    values: `${values} --replicas --current-replicas --resource-version`,
    inverse: undoneReplicas,
  }),
  autoscale: change("adds an autoscaler", {
    values: `${values} --min --max --cpu-percent --cpu --memory --name`,
    inverse: (inv) => undoneCreated(inv, "hpa", inv.value("--name")),
  }),
  "set image": setting("changes images", { inverse: undoneImage }),
  "set env": setting("changes environment variables", {
    risk: (inv) => (listsOnly(inv) ? "safe" : localOrTried(inv)),
    values: `${values} -c|--containers -e|--env --from --keys --prefix`,
    flags: `${flags} --overwrite`,
    optional: `${switches} --local --list`,
    options: { ...everything, "--resolve": { arity: "flag", sensitive: true, why: "prints the values of secrets" } },
    inspect: (inv, ctx) => (listsOnly(inv) ? undefined : reportReach(inv, ctx)),
  }),
  "set resources": setting("changes requests and limits", { values: `${values} -c|--containers --limits --requests` }),
  "set serviceaccount|sa": setting("changes the account of the workload"),
  "set selector": setting("changes which pods a service reaches", { values: `${values} --resource-version`, inverse: undoneFromObject }),
  "set subject": setting("changes who has a role", { risk: unlessTried("dangerous"), values: `${values} --user --group --serviceaccount` }),
  apply: change("creates or changes objects", { ...applied, inverse: undoneFromFile }),
  "apply set-last-applied": change("changes the record of the last apply", {
    flags: `${flags} --create-annotation`,
    inverse: undoneFromFile,
  }),
  "apply edit-last-applied": change("opens the record of the last apply in an editor", { inverse: undoneFromObject }),
  replace: change("replaces objects", { ...applied, inverse: undoneFromFile }),
  patch: change("changes fields of objects", {
    risk: localOrTried,
    values: `${values} -p|--patch --type --subresource`,
    optional: `${switches} --local`,
    reads: "-f|--filename -k|--kustomize --patch-file",
    inspect: inspectPatch,
    inverse: undonePatch,
  }),
  label: mark("labels"),
  annotate: mark("annotations"),
  edit: change("opens the object in an editor and writes it back", {
    values: `${values} --subresource`,
    flags: `${flags} --output-patch`,
    inverse: undoneFromObject,
    safer: "kubectl get the object",
  }),
  expose: change("makes a service", {
    values: `${values} --port --target-port --protocol --type --name --external-ip --load-balancer-ip --session-affinity --cluster-ip --labels --override-type --overrides --generator`,
    inverse: (inv) => undoneCreated(inv, "service", inv.value("--name")),
  }),
  cordon: change("keeps new pods away from the node", { inverse: undoneByVerb("uncordon", place) }),
  uncordon: change("lets new pods onto the node", { inverse: undoneByVerb("cordon", place) }),
  taint: change("changes which pods the node takes", {
    flags: `${flags} --overwrite`,
    targets: changedTargets,
    inspect: inspectTaint,
    inverse: undoneTaint,
  }),
  drain: destroy("evicts every pod of the node", "kubectl get pods -A --field-selector spec.nodeName=NODE shows them", {
    flags: `${flags} --force --ignore-daemonsets --ignore-errors --delete-emptydir-data --delete-local-data --disable-eviction`,
    values: `${values} --grace-period --pod-selector --skip-wait-for-delete-timeout`,
    targets: (inv) => inv.operands.map((arg) => ({ kind: "node", name: arg.text })),
  }),
  delete: {
    ...destroy("deletes objects from the cluster", "kubectl get the same objects first"),
    risk: (inv) => (asksHelp(inv) ? "safe" : "dangerous"),
    flags: `${flags} --ignore-not-found --now --force --wait -i|--interactive`,
    values: `${values} --grace-period --raw`,
    optional: `${switches} --cascade`,
  },
  "auth reconcile": destroy("changes who may do what", "--dry-run=server", {
    flags: `${flags} --remove-extra-permissions --remove-extra-subjects`,
  }),
  "certificate approve|deny": destroy("decides about a certificate, which gives or refuses rights", "kubectl get csr", {
    flags: `${flags} --force`,
    targets: (inv) => inv.operands.map((arg) => ({ kind: "csr", name: arg.text })),
  }),
};
