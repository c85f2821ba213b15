// Lays a parsed runbook out as Markdown: title, what must be there, what is filled in, the steps under their sections, rollback.
// A runbook and the form of each of its parts go in; lines come out together with the lines that each part took, so that a reading of the
// result can be compared part by part. It decides nothing; write-markdown.ts does.
import type { ParsedRunbook, RollbackCommand, RunbookStep, RunbookVariable, SectionKind } from "../types.ts";
import { escapeProse, type ProseForm } from "./escape-prose.ts";
import { type CodeForm, writeBlock, writeCode } from "./write-code.ts";

export interface StepForm {
  readonly prose: ProseForm;
  readonly code: CodeForm;
  /** The tag of the block that shows what should be seen: some text is taken for commands under one tag and not under another. */
  readonly expected: "output" | "text" | "left_out";
  /** Written as a checkbox, where a numbered sentence alone would be no step. */
  readonly checkbox: boolean;
  /** With the sentence that says when the step applies. */
  readonly condition: boolean;
}

/** Where a line says what a section is for, when its title does not: as a heading above it, or as a label below it. */
export type Frame = "none" | "above" | "below";

/** `steps` and `frames` have one entry per step; the frame of the first step under a heading counts. */
export interface LayOutForms {
  readonly steps: readonly StepForm[];
  readonly frames: readonly Frame[];
  /** Prerequisites and variables repeat what the steps hold and may be left out. */
  readonly notes: ProseForm | "left_out";
}

export interface LaidOut {
  readonly text: string;
  /** Per step: first and last line, 1-based. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

const LABELS: Readonly<Record<SectionKind, string>> = {
  diagnosis: "Diagnosis",
  mitigation: "Mitigation",
  procedure: "Procedure",
  verification: "Verification",
  rollback: "Rollback",
  prerequisites: "Prerequisites",
  background: "Background",
  follow_up: "Follow-up",
};

export const layOut = (runbook: ParsedRunbook, forms: LayOutForms): LaidOut => {
  const lines = [`# ${escapeProse(runbook.title)}`];
  const ranges: (readonly [number, number])[] = [];
  const opensWithoutSection = runbook.steps[0]?.section === null;
  if (forms.notes !== "left_out") lines.push(...writeNotes(runbook, forms.notes, opensWithoutSection));
  for (const [index, step] of runbook.steps.entries()) {
    const form = forms.steps[index];
    if (form === undefined) continue;
    if (!isSameSection(runbook.steps[index - 1], step)) lines.push(...writeHeadings(step, forms.frames[index] ?? "none"));
    lines.push("");
    const start = lines.length + 1;
    lines.push(...writeStep(step, form));
    ranges.push([start, lines.length]);
  }
  lines.push(...writeRollback(runbook));
  return { text: `${lines.join("\n")}\n`, ranges };
};

/** Whether two neighbours stand under the same heading; nothing stands before the first step but the title. */
export const isSameSection = (before: RunbookStep | undefined, step: RunbookStep): boolean =>
  before !== undefined &&
  before.section === step.section &&
  before.section_kind === step.section_kind &&
  before.alternative?.group === step.alternative?.group;

const writeHeadings = ({ section, section_kind, alternative }: RunbookStep, frame: Frame): string[] => {
  if (section === null) return [];
  const title = escapeProse(section);
  const label = section_kind === null ? null : LABELS[section_kind];
  if (alternative !== undefined && alternative.label !== section) return ["", `## ${title}`, "", `**${escapeProse(alternative.label)}**`];
  if (frame === "none" || label === null) return ["", `## ${title}`];
  return frame === "above" ? ["", `## ${label}`, "", `### ${title}`] : ["", `## ${title}`, "", `**${label}**`];
};

/**
 * Above the steps, as text that orders nothing, so that no command in it is taken for one of theirs: under headings of its own, or as
 * sentences where a heading would take in steps that stand under none.
 */
const writeNotes = (runbook: ParsedRunbook, form: ProseForm, asSentences: boolean): string[] => {
  const inSteps = (line: number): boolean => runbook.steps.some(({ source_lines: [start, end] }) => start <= line && line <= end);
  const wanted = runbook.prerequisites.filter(({ line }) => !inSteps(line)).map(({ description }) => escapeProse(description, form));
  const values = runbook.variables.map((variable) => describeVariable(variable, form));
  if (asSentences)
    return [...wanted.flatMap((text) => ["", `Prerequisites: ${text}`]), ...values.flatMap((text) => ["", `Notes: ${text}`])];
  return [
    ...headed(
      "Before you start",
      wanted.map((text) => `- [ ] ${text}`),
    ),
    ...headed(
      "Notes",
      values.map((text) => `- ${text}`),
    ),
  ];
};

const headed = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : ["", `## ${title}`, "", ...items]);

/** No words that order something: these lines are no steps. */
const SOURCES = { alert: "From the alert", runtime: "From the output of an earlier command", manual: "By hand" } as const;

/** "From the alert (`namespace`), where `<ns>` is the namespace of the service": the parser finds the explanation again. */
const describeVariable = ({ source, field, placeholder, description }: RunbookVariable, form: ProseForm): string => {
  const from = `${SOURCES[source]}${field === undefined ? "" : ` (${field})`}`;
  const name = `\`${placeholder}\``;
  return description === undefined ? `${from}: ${name}` : `${from}, where ${name} is ${escapeProse(markAngles(description), form)}`;
};

/** An explanation has lost its code marks; names in angles get theirs back, since Markdown takes them for tags. */
const markAngles = (text: string): string => text.replace(/<[^<>`\n]{1,80}>/g, "`$&`");

const writeStep = (step: RunbookStep, form: StepForm): string[] => {
  const marker = `${String(step.order)}. `;
  const indent = " ".repeat(marker.length);
  const parts = step.description.split("\n");
  const isFolded = step.kind === "link" && form.prose === "without_commands";
  const [first = "", ...details] = isFolded ? [parts.join(" ")] : parts;
  const body = [
    (form.checkbox ? "[ ] " : "") + writeFirst(step, first, form.prose),
    ...writeDetails(details, form.prose),
    ...(form.condition ? writeCondition(step, form.prose) : []),
    ...writeCode(step.commands, form.code),
    ...writeExpected(step, form.expected),
  ];
  return body.map((line, index) => (index === 0 ? marker : line === "" ? "" : indent) + line);
};

/** A link step is its link: the description is what a reader clicks on. */
const writeFirst = ({ kind, url }: RunbookStep, text: string, form: ProseForm): string => {
  if (kind !== "link" || url === undefined || (form === "as_written" && text.includes(url))) return escapeProse(text, form);
  return `[${escapeProse(text.replace(/[[\]]|https?:\/\//g, ""), form)}](${url})`;
};

const writeDetails = (details: readonly string[], form: ProseForm): string[] =>
  details.length === 0 ? [] : ["", ...details.map((detail) => `- ${escapeProse(detail.replace(/^- /, ""), form)}`)];

/** The section's own words are not repeated. */
const writeCondition = ({ condition, section }: RunbookStep, form: ProseForm): string[] =>
  condition === undefined || condition === section ? [] : ["", `Condition: ${escapeProse(condition, form)}`];

/** What the description does not say already. */
const writeExpected = ({ expected_output, description }: RunbookStep, tag: StepForm["expected"]): string[] => {
  const shown = (expected_output ?? "").split("\n").filter((line) => line.trim() === "" || !description.includes(line.trim()));
  const text = shown.join("\n").trim();
  return text === "" || tag === "left_out" ? [] : ["", "Expected output:", "", ...writeBlock(tag, text)];
};

/** Commands of rollback sections; a step that is itself a rollback stands among the steps. */
const writeRollback = ({ rollback, steps }: ParsedRunbook): string[] => {
  const inSteps = new Set(steps.flatMap(({ commands }) => commands.map(({ line, text }) => `${String(line)}:${text}`)));
  const apart = rollback.filter(({ line, text }) => !inSteps.has(`${String(line)}:${text}`));
  return apart.length === 0 ? [] : ["", "## Rollback", ...apart.flatMap(writeUndo)];
};

const writeUndo = ({ text, step_order }: RollbackCommand): string[] => [
  "",
  ...(step_order === null ? [] : [`These commands undo what step ${String(step_order)} did:`, ""]),
  ...writeCode([{ text, line: 1 }], "apart").slice(1),
];
