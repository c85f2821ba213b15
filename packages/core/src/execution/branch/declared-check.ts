// A condition that its author wrote as a check of the last step's output: one of five explicit forms, read to the end of the text.
// In: the condition's words. Out: the check, or null: then a person answers. Evaluating is arithmetic on stored bytes; no model has a part in it.

export type Comparison = ">=" | "<=" | ">" | "<" | "=" | "!=";

export type DeclaredCheck =
  | { readonly kind: "contains"; readonly text: string; readonly negated: boolean }
  | { readonly kind: "empty"; readonly negated: boolean }
  | { readonly kind: "exit_code"; readonly code: number; readonly negated: boolean }
  | { readonly kind: "number"; readonly comparison: Comparison; readonly value: number };

/** What the step before printed, as it is stored (secrets masked), or why that cannot be judged. */
export type LastOutput =
  | {
      readonly stepExecutionId: string;
      readonly attempt: number;
      readonly stdout: string;
      readonly sha256: string;
      readonly exitCode: number | null;
    }
  | { readonly unusable: string };

/** The check's answer with what it looked at, or why a person has to answer. */
export type Evaluation = { readonly ok: true; readonly holds: boolean } | { readonly ok: false; readonly why: string };

const opening = /^(?:if|when)\s+(?:the\s+)?/i;
const contains = /^output\s+(contains|does\s+not\s+contain)\s+(?:"([^"]+)"|'([^']+)'|`([^`]+)`|“([^”]+)”)$/i;
const empty = /^output\s+is\s+(not\s+)?empty$/i;
const exitCode = /^exit\s+code\s+is\s+(not\s+)?(\d{1,3})$/i;
const number = /^number\s*(>=|<=|>|<|==?|!=)\s*(-?\d{1,15}(?:\.\d{1,6})?)$/i;

/** Null: not one of the forms, so that a person answers. */
export function declaredCheck(condition: string): DeclaredCheck | null {
  const words = condition.trim().replace(/[,:.]$/, "");
  if (!opening.test(words)) return null;
  const rest = words.replace(opening, "");
  return containsCheck(rest) ?? emptyCheck(rest) ?? exitCheck(rest) ?? numberCheck(rest);
}

function containsCheck(words: string): DeclaredCheck | null {
  const [, verb, ...quoted] = contains.exec(words) ?? [];
  const text = quoted.find((each) => each !== undefined);
  return verb === undefined || text === undefined ? null : { kind: "contains", text, negated: verb.toLowerCase() !== "contains" };
}

function emptyCheck(words: string): DeclaredCheck | null {
  const found = empty.exec(words);
  return found === null ? null : { kind: "empty", negated: found[1] !== undefined };
}

function exitCheck(words: string): DeclaredCheck | null {
  const found = exitCode.exec(words);
  return found === null ? null : { kind: "exit_code", code: Number(found[2]), negated: found[1] !== undefined };
}

function numberCheck(words: string): DeclaredCheck | null {
  const [, sign, value] = number.exec(words) ?? [];
  if (sign === undefined || value === undefined) return null;
  return { kind: "number", comparison: sign === "==" ? "=" : (sign as Comparison), value: Number(value) };
}

const compare: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** The whole output is one plain number; a table with numbers in it is not. */
const onlyNumber = /^-?\d{1,15}(?:\.\d{1,6})?$/;

/** Total and deterministic: same check and same bytes, same answer. */
export function evaluateCheck(check: DeclaredCheck, output: LastOutput): Evaluation {
  if ("unusable" in output) return { ok: false, why: output.unusable };
  switch (check.kind) {
    case "contains":
      return { ok: true, holds: output.stdout.includes(check.text) !== check.negated };
    case "empty":
      return { ok: true, holds: (output.stdout.trim() === "") !== check.negated };
    case "exit_code":
      return output.exitCode === null
        ? { ok: false, why: "The step before has no exit code." }
        : { ok: true, holds: (output.exitCode === check.code) !== check.negated };
    case "number": {
      const printed = output.stdout.trim();
      return onlyNumber.test(printed)
        ? { ok: true, holds: compare[check.comparison](Number(printed), check.value) }
        : { ok: false, why: "The output is not one plain number." };
    }
  }
}
