// A foreign text goes in, the same text between two marks comes out: what a prompt may hold of a runbook. The model is told that it is data.
// The mark is made from the text's hash, so that no text can hold its own end, and the same text always gives the same prompt.
import { textHash } from "../app/context.ts";

/** @param label what the text is, in our own words */
export function fencedData(label: string, text: string): string {
  let mark = textHash(text);
  while (text.includes(mark)) mark = textHash(mark);
  return `<<<DATA ${mark} ${label}\n${text}\nDATA ${mark}>>>`;
}
