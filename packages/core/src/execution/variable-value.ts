// Which values may fill a variable without a person looking at them (ruling 23). Read by preflight and by prepare-step.
// Values from alerts are chosen by whoever can raise an alert: only a plain word fills in by itself.
import type { VariableValue } from "./types.ts";

const plainWord = /^[A-Za-z0-9_./:@][A-Za-z0-9_./:@-]*$/;
const maxLength = 253;

/** True if the value may be filled in: a person typed it, the author wrote it, or it is a plain word of at most 253 characters. */
export function fillsByItself(variable: VariableValue): boolean {
  if (variable.source === "manual" || variable.source === "default") return true;
  return isPlainWord(variable.value);
}

/** True for a word that stays one literal word inside any quoting of shell, SQL or awk. */
export function isPlainWord(value: string): boolean {
  return value.length <= maxLength && plainWord.test(value);
}
