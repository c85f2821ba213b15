// The script inside `$(...)` -> whether it prints nothing but one number: `date +%s`, `nproc`, `... | wc -l`, `... | grep -c x`.
// Such output is one word that splits, globs and evaluates to nothing else. Says nothing about what the commands do.
import type { Command, ParsedScript, Word } from "unbash";

/** Whether the output is a number, whatever the commands before the last one print. */
export function printsNumber(script: ParsedScript): boolean {
  const statement = script.commands[0];
  if (statement === undefined || script.commands.length !== 1 || statement.background === true) return false;
  const node = statement.command;
  if (node.type === "Command") return isCounter(node, false);
  const last = node.type === "Pipeline" ? node.commands.at(-1) : undefined;
  return last?.type === "Command" && isCounter(last, true);
}

const countsLines = /^-([lcwm]|-lines|-bytes|-chars|-words)$/;

function isCounter(node: Command, piped: boolean): boolean {
  if (node.name === undefined || node.prefix.length > 0) return false;
  const words = node.suffix.map((item) => (item.type === "Word" ? item : undefined));
  if (!words.every((word): word is Word => word !== undefined && word.parts === undefined)) return false;
  const texts = words.map((word) => word.value);
  switch (node.name.text) {
    case "nproc":
      return texts.length === 0 && node.redirects.length === 0;
    case "date":
      return texts.some((text) => text === "+%s" || text === "+%s%N" || text === "+%Y" || text === "+%H");
    case "wc":
      // With a file name behind the option its name would be printed too.
      return texts.length === 1 && countsLines.test(texts[0] ?? "") && (piped || readsOneFile(node));
    case "grep":
      return piped && node.redirects.length === 0 && countsMatches(texts);
    default:
      return false;
  }
}

/** `grep -c PATTERN` with nothing behind it: one count. */
function countsMatches(texts: readonly string[]): boolean {
  return texts.length === 2 && /^-[viwxEF]*c[viwxEF]*$/.test(texts[0] ?? "") && !(texts[1] ?? "-").startsWith("-");
}

function readsOneFile(node: Command): boolean {
  const only = node.redirects[0];
  return node.redirects.length === 1 && only?.type === "Redirect" && only.operator === "<";
}
