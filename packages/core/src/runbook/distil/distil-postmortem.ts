// Incident review in, draft runbook out: the diagnosis that led to the fix, then the fix, with the commands that the review names.
// What did not help, causes and follow-ups are left out with a note. A fix without a command becomes steps for a person.

import { findCommands } from "../commands/find-commands.ts";
import { takeTitle } from "../meaning/title.ts";
import { parseBlocks } from "../source/block-tree.ts";
import { plainText } from "../source/plain-text.ts";
import { readerText, type ReaderText } from "../source/reader-text.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import { type DraftStep, newDraft } from "../steps/draft-step.ts";
import type { Walk } from "../steps/walk.ts";
import { type DistilNote, type DistilResult, notesOf, refuse, toDistilled } from "./distilled.ts";
import { readReviewText } from "./recounted.ts";
import { type ReviewSection, sayingsOf } from "./review-sections.ts";

const FOLLOW_UP = "A follow-up is no part of what fixed it.";

/** @returns PARSE_FAILED where no section tells of a command or a fix; the caller limits the length */
export function distilPostmortem(rawText: string): DistilResult {
  const reader = readerText(rawText);
  const recounted = readReviewText({ ...reader, sourceType: "text" }, true);
  if (recounted === null || recounted.sections.length === 0)
    return refuse("No sections were found: an incident review says what happened and what fixed it under headings.");
  const { walk, judged, sections } = recounted;
  const fixes = sections.filter(isFix);
  const found = walk.steps.filter((step) => step.section.kind !== "mitigation");
  const repairs = [...walk.steps.filter((step) => step.section.kind === "mitigation")];
  const fixed = repairs.length > 0 ? repairs : fixes.flatMap(toManualSteps);
  const named = new Set(fixed.flatMap(({ commands }) => commands.map(({ text }) => text)));
  const steps = [...found.filter(({ commands }) => !commands.every(({ text }) => named.has(text))), ...fixed];
  return toDistilled({
    kind: "postmortem",
    reader,
    walk: { ...walk, steps } satisfies Walk,
    title: takeTitle(parseBlocks(reader.lines), reader.title).title ?? firstLine(reader),
    notes: [...notesOf(judged), ...sections.flatMap(leftOut), ...(fixes.length === 0 ? [noFix(reader)] : [])],
    anonymous: (text) => text,
  });
}

function isFix({ section }: ReviewSection): boolean {
  return section.kind === "mitigation";
}

function toManualSteps({ section, lines }: ReviewSection): readonly DraftStep[] {
  return sayingsOf(lines).map((saying) => {
    const step = newDraft(section, plainText(joinText(saying.lines)), ...rangeOf(saying.lines));
    step.prose.push(...saying.lines);
    return step;
  });
}

/** Follow-ups by sentence, and commands that other sections name without anybody having run them. */
function leftOut({ section, tells, lines }: ReviewSection): readonly DistilNote[] {
  if (tells) return [];
  if (section.kind === "follow_up") return lines.filter(({ text }) => text.trim() !== "").map((line) => note(line, FOLLOW_UP));
  const reason = `It is named under "${section.title ?? ""}", which does not tell what was run.`;
  return findCommands(lines).commands.map(({ text, line }) => ({ line, text, reason }));
}

function note({ text, line }: SourceLine, reason: string): DistilNote {
  return { line, text: plainText(text.replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+/, "")), reason };
}

function noFix(reader: ReaderText): DistilNote {
  const line = reader.lines.find(({ text }) => text.trim() !== "")?.line ?? 1;
  return { line, text: firstLine(reader) ?? "", reason: "No section says what fixed it; the steps are those that others tell of." };
}

function firstLine({ lines }: ReaderText): string | null {
  const first = lines.find(({ text }) => text.trim() !== "");
  return first === undefined ? null : plainText(first.text.replace(/^#+\s*/, ""));
}
