// What stands between and behind the words of a simple command: only blanks, and then something that ends a command. Anything else means
// that the parser passed over a token, and then its tree does not say what a shell would do. Checks the parser; knows nothing of risk.
import type { Command, Word } from "unbash";
import { type Region, type ScanState, spanOf } from "./scan-state.ts";

/** The offset of a character that no part of the command accounts for, or at which a word is cut in two; undefined when there is none. */
export function lostToken(node: Command, source: string): number | undefined {
  let end = node.pos;
  let begun = false;
  const name = node.name === undefined ? [] : [node.name];
  for (const item of [...node.prefix, ...name, ...node.suffix]) {
    const at = skipBlanks(source, end);
    if (at < item.pos || (begun && item.type === "Word" && end === item.pos)) return at;
    if (becomesDescriptor(source, item)) return item.pos;
    end = item.end;
    begun = true;
  }
  return tail(source, end);
}

/** `2`, a backslash, a newline and `>f` are `2>f`: lines are joined first. */
function becomesDescriptor(source: string, { pos, type }: Command["prefix"][number] | Command["suffix"][number]): boolean {
  if (type === "Word" || type === "Assignment") return false;
  let at = pos;
  while (at > 1 && source.startsWith("\\\n", at - 2)) at -= 2;
  return at < pos && /[\d}]/.test(source.charAt(at - 1));
}

/** Reports where a word in a list of words is cut in two: `a>(b)` and `""<(b)` are one word. */
export function reportCut(words: readonly Word[], region: Region, state: ScanState): void {
  const cut = words.find((word, index) => words[index - 1]?.end === word.pos);
  if (cut !== undefined) state.reportLostToken(spanOf(region, cut));
}

/** End of text, `;`, `&`, `|`, `)`, `}`, a newline, a backtick or a comment. */
const enders: ReadonlySet<string> = new Set(["", ";", "&", "|", ")", "}", "\n", "`", "#"]);

function tail(source: string, from: number): number | undefined {
  const at = skipBlanks(source, from);
  // A `#` that touches a word belongs to it.
  const glued = at === from && source.charAt(at) === "#";
  return enders.has(source.charAt(at)) && !glued ? undefined : at;
}

/** Skips blanks, tabs and continued lines. */
function skipBlanks(source: string, from: number): number {
  let at = from;
  for (;;) {
    const code = source.charCodeAt(at);
    if (code === 32 || code === 9) at++;
    else if (code === 92 && source.charCodeAt(at + 1) === 10) at += 2;
    else return at;
  }
}
