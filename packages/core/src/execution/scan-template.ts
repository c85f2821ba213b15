// The scanner's view of a template, before its variables have values: each placeholder read as one plain word.
// Gives classification a verdict that says something about the command and not about `<pod>`. The rendered text is scanned again, always.
import { fillPlaceholders, scan, type Verdict } from "@dd0c/scanner";
import { replaceSpans, type TemplateVariable, variableSpans } from "./variable-spans.ts";

const sampleWord = "sample";
const sampleNumber = "1";

/**
 * Scans a template command with every placeholder filled by a sample (a word; where that cannot be, a number).
 * @returns the verdict on the filled text; where neither fills, on the text with the words put in as they are
 */
export function scanTemplate(command: string, variables: readonly TemplateVariable[]): Verdict {
  const placeholders = variableSpans(command, variables);
  if (placeholders.length === 0) return scan(command);
  for (const sample of [sampleWord, sampleNumber]) {
    const filled = fillPlaceholders(command, placeholders, Object.fromEntries(placeholders.map(({ name }) => [name, sample])));
    if (filled.ok) return filled.verdict;
  }
  return scan(replaceSpans(command, placeholders, () => sampleWord));
}
