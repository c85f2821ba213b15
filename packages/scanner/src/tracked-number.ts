// Values of tracked variables that are known to be numbers, whatever number it is. Used where the shell calculates and where it counts.
// Holds what arithmetic takes without an error: a number that it refuses ends the line, and what stood behind it never happens.
import type { Arg } from "./arg.ts";

const nowhere = { start: 0, end: 0 };

/** A variable that arithmetic has set: some number, perhaps negative. */
export const unknownNumber: Arg = { shape: "one", text: "a number", head: "", dash: true, span: nowhere };

/** What a program that counts has printed, or nothing when it could not be started: one word only where it is quoted. */
export const numberOrNothing: Arg = { shape: "glob", text: "a number", head: "", dash: true, span: nowhere };

/** Whether a tracked value is a number. */
export function isNumber(value: Arg | undefined): boolean {
  return value === unknownNumber || value === numberOrNothing || (value?.shape === "literal" && isDecimal(value.text));
}

/** `0`, `12`, `-3`; no leading zero, which would make it octal. */
function isDecimal(text: string): boolean {
  return /^-?(0|[1-9][0-9]{0,17})$/.test(text);
}

/** A number as it may be written in arithmetic: decimal, octal or hexadecimal. `08` is none. */
export function isArithmeticNumber(text: string): boolean {
  return /^([1-9][0-9]*|0[0-7]*|0[xX][0-9a-fA-F]+)$/.test(text);
}
