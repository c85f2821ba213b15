// The words of a command into which input is put (xargs, parallel, find -exec, fd -x) -> whether a shell or interpreter would run that input.
// Used beside the judgement of the command itself; can only add.
import type { Arg } from "../../arg.ts";
import type { Finding } from "../../rule.ts";

const runners = /^(.*\/)?(sh|bash|dash|ash|zsh|ksh|fish|eval|source|python\d?(\.\d+)?|perl|ruby|node|php)$/;
const takesCode = /^-{1,2}\w*[cer]?$/;

const finding: Finding = {
  risk: "dangerous",
  why: "runs what it is given as a program",
  safer: "give the input as an operand: sh -c '... \"$1\"' _",
};

/**
 * `marker` finds the place of the input in a word; undefined when it stands behind the last one.
 * Dangerous when a shell's or interpreter's program text, or the file that it runs, is the input.
 */
export function inputAsCode(words: readonly Arg[], marker: ((text: string) => boolean) | undefined): Finding | undefined {
  const runner = words.findIndex((arg) => runners.test(arg.text));
  if (runner < 0) return undefined;
  const behind = words.slice(runner + 1).map((arg) => arg.text);
  if (marker === undefined) return takesCode.test(behind.at(-1) ?? "-c") ? finding : undefined;
  const code = behind.findIndex((text) => /^-\w*[cer]$/.test(text));
  const text = behind[code < 0 ? behind.findIndex((word) => !word.startsWith("-")) : code + 1];
  return text !== undefined && marker(text) ? finding : undefined;
}
