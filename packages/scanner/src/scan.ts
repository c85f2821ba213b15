// Command text -> Verdict: the one entry of the scanner. Total, deterministic, synchronous, no I/O.
// Refuse, parse, walk, plan; the strictest finding is the risk. Must never answer safe for text that it did not understand.
import { type ParsedScript, parse } from "unbash";
import { destructiveText } from "./destructive-text.ts";
import { patternVersion } from "./generated/pattern-version.ts";
import { extractPlan } from "./plan.ts";
import { type TextProblem, textProblem, withoutRefused } from "./refuse.ts";
import { ScanState } from "./scan-state.ts";
import type { Inverse, Span, Verdict } from "./types.ts";
import { Walk } from "./walk.ts";
import { isAscii } from "./word-text.ts";

/**
 * Classifies one command text of a POSIX-like shell.
 * Any string gives a verdict; what cannot be read is unknown, or dangerous where it plainly hides something destructive.
 */
export function scan(text: string): Verdict {
  return scanWithState(text).verdict;
}

/** A verdict and what the walk noted on the way, for filling placeholders. */
export interface DetailedVerdict {
  readonly verdict: Verdict;
  readonly codeWords: readonly Span[];
  readonly fingerprints: readonly (() => string)[];
  readonly commands: number;
}

export function scanWithState(text: string): DetailedVerdict {
  const problem = textProblem(text);
  if (problem !== undefined) return refused(text, problem);
  try {
    return read(text);
  } catch {
    // Exhausted stack, or a mistake of ours: either way the text was not understood.
    return refused(text, { ruleId: "scan.failed", message: "The text could not be read to its end.", at: 0 });
  }
}

function refused(text: string, problem: TextProblem): DetailedVerdict {
  return { verdict: refusal(text, problem), codeWords: [], fingerprints: [], commands: 0 };
}

function read(text: string): DetailedVerdict {
  const script = parse(text);
  const state = walkText(text, script);
  if (state.reasons.length === 0) state.report("text.empty", "unknown", { start: 0, end: text.length }, "There is no command in it.");
  return { verdict: verdict(state, script), codeWords: state.codeWords, fingerprints: state.fingerprints, commands: state.commands };
}

const makesArray = /-[A-Za-z]*[aA]|=\(|mapfile|readarray/;

function walkText(text: string, script: ParsedScript): ScanState {
  const state = new ScanState();
  state.nonAscii = !isAscii(text);
  state.mayHaveArrays = makesArray.test(text);
  state.manyLines = text.includes("\n");
  new Walk(state).script(script, { source: text, base: 0 }, { kind: "none" });
  return state;
}

function verdict(state: ScanState, script: ParsedScript): Verdict {
  const planned = extractPlan(script, state);
  const inverse = state.inverses.length === 1 ? state.inverses[0] : undefined;
  return {
    risk: state.risk,
    reasons: state.reasons,
    ...planned,
    targets: state.targets,
    ...withInverse(inverse),
    sensitive: state.sensitive,
    unbounded: state.unbounded,
    patternVersion,
  };
}

function withInverse(inverse: Inverse | undefined): { readonly inverse?: Inverse } {
  return inverse === undefined ? {} : { inverse };
}

/** Text that is not read at all: unknown, or dangerous when something destructive stands behind the refused characters. */
function refusal(text: string, problem: TextProblem): Verdict {
  const span = { start: problem.at, end: Math.min(problem.at + 1, text.length) };
  const hidden = problem.ruleId.startsWith("text.") ? hidesDanger(withoutRefused(text)) : destructiveText(text) !== undefined;
  const risk = hidden ? "dangerous" : "unknown";
  const message = hidden ? `${problem.message} Something destructive stands in the text.` : problem.message;
  return {
    risk,
    reasons: [{ ruleId: problem.ruleId, risk, span, message }],
    notRunnable: { code: "REFUSED_TEXT", message: "The text cannot be read safely." },
    targets: [],
    answerCodes: [],
    sensitive: false,
    unbounded: false,
    patternVersion,
  };
}

function hidesDanger(text: string): boolean {
  return destructiveText(text) !== undefined || (textProblem(text) === undefined && scan(text).risk === "dangerous");
}
