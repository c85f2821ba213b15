// The inverse of a rule with a captured value in it -> the way back as it would run. The value is one literal of the syntax tree: what would
// change how the command is read is refused, and then there is no way back.
import { fillPlaceholders } from "@dd0c/scanner";
import type { Rendered } from "../render-template.ts";

const mark = "{capture}";

/** @returns null where the value does not fit as one literal */
export function fillCapture(template: string, captured: string): Rendered | null {
  const placeholders = [];
  for (let at = template.indexOf(mark); at !== -1; at = template.indexOf(mark, at + mark.length))
    placeholders.push({ name: "capture", span: { start: at, end: at + mark.length } });
  if (placeholders.length === 0) return null;
  const filled = fillPlaceholders(template, placeholders, { capture: captured });
  return filled.ok ? { text: filled.text, plan: filled.plan, notRunnable: null, verdict: filled.verdict, variables: [] } : null;
}
