// Text of a program's words -> risk, by the first row of a table whose pattern fits. For programs whose words are too many or too free for
// a table of verbs. Words that are not written out stand as `?`, which no row may match as harmless.
import type { Invocation } from "../../invocation.ts";
import type { Risk } from "../../types.ts";

export type WordTable = readonly (readonly [words: RegExp, risk: Risk])[];

/** The operands in order, separated by blanks. */
export function operandText(inv: Invocation): string {
  return inv.operands.map((arg) => (arg.shape === "literal" ? arg.text : "?")).join(" ");
}

/** The risk of the first row that fits. */
export function riskOfWords(text: string, table: WordTable, otherwise: Risk): Risk {
  return table.find(([words]) => words.test(text))?.[1] ?? otherwise;
}
