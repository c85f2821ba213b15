// az change -> the resources that a human types before it runs: the values of --name, --ids and their like, with the resource group around them.
import type { Arg } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import type { Target } from "../../../types.ts";

/** Options that name what is acted upon, the most exact first; what holds it comes last. */
const namers: readonly string[] = [
  "--ids",
  "--id",
  "--name",
  "--resource",
  "--instance-id",
  "--assignee",
  "--member-id",
  "--object-id",
  "--record-set-name",
  "--repository",
  "--image",
  "--vm-name",
  "--vault-name",
  "--account-name",
  "--cluster-name",
  "--registry",
  "--server",
  "--container-name",
  "--workspace-name",
  "--pipeline-id",
  "--resource-group",
  "--subscription",
];

const holders: readonly string[] = ["--resource-group", "--vault-name", "--account-name", "--cluster-name", "--server", "--subscription"];

function kindOf(inv: Invocation, option: string): string {
  if (option === "--resource-group") return "resource group";
  return (inv.path.at(-2) ?? inv.path[0] ?? "az").replaceAll("-", " ");
}

export function azTargets(inv: Invocation): readonly Target[] {
  const option = namers.find((name) => inv.has(name));
  const holder = holders.find((name) => name !== option && inv.value(name) !== undefined);
  const around = holder === undefined ? undefined : inv.value(holder);
  const first: readonly Arg[] = option === undefined ? [] : inv.all(option);
  const more = option === "--ids" || option === undefined ? inv.operands : [];
  const kind = option === undefined ? kindOf(inv, "") : kindOf(inv, option);
  return [...first, ...more]
    .filter((arg) => arg.shape !== "many")
    .map((arg) => (around === undefined ? { kind, name: arg.text } : { kind, name: arg.text, namespace: around }));
}
