// A verdict goes in, what no rule knew comes out as program and kind of gap, so that coverage can grow. For counting, after the scan.
// Never an argument: a name that might be more than a program's bare name is left out.
import { findProgram } from "./registry.ts";
import type { Reason, Verdict } from "./types.ts";

/** What was missing: the program, one of its sub-commands, options or operands, something of the shell, or a closer reading. */
export type UnknownReason = "program" | "sub_command" | "option" | "operand" | "shell" | "other";

export interface UnknownSeen {
  /** A bare name (of a program with a rule: the first name of that rule), "(shell)" where no program is to blame, or "(other)". */
  readonly program: string;
  readonly reason: UnknownReason;
}

const bareName = /^[A-Za-z0-9._+-]{1,64}$/;
const unknownProgram = /^No rule knows the program (\S+)\.(?: It contains |$)/;
const shellParts: readonly string[] = ["shell", "env", "text", "limit", "scan"];
const reasonOf: Readonly<Record<string, UnknownReason>> = { verb: "sub_command", option: "option", operands: "operand" };

/** Gaps of one verdict, each once. */
export function unknownSeen(verdict: Pick<Verdict, "reasons">): readonly UnknownSeen[] {
  const seen = verdict.reasons.flatMap((reason) => gapOf(reason) ?? []);
  return seen.filter((gap, at) => seen.findIndex((other) => other.program === gap.program && other.reason === gap.reason) === at);
}

function gapOf({ ruleId, risk, message }: Reason): UnknownSeen | undefined {
  if (ruleId === "program.unknown") return { program: cleanName(unknownProgram.exec(message)?.[1] ?? ""), reason: "program" };
  if (risk !== "unknown") return undefined;
  const parts = ruleId.split(".");
  const [first = ""] = parts;
  if (shellParts.includes(first)) return { program: "(shell)", reason: "shell" };
  // The rest of an id may hold words of the command; only its last part is compared, and with fixed words.
  return { program: findProgram(first) === undefined ? "(other)" : first, reason: reasonOf[parts.at(-1) ?? ""] ?? "other" };
}

/** The last part of a path, if it looks like a program's name and not like a key or a token. */
function cleanName(word: string): string {
  const name = word.slice(word.lastIndexOf("/") + 1);
  return bareName.test(name) && !looksSecret(name) ? name : "(other)";
}

/** Long names with many digits or with capitals are no programs that anybody types. */
function looksSecret(name: string): boolean {
  if (name.length > 40) return true;
  const digits = name.replaceAll(/[^0-9]/g, "").length;
  const isShouted = /[A-Z]/.test(name) && (digits > 0 || !/[a-z]/.test(name));
  return name.length >= 12 && (digits >= 5 || isShouted);
}
