// Finds code fences before Markdown does and repairs the broken ones: a closing mark on the last code line, a fence never closed.
// Lines go in; lines come out with the missing marks added, together with the lines that lie inside a fence.

import { type SourceLine, textAt, withText } from "./source-line.ts";

export interface FencedLines {
  readonly lines: readonly SourceLine[];
  /** One entry per line of `lines`: inside a fence, its marks included. */
  readonly inFence: readonly boolean[];
  /** Physical lines of opening marks that nothing closed. */
  readonly unclosedAt: readonly number[];
}

const OPENER = /^([\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?)(`{3,}|~{3,})([^`]*)$/;
const SECTION_START = /^\s{0,3}(?:#{2,6}\s+\S|\d{1,3}[.)]\s+[A-Z])/;

interface Open {
  readonly mark: string;
  readonly line: number;
  /** Index in the output of the opening line. */
  readonly index: number;
}

/** For each line whether it lies inside a fence, its marks included; a fence that nothing closes reaches to the end. */
export function followFences(lines: readonly SourceLine[]): readonly boolean[] {
  let mark: string | null = null;
  return lines.map(({ text }) => {
    if (mark === null) {
      mark = OPENER.exec(text)?.[2] ?? null;
      return mark !== null;
    }
    if (closes(text, mark) || gluedClosing(text, mark) !== null) mark = null;
    return true;
  });
}

export function repairFences(lines: readonly SourceLine[]): FencedLines {
  const state: { out: SourceLine[]; inFence: boolean[]; open: Open | null; unclosedAt: number[] } = {
    out: [],
    inFence: [],
    open: null,
    unclosedAt: [],
  };
  const push = (line: SourceLine, fenced: boolean): void => {
    state.out.push(line);
    state.inFence.push(fenced);
  };
  const closeEarly = (): void => {
    if (state.open === null) return;
    state.unclosedAt.push(state.open.line);
    insertClosing(state.out, state.inFence, state.open);
    state.open = null;
  };
  for (const line of lines) {
    const opener = OPENER.exec(line.text);
    if (state.open === null) {
      push(line, opener !== null);
      if (opener !== null) state.open = { mark: opener[2] ?? "", line: line.line, index: state.out.length - 1 };
      continue;
    }
    const glued = gluedClosing(line.text, state.open.mark);
    if (opener !== null && reopens(opener, state.open.mark)) {
      closeEarly();
      push(line, true);
      state.open = { mark: opener[2] ?? "", line: line.line, index: state.out.length - 1 };
    } else if (closes(line.text, state.open.mark)) {
      push(line, true);
      state.open = null;
    } else if (glued !== null) {
      push(withText(line, glued), true);
      push(withText(line, state.open.mark), true);
      state.open = null;
    } else {
      push(line, true);
    }
  }
  closeEarly();
  return { lines: state.out, inFence: state.inFence, unclosedAt: state.unclosedAt };
}

function closes(text: string, mark: string): boolean {
  const bare = text.replace(/^[\s>]*/, "").trimEnd();
  return bare.length >= mark.length && bare === (mark[0] ?? "").repeat(bare.length);
}

/** "```bash" inside a fence opened by "```": the first one was never closed. */
function reopens(opener: RegExpExecArray, mark: string): boolean {
  return opener[2] === mark && /^[A-Za-z]/.test((opener[3] ?? "").trim());
}

/** The code before a closing mark that was glued to the last line of code, or null. */
function gluedClosing(text: string, mark: string): string | null {
  const trimmed = text.trimEnd();
  if (!trimmed.endsWith(mark)) return null;
  const code = trimmed.slice(0, -mark.length);
  return code.trim() === "" || code.includes("`") ? null : code;
}

/** Closes an open fence at its first blank line that is followed by a new section, else at the end of what it swallowed. */
function insertClosing(out: SourceLine[], inFence: boolean[], open: Open): void {
  const at = closingIndex(out, open.index);
  const opening = out[open.index] ?? { text: "", line: open.line };
  const indent = opening.text.slice(0, opening.text.length - opening.text.replace(/^[\s>]*/, "").length);
  const before = out[Math.max(open.index, at - 1)] ?? opening;
  out.splice(at, 0, { text: indent + open.mark, line: before.line });
  inFence.splice(at, 0, true);
  inFence.fill(false, at + 1);
}

function closingIndex(out: readonly SourceLine[], opening: number): number {
  const found = out.findIndex((line, index) => index > opening && line.text.trim() === "" && SECTION_START.test(textAt(out, index + 1)));
  return found < 0 ? out.length : found;
}
