import type { Invocation } from "../invocation.ts";
import { type CommandRule, program, type RuleContext, unlessDryRun } from "../rule.ts";
import type { Target } from "../types.ts";

const selection = "-l|--selector --field-selector --chunk-size";

/** `kubectl get secret`, `get pods,secrets`, `describe secret/x`: the resource words of a read. */
function namesSecrets(inv: Invocation): boolean {
  const kinds = inv.operands[0]?.text.toLowerCase() ?? "";
  return /(^|,)secrets?([.,/]|$)/.test(kinds);
}

function showsSecretContent(inv: Invocation): boolean {
  const output = inv.value("-o") ?? "";
  return inv.has("--raw") || (namesSecrets(inv) && output !== "" && output !== "wide" && output !== "name");
}

function targets(inv: Invocation): readonly Target[] {
  const namespace = inv.value("-n");
  const [first, ...rest] = inv.operands.map((arg) => arg.text);
  if (first === undefined) return [];
  const slash = first.indexOf("/");
  const names = slash > 0 ? [first, ...rest] : rest;
  return names.map((name) => {
    const at = name.indexOf("/");
    const target = at > 0 ? { kind: name.slice(0, at), name: name.slice(at + 1) } : { kind: first, name };
    return namespace === undefined ? target : { ...target, namespace };
  });
}

const dryRun = { optional: "--dry-run" };

const read: CommandRule = { why: "reads objects from the cluster", operands: "data*", anyWord: true };

function execInner(inv: Invocation, ctx: RuleContext): void {
  ctx.scanArgv(inv.operands.slice(1));
}

export const kubectl = program({
  names: "kubectl|k|oc",
  source: "kubectl reference 1.31; reference/command-safety.md 3.5",
  style: "go",
  why: "talks to a Kubernetes cluster",
  flags: "--insecure-skip-tls-verify --match-server-version --warnings-as-errors -h|--help",
  values: "-n|--namespace --context --cluster --user --request-timeout -v|--v -s|--server --as --as-group",
  options: { "--kubeconfig": { kind: "read", risk: "unknown", why: "a kubeconfig may name a program that is run to log in" } },
  verbs: {
    get: {
      ...read,
      flags:
        "-A|--all-namespaces --ignore-not-found --no-headers -R|--recursive --show-kind --show-labels --show-managed-fields --server-print",
      values: `${selection} -o|--output -L|--label-columns --sort-by --subresource --template`,
      options: {
        "-w|--watch|--watch-only": { arity: "flag", unbounded: true, why: "watches without end", safer: "leave -w out" },
        "--raw": { sensitive: true, why: "reads any path of the API server" },
        "-f|--filename": { kind: "read" },
      },
      sensitive: showsSecretContent,
    },
    describe: { ...read, flags: "-A|--all-namespaces --show-events -R|--recursive", values: selection },
    "rollout status": { ...read, why: "waits for a rollout and reports it", values: "--timeout --revision", flags: "-w|--watch" },
    delete: {
      risk: "dangerous",
      why: "deletes objects from the cluster",
      safer: "kubectl get the same objects first, or --dry-run=server",
      anyOption: true,
      ...dryRun,
      operands: "name*",
      targets,
    },
    scale: {
      risk: unlessDryRun("caution"),
      why: "changes the number of replicas",
      values: `${selection} --replicas --current-replicas --resource-version --timeout`,
      flags: "--all",
      ...dryRun,
      operands: "name*",
      targets,
      inverse: (inv) => {
        const name = inv.operand(0);
        const namespace = inv.value("-n");
        if (name === undefined) return undefined;
        const where = namespace === undefined ? "" : ` -n ${namespace}`;
        return {
          kind: "capture",
          capture: `kubectl get ${inv.operands.map((arg) => arg.text).join(" ")}${where} -o jsonpath={.spec.replicas}`,
          command: `kubectl scale ${inv.operands.map((arg) => arg.text).join(" ")}${where} --replicas={capture}`,
        };
      },
    },
    exec: {
      risk: "caution",
      why: "runs a command inside a container",
      flags: "-i|--stdin -t|--tty -q|--quiet",
      values: "-c|--container --pod-running-timeout",
      operands: "name inner*",
      inspect: execInner,
      targets,
    },
  },
  examples: {
    "kubectl get pods -A": "safe",
    "kubectl -n prod get deploy/api -o yaml": "safe",
    "kubectl get pods -n $NS": "safe",
    "kubectl get secret db -o yaml": "caution",
    "kubectl get pods -w": "caution",
    "kubectl rollout status deploy/api": "safe",
    "kubectl scale deploy/api --replicas=3": "caution",
    "kubectl scale deploy/api --replicas=3 --dry-run=server": "safe",
    "kubectl delete pod api-0": "dangerous",
    "kubectl exec api-0 -- ls /": "caution",
    "kubectl exec api-0 -- rm -rf /data": "dangerous",
  },
  nearMisses: [
    "kubectl get pods --kubeconfig=/tmp/x",
    "kubectl scale deploy/api --replicas=3 --dry-run=none",
    "kubectl -nprod delete pod x",
    "kubectl foo",
  ],
});
