// Takes the frame off a pasted alert: labels, expressions and addresses are facts about it, annotations are sentences.
// Lines go in, lines with their physical numbers come out; what is no alert goes through unchanged.

import { type SourceLine, withText } from "./source-line.ts";

const HEAD = /^\s*(?:\[(?:FIRING|RESOLVED|TRIGGERED|ALERT)[^\]]*\]|(?:alert|incident)\s*#?\S* (?:triggered|firing|opened)\b)/i;
const PAIR = /^(\s*)(?:[-*•]\s+)?([\w.-]+)\s*=\s+?(\S.*)$/;
const PROSE_KEY =
  /^(?:hint|note|summary|description|message|action|actions|runbook|todo|step|remediation|resolution|fix|impact|playbook|instructions?|what_to_do)[\w.-]*$/i;
const FRAME = /^\s*(?:source|silence|generator ?url|dashboard|panel|value|reply with)\b.*(?:https?:\/\/|\bACK\b|$)/i;

export function rewriteAlert(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!isAlert(lines)) return lines;
  return lines.map((line) => {
    const pair = PAIR.exec(line.text);
    if (pair === null) return FRAME.test(line.text) && /https?:\/\/|\bACK\b/.test(line.text) ? withText(line, "") : line;
    const [, indent = "", key = "", value = ""] = pair;
    const told = PROSE_KEY.test(key) && !/^(?:summary|description|message|impact)/i.test(key);
    if (told) return withText(line, `${indent}- ${value}`);
    return PROSE_KEY.test(key) ? withText(line, value) : withText(line, "");
  });
}

/** Says that it fires, and lists what it is about as pairs. */
function isAlert(lines: readonly SourceLine[]): boolean {
  const head = lines.slice(0, 60);
  return head.slice(0, 5).some(({ text }) => HEAD.test(text)) && head.filter(({ text }) => PAIR.test(text)).length >= 3;
}
