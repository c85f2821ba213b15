// A command line and its marked spans in, words out: the screen wraps between words only, so an argument is never cut
// where a decision is made. Offsets are UTF-16 units of the command text. Display only: it decides nothing about meaning.
import type { WireReason, WireRisk } from "@dd0c/protocol/http";
import { revealInvisible } from "@dd0c/protocol/http";

/** A stretch to mark: why it is risky, or where a filled-in value came from. */
export interface CommandMark {
  readonly start: number;
  readonly end: number;
  readonly kind: WireRisk | "value";
  readonly title: string;
}

export interface CommandPiece {
  readonly shown: string;
  readonly hidden: boolean;
  readonly mark: CommandMark | null;
}

export interface CommandWord {
  readonly kind: "word" | "gap" | "newline";
  readonly start: number;
  readonly pieces: readonly CommandPiece[];
}

const WEIGHT: Readonly<Record<CommandMark["kind"], number>> = { dangerous: 4, unknown: 3, caution: 2, value: 1, safe: 0 };

/** Marks for everything above safe; the strictest wins where spans overlap. */
export const reasonMarks = (reasons: readonly WireReason[]): readonly CommandMark[] =>
  reasons
    .filter((reason) => reason.risk !== "safe" && reason.span.end > reason.span.start)
    .map((reason) => ({ start: reason.span.start, end: reason.span.end, kind: reason.risk, title: `${reason.risk}: ${reason.message}` }));

const NAME_CHARACTER = /[A-Za-z0-9_]/;

const standsAlone = (text: string, start: number, end: number): boolean =>
  !NAME_CHARACTER.test(text[start - 1] ?? "") && !NAME_CHARACTER.test(text[end] ?? "");

/** Marks for values that an alert filled in, wherever they stand as a whole name. */
export const valueMarks = (command: string, values: readonly { readonly name: string; readonly value: string }[]): readonly CommandMark[] =>
  values
    .filter(({ value }) => value.length > 1)
    .flatMap(({ name, value }) => {
      const marks: CommandMark[] = [];
      for (let at = command.indexOf(value); at >= 0; at = command.indexOf(value, at + value.length)) {
        const end = at + value.length;
        if (standsAlone(command, at, end)) marks.push({ start: at, end, kind: "value", title: `${name}, filled in from the alert` });
      }
      return marks;
    });

interface Token {
  readonly kind: CommandWord["kind"];
  readonly start: number;
  readonly end: number;
}

/** End of the quoted stretch that opens at `at`: past the closing quote, or the end of the text. */
const skipQuoted = (text: string, at: number): number => {
  const quote = text[at];
  for (let next = at + 1; next < text.length; next += 1) {
    if (text[next] === "\\" && quote === '"') next += 1;
    else if (text[next] === quote) return next + 1;
  }
  return text.length;
};

const wordEnd = (text: string, from: number): number => {
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if (character === " " || character === "\t" || character === "\n") break;
    if (character === "'" || character === '"') at = skipQuoted(text, at);
    else at += character === "\\" && text[at + 1] !== "\n" ? 2 : 1;
  }
  return Math.min(at, text.length);
};

const tokenAt = (text: string, start: number): Token => {
  if (text[start] === "\n") return { kind: "newline", start, end: start + 1 };
  let end = start;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return end > start ? { kind: "gap", start, end } : { kind: "word", start, end: wordEnd(text, start) };
};

const tokens = (text: string): readonly Token[] => {
  const found: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    found.push(token);
    at = token.end;
  }
  return found;
};

const strictestAt = (marks: readonly CommandMark[], at: number): CommandMark | null =>
  marks
    .filter((mark) => mark.start <= at && at < mark.end)
    .reduce<CommandMark | null>((best, mark) => (best === null || WEIGHT[mark.kind] > WEIGHT[best.kind] ? mark : best), null);

const piecesOf = (text: string, token: Token, marks: readonly CommandMark[]): readonly CommandPiece[] => {
  const edges = marks.flatMap((mark) => [mark.start, mark.end]).filter((edge) => edge > token.start && edge < token.end);
  const cuts = [...new Set([token.start, ...edges, token.end])].sort((a, b) => a - b);
  return cuts.slice(0, -1).flatMap((start, index) => {
    const part = text.slice(start, cuts[index + 1]);
    const mark = strictestAt(marks, start);
    return revealInvisible(part).map((run) => ({ shown: run.shown, hidden: run.hidden, mark }));
  });
};

/** Words, gaps and line ends of `command`, in order; together they show every character of it. */
export const layoutCommand = (command: string, marks: readonly CommandMark[]): readonly CommandWord[] =>
  tokens(command).map((token) => ({ kind: token.kind, start: token.start, pieces: piecesOf(command, token, marks) }));
