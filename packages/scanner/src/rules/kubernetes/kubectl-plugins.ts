// Plug-ins of kubectl that many clusters' keepers install, as data: `kubectl NAME` runs a program `kubectl-NAME`. Those that are
// programs of their own too (kubectx, stern) have their rules in cluster-switches.ts and log-followers.ts.
import type { CommandRule } from "../../rule.ts";
import { freeChange, freeRead } from "./cluster-words.ts";
import { followLogs } from "./log-followers.ts";
import { switchContext, switchNamespace } from "./cluster-switches.ts";

const clusterRead = freeRead("reads objects from the cluster");
const rolloutRead = freeRead("reports about rollouts", {
  options: { "-w|--watch": { arity: "flag", unbounded: true, why: "watches without end", safer: "leave -w out" } },
});
const rolloutChange = freeChange("changes a rollout", {
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "rollout", name: arg.text })),
  noInverse: "the controller has acted on it by then; kubectl argo rollouts undo goes back a revision",
});
const once = "it is installed until it is removed again";

export const kubectlPlugins: Readonly<Record<string, CommandRule>> = {
  "krew list|search|info|version|help": freeRead("reads about plug-ins"),
  "krew install|upgrade|update|index": freeChange("installs or updates programs on this machine", {
    risk: "dangerous",
    targets: pluginTargets,
  }),
  "krew uninstall": freeChange("removes a plug-in", { noInverse: once, targets: pluginTargets }),
  "tree|view-allocations|resource-capacity|view-utilization|who-can|rbac-lookup|rolesum|access-matrix|images|outdated|deprecations|df-pv|lineage|whoami|status|fields|unused-volumes|sick-pods|score|count":
    clusterRead,
  "rbac-tool lookup|who-can|policy-rules|whoami|analysis|show|viz|visualize": clusterRead,
  neat: {
    ...clusterRead,
    why: "prints objects without the fields that the server adds",
    reads: "-f|--file",
    sensitive: (inv) => inv.operands.some((arg) => /secret/i.test(arg.text)),
  },
  "view-secret|view-serviceaccount-kubeconfig|get-secret|modify-secret|view-cert": freeRead("prints secrets", { sensitive: true }),
  stern: followLogs,
  "tail|kail|logs-all": { ...followLogs, unbounded: true },
  "ctx|context": switchContext,
  "ns|namespace": switchNamespace,
  "cert-manager check|status|version|inspect": freeRead("reports about certificates", { sensitive: (inv) => inv.path[1] === "inspect" }),
  "cert-manager renew|approve|deny|create|convert|x": freeChange("changes certificates", {
    noInverse: "the certificate before is replaced",
  }),
  ...underBoth("argo rollouts", "argo-rollouts", {
    "get|list|status|lint|version": rolloutRead,
    "restart|promote|pause|retry|undo|set|create": rolloutChange,
    "abort|terminate": { ...rolloutChange, risk: "dangerous", why: "ends a rollout or an experiment" },
  }),
  "node-shell|node-ssh|ssh-jump|exec-as|pexec|iexec|plogin|sniff|capture|spy|trace|debug-shell|ssh": freeChange(
    "opens a privileged way into a node or a pod",
    {
      risk: "dangerous",
      targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "node", name: arg.text })),
    },
  ),
};

function pluginTargets(inv: Parameters<NonNullable<CommandRule["targets"]>>[0]): ReturnType<NonNullable<CommandRule["targets"]>> {
  return inv.operands.map((arg) => ({ kind: "plug-in", name: arg.text }));
}

/** The same sub-commands under two spellings of the plug-in's name. */
function underBoth(one: string, other: string, rules: Readonly<Record<string, CommandRule>>): Record<string, CommandRule> {
  return Object.fromEntries(Object.entries(rules).flatMap(([verb, rule]) => [one, other].map((name) => [`${name} ${verb}`, rule])));
}
