// kubectx and kubens: without a name they list, with one they change which cluster or namespace every later command reaches.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { namedTargets, switchedOn } from "./cluster-words.ts";

const switches = (inv: Invocation): boolean => inv.operands.length > 0 || switchedOn(inv, "-u");
const risk = (inv: Invocation): "safe" | "caution" => (switches(inv) ? "caution" : "safe");

function previousContext(inv: Invocation): Inverse | undefined {
  if (inv.operands.length !== 1 || inv.operand(0)?.includes("=") !== false) return undefined;
  return { kind: "capture", capture: "kubectl config current-context", command: "kubectl config use-context {capture}" };
}

const previousNamespace = (): Inverse => ({
  kind: "capture",
  capture: "kubectl config view --minify -o 'jsonpath={..namespace}'",
  command: "kubectl config set-context --current --namespace={capture}",
});

const shared: CommandRule = {
  risk,
  why: "lists, or changes what every later command reaches",
  operands: "name*",
  flags: "-c|--current -h|--help -V|--version",
  optional: "-u|--unset",
  safer: "kubectl --context NAME -n NAME",
};

export const switchContext: CommandRule = {
  ...shared,
  options: { "-d|--delete": { risk: "dangerous", why: "deletes an entry of the client's configuration" } },
  targets: (inv) => [inv.arg("-d"), ...inv.operands].flatMap((arg) => (arg === undefined ? [] : [{ kind: "context", name: arg.text }])),
  inverse: previousContext,
  noInverse: "kubectx - brings the former context back, or the new name its old one",
};

export const switchNamespace: CommandRule = {
  ...shared,
  flags: `${shared.flags} -f|--force`,
  targets: namedTargets("namespace"),
  inverse: previousNamespace,
};

export const kubectx = program({
  ...switchContext,
  names: "kubectx",
  source: "github.com/ahmetb/kubectx, README of 0.9",
  examples: { kubectx: "safe", "kubectx -c": "safe", "kubectx prod": "caution", "kubectx -u": "caution", "kubectx -d prod": "dangerous" },
  nearMisses: ["kubectx -", "kubectx a=b", "kubectx $CTX"],
});

export const kubens = program({
  ...switchNamespace,
  names: "kubens",
  source: "github.com/ahmetb/kubectx, README of 0.9",
  examples: { kubens: "safe", "kubens --current": "safe", "kubens prod": "caution", "kubens -f prod": "caution" },
  nearMisses: ["kubens -", "kubens $NS"],
});
