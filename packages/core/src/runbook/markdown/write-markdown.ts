// Writes a parsed runbook as Markdown and reads the result back: what is not read the same is written more plainly, until it is.
// A runbook goes in; the text comes out with what is still read differently, so that nobody is told it is the same when it is not. Pure.
import { parseRunbook } from "../parse-runbook.ts";
import type { ParsedRunbook, RunbookStep } from "../types.ts";
import type { ProseForm } from "./escape-prose.ts";
import { type Frame, isSameSection, type LaidOut, layOut, type StepForm } from "./lay-out.ts";

export interface WrittenMarkdown {
  readonly text: string;
  /** What is read back differently, in words; empty when nothing is. */
  readonly differences: readonly string[];
}

const PROSE = ["as_written", "without_code_marks", "without_commands"] as const;
const NOTES = [...PROSE, "left_out"] as const;
const FRAMES: readonly Frame[] = ["none", "above", "below"];

/** From the most readable to the plainest. */
const COMMAND_FORMS: readonly StepForm[] = PROSE.flatMap((prose) =>
  (
    [
      ["together", "output"],
      ["together", "text"],
      ["apart", "output"],
      ["apart", "text"],
      ["prompted", "output"],
      ["prompted", "text"],
      ["apart", "left_out"],
      ["prompted", "left_out"],
    ] as const
  ).map(([code, expected]) => ({ prose, code, expected, checkbox: false, condition: true })),
);
const manual = (prose: ProseForm, checkbox: boolean, condition: boolean): StepForm => ({
  prose,
  code: "together",
  expected: "output",
  checkbox,
  condition,
});
const MANUAL_FORMS: readonly StepForm[] = [
  manual("as_written", false, true),
  manual("as_written", false, false),
  manual("without_code_marks", false, false),
  manual("as_written", true, false),
  manual("without_code_marks", true, false),
  manual("without_commands", false, false),
  manual("without_commands", true, false),
];
const FIRST_FORM: StepForm = manual("as_written", false, true);

const MAX_ROUNDS = 40;
/** Characters read back in all rounds together: a long text gets fewer rounds, and its differences are told. */
const MAX_READ = 500_000;
const MIN_ROUNDS = 3;

/** How far each part has been made plainer: indices into the forms above. */
interface Levels {
  readonly steps: readonly number[];
  readonly frames: readonly number[];
  readonly notes: number;
}

interface Reading {
  /** Indices of steps that are read differently. */
  readonly wrong: readonly number[];
  /** Those of them whose section is taken for another kind. */
  readonly misplaced: readonly number[];
  readonly differences: readonly string[];
}

export const writeMarkdown = (runbook: ParsedRunbook): WrittenMarkdown => {
  const none = runbook.steps.map(() => 0);
  let levels: Levels = { steps: none, frames: none, notes: 0 };
  let best: WrittenMarkdown | null = null;
  let read = 0;
  for (let round = 0; round < MIN_ROUNDS || (round < MAX_ROUNDS && read < MAX_READ); round++) {
    const laid = layOut(runbook, {
      steps: runbook.steps.map((step, index) => formsOf(step)[levels.steps[index] ?? 0] ?? FIRST_FORM),
      frames: levels.frames.map((level) => FRAMES[level] ?? "none"),
      notes: NOTES[levels.notes] ?? "left_out",
    });
    read += laid.text.length;
    const reading = compare(runbook, laid);
    if (best === null || reading.differences.length < best.differences.length) best = { text: laid.text, differences: reading.differences };
    const next = reading.differences.length === 0 ? null : plainer(runbook, levels, reading);
    if (next === null) break;
    levels = next;
  }
  return best ?? { text: "", differences: [] };
};

const formsOf = (step: RunbookStep): readonly StepForm[] => (step.commands.length === 0 ? MANUAL_FORMS : COMMAND_FORMS);

const compare = (runbook: ParsedRunbook, laid: LaidOut): Reading => {
  const parsed = parseRunbook(laid.text);
  if (!parsed.ok) return { wrong: runbook.steps.map((_, index) => index), misplaced: [], differences: [parsed.error.message] };
  const read = parsed.runbook.steps;
  const groups = runbook.steps.map((_, index) => {
    const [start, end] = laid.ranges[index] ?? [0, 0];
    return read.filter(({ source_lines: [line] }) => start <= line && line <= end);
  });
  const wrong = runbook.steps.flatMap((step, index) => {
    const [only, ...more] = groups[index] ?? [];
    return only !== undefined && more.length === 0 && essence(only) === essence(step) ? [] : [index];
  });
  const misplaced = wrong.filter((index) => groups[index]?.some(({ section_kind }) => section_kind !== runbook.steps[index]?.section_kind));
  const differences = wrong.map((index) => `step ${String(index + 1)}`);
  if (groups.flat().length < read.length) differences.push("the number of steps");
  if (variablesOf(parsed.runbook) !== variablesOf(runbook)) differences.push("the variables");
  if (rollbackOf(parsed.runbook) !== rollbackOf(runbook)) differences.push("the rollback commands");
  return { wrong, misplaced, differences };
};

/** What must survive: where the step stands, what it is, and its commands byte for byte with where they run. */
const essence = ({ section, section_kind, kind, commands }: RunbookStep): string =>
  JSON.stringify([section, section_kind, kind, commands.map(({ text, language, context }) => [text, language, context])]);

const variablesOf = ({ variables }: ParsedRunbook): string => JSON.stringify(variables.map(({ line: _line, ...rest }) => rest));

const rollbackOf = ({ rollback }: ParsedRunbook): string => JSON.stringify(rollback.map(({ text }) => text).sort());

/** One step further for everything that was read wrongly; null when nothing is left to try. */
const plainer = (runbook: ParsedRunbook, levels: Levels, { wrong, misplaced }: Reading): Levels | null => {
  const heads = new Set(misplaced.map((index) => headOf(runbook.steps, index)));
  const frames = raise(levels.frames, (index) => heads.has(index) && (levels.frames[index] ?? 0) < FRAMES.length - 1);
  if (frames !== null) return { ...levels, frames };
  const lasts = runbook.steps.map((step) => formsOf(step).length - 1);
  const steps = raise(levels.steps, (index) => wrong.includes(index) && (levels.steps[index] ?? 0) < (lasts[index] ?? 0));
  if (steps !== null) return { ...levels, steps };
  return levels.notes < NOTES.length - 1 ? { ...levels, notes: levels.notes + 1 } : null;
};

const raise = (levels: readonly number[], isRaised: (index: number) => boolean): readonly number[] | null => {
  const raised = levels.map((level, index) => (isRaised(index) ? level + 1 : level));
  return raised.some((level, index) => level !== levels[index]) ? raised : null;
};

/** The first step of the run that stands under the same headings. */
const headOf = (steps: readonly RunbookStep[], index: number): number => {
  let head = index;
  for (let at = index; at > 0; at--) {
    const step = steps[at];
    if (step === undefined || !isSameSection(steps[at - 1], step)) break;
    head = at - 1;
  }
  return head;
};
