// Cuts a step's description out of its text: the words in front of a command that closes the sentence, else the sentence whole.
// Markdown and the commands found in it go in, a plain sentence comes out.

import type { PlacedCommand } from "../commands/statement.ts";
import { plainText } from "../source/plain-text.ts";
import { trimTail } from "../source/trim-tail.ts";

const MARK = /[\s:：,;→>–—-]/;
/** Words that only lead to the command behind them. "The pod is running" says how it is; "by running" leads on. */
const LINKING =
  /(?:\s(?:with|using|via|by|run|(?<!\b(?:is|are|be|been|was|were|still|not|up and|keeps?|correctly)\s)running|and|then|mit|con|avec))+\s*:?$/i;
/** Longest stretch of blanks in front of a command, or linking word behind a description, that is looked at. */
const REACH = 200;

/** @param text - the paragraph as written; `commands` - placed in it, in order */
export function describe(text: string, commands: readonly PlacedCommand[]): string {
  const first = commands[0];
  if (first === undefined) return clean(text);
  const before = text.slice(0, first.start);
  const closesSentence =
    /[:：→(“"]\s*$|(?:\s[-–—]|[=-]>)\s*$/.test(before.slice(-REACH)) || (before.trim() !== "" && before.endsWith("\n"));
  if (closesSentence && plainText(before).length > 2) return clean(before);
  const words = withoutCommandLines(text, commands);
  return clean(words === "" ? text : words) || clean(before);
}

/** A line that is nothing but the command says nothing about it. */
function withoutCommandLines(text: string, commands: readonly PlacedCommand[]): string {
  let words = "";
  let from = 0;
  for (const { start, end } of commands) {
    const ownLine = startsLine(text, start) && /^[ \t]*(?:\n|$)/.test(text.slice(end));
    if (!ownLine || text[start] === "`") continue;
    words += text.slice(from, start);
    from = end;
  }
  return (words + text.slice(from)).trim();
}

function startsLine(text: string, start: number): boolean {
  const before = trimTail(text.slice(Math.max(0, start - REACH), start), /[ \t]/);
  return before.endsWith("\n") || (before === "" && start <= REACH);
}

function clean(text: string): string {
  const plain = plainText(text.replace(/^\s*\[[ xX]\]\s+/, "").replace(/["“(]\s*$/, ""));
  const linking = LINKING.exec(plain.slice(-REACH));
  return (linking === null ? trimTail(plain, MARK) : plain.slice(0, plain.length - linking[0].length)).trim();
}
