// `fmt` of terraform, packer and nomad: rewrites files unless it is told only to look.
import type { Invocation } from "../../invocation.ts";
import type { CommandRule } from "../../rule.ts";
import { asksHelp, isWrittenOut, switchedOn } from "./verb-kinds.ts";

/** -check implies -write=false; standard input is printed, never written back. The last use of each switch counts. */
function onlyLooks(inv: Invocation): boolean {
  if (inv.has("-write")) return inv.value("-write") === "false";
  return switchedOn(inv, "-check") || (inv.operand(0) === "-" && inv.operands.length === 1);
}

export const formatFiles: CommandRule = {
  risk: (inv) => (asksHelp(inv) || (onlyLooks(inv) && isWrittenOut(inv)) ? "safe" : "caution"),
  why: "formats the files",
  safer: "-check",
  answers: [3],
  flags: "-recursive -no-color -diff",
  optional: "-check -write -list -h|-help",
  operands: "name*",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "file", name: arg.text })),
  noInverse: "the repository has the files as they were",
};
