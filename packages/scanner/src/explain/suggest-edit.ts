// A verdict that is not safe -> the smallest edit that makes it so, proven by scanning the edited text again.
// For people who decide about a step. It only proposes: what is proposed goes through the same gates as any other command.
import { scan } from "../scan.ts";
import type { Reason, Span, Verdict } from "../types.ts";

export interface SaferEdit {
  /** The edited text; its verdict is safe. */
  readonly command: string;
  /** What was done, for a person: "without -f", "with --dry-run=server". */
  readonly change: string;
}

interface Candidate {
  readonly text: string;
  readonly change: string;
}

/** Each candidate is scanned once; a person waits for the answer. */
const maxCandidates = 48;
const maxLength = 4_096;

/** Appended to a command; each is a rehearsal in some program, and the scanner knows in which. */
const rehearsals = ["--dry-run=server", "--dry-run=client", "--dry-run", "--check", "--noop", "--simulate"];
/** Appended to a command that never ends, or put behind its name. */
const bounds = ["-c 4", "-b -n 1", "-n 1", "--no-stream", "-c 100", "--no-follow", "1 5", "--max-messages 10"];

/** The first candidate, in order of how little it changes, that scans as safe. Undefined when none does. */
export function suggestEdit(text: string, verdict: Verdict): SaferEdit | undefined {
  if (verdict.risk === "safe" || text.length > maxLength) return undefined;
  const tried = new Set<string>([text]);
  for (const { text: command, change } of candidates(text, verdict)) {
    if (tried.has(command)) continue;
    if (tried.size > maxCandidates) return undefined;
    tried.add(command);
    if (scan(command).risk === "safe") return { command, change };
  }
  return undefined;
}

function* candidates(text: string, verdict: Verdict): Generator<Candidate> {
  const raised = verdict.reasons.filter((reason) => reason.risk !== "safe");
  for (const reason of raised) yield* wordEdits(text, reason);
  yield* allDropped(text, raised);
  for (const reason of raised) yield* commandEdits(text, reason.span, verdict.unbounded);
}

/** Edits of the very word that a reason is about. */
function* wordEdits(text: string, { span }: Reason): Generator<Candidate> {
  const word = text.slice(span.start, span.end);
  if (word.startsWith("-")) yield* optionEdits(text, span, word);
  const arrow = /\s*(?:\d+|&)?>[>|&]?\s*$/.exec(text.slice(0, span.start));
  if (arrow !== null) {
    const whole = { start: arrow.index, end: span.end };
    yield { text: without(text, whole), change: `without ${text.slice(whole.start, whole.end).trim()}` };
  }
  if (/^\$[\w{(]/.test(word)) yield { text: replaced(text, span, `"${word}"`), change: `with "${word}" in quotes` };
}

/** Without the option, without one letter of its cluster, without it and the word behind it. */
function* optionEdits(text: string, span: Span, word: string): Generator<Candidate> {
  if (/^-[A-Za-z]{2,6}$/.test(word)) {
    for (const letter of word.slice(1))
      yield { text: replaced(text, span, word.replace(letter, "")), change: `without ${letter} in ${word}` };
  }
  yield { text: without(text, span), change: `without ${word}` };
  const value = /^\s+[^\s|&;<>]+/.exec(text.slice(span.end))?.[0];
  if (value !== undefined) {
    yield {
      text: without(text, { start: span.start, end: span.end + value.length }),
      change: `without ${word}${value.replace(/\s+/, " ")}`,
    };
  }
}

/** Every option that a reason is about, dropped at once. */
function* allDropped(text: string, raised: readonly Reason[]): Generator<Candidate> {
  const options = raised.map(({ span }) => span).filter((span) => text.slice(span.start, span.end).startsWith("-"));
  if (options.length < 2) return;
  const backwards = options.toSorted((a, b) => b.start - a.start);
  const words = backwards.map((span) => text.slice(span.start, span.end)).toReversed();
  yield { text: backwards.reduce((rest, span) => without(rest, span), text), change: `without ${words.join(" ")}` };
}

/** Edits of the command that a reason is about: a rehearsal, an end, or the same without the word in front (sudo, watch). */
function* commandEdits(text: string, span: Span, unbounded: boolean): Generator<Candidate> {
  const command = text.slice(span.start, span.end);
  for (const option of rehearsals) yield { text: insertedAt(text, span.end, option), change: `with ${option}` };
  if (/\bexplain\b/i.test(command)) {
    const plain = command.replace(/\bexplain\s+(?:\([^)]*\banalyze\b[^)]*\)|analyze)\s+/i, "EXPLAIN ");
    yield { text: replaced(text, span, plain), change: "without ANALYZE" };
  }
  if (unbounded) yield* endings(text, span, command);
  const wrapper = /^(?:sudo|doas|watch)\s+(?:-[A-Za-z]+\s+)*(?:\d+\s+)?/.exec(command)?.[0];
  if (wrapper !== undefined) yield { text: replaced(text, span, command.slice(wrapper.length)), change: `without ${wrapper.trim()}` };
}

function* endings(text: string, span: Span, command: string): Generator<Candidate> {
  const name = /^\S+/.exec(command)?.[0] ?? "";
  for (const option of bounds) {
    yield { text: insertedAt(text, span.start + name.length, option), change: `with ${option}` };
    yield { text: insertedAt(text, span.end, option), change: `with ${option}` };
  }
}

function replaced(text: string, span: Span, by: string): string {
  return text.slice(0, span.start) + by + text.slice(span.end);
}

function insertedAt(text: string, at: number, words: string): string {
  const before = text.slice(0, at).trimEnd();
  return `${before} ${words}${text.slice(before.length)}`;
}

/** Without the part and the blanks before it. */
function without(text: string, span: Span): string {
  return text.slice(0, span.start).trimEnd() + text.slice(span.end);
}
