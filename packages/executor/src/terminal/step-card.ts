// What a person sees of a step: where in the run, what for, the whole command as it would run, its risk and why, what undoes it.
// Pure: a step and its reading go in, lines come out. Every word of the runbook passes `visible`; the command is never shortened.
import type { PreparedStep, StepState } from "@dd0c/core";
import type { Paint } from "./paint.ts";
import { visibleLine } from "./paint.ts";
import { labelled, labelledCommand, wrapText } from "./wrap.ts";

export interface CardView {
  readonly width: number;
  readonly paint: Paint;
}

export interface Place {
  /** 1..n. */
  readonly at: number;
  readonly total: number;
  readonly section: string | null;
}

/** The label is that of the runbook's step. "Step 3 of 9", "Step 4b (5 of 9)", "Undoing step 6". */
export const stepHeading = (
  step: Pick<StepState, "label" | "origin" | "parentStepExecutionId">,
  place: Place,
  { width, paint }: CardView,
): readonly string[] => {
  const { at, total, section } = place;
  const progress = step.label === String(at) ? `Step ${at} of ${total}` : `Step ${step.label} (${at} of ${total})`;
  const again = step.parentStepExecutionId === null ? progress : `${progress}, once more`;
  const kind = step.origin === "rollback" ? `Undoing step ${step.label}` : again;
  const name = section === null ? "" : `  ${visibleLine(section)}`;
  const heading = `${kind}${name}`.slice(0, width - 4);
  return ["", paint.strong(`-- ${heading} ${"-".repeat(Math.max(0, width - heading.length - 4))}`)];
};

export const describeStep = (description: string, { width }: CardView): readonly string[] =>
  wrapText(description, width - 2).map((line) => `  ${line}`);

/** Every finding that makes it as risky as it is, each with what would be safer. */
const whyLines = (prepared: PreparedStep, width: number): readonly string[] => {
  if (prepared.risk === "safe") return [];
  const found = prepared.reasons.filter(({ risk }) => risk !== "safe");
  if (found.length === 0) return labelled("why", "It only reads, but nothing else confirms it.", width);
  const seen = new Set<string>();
  return found.flatMap(({ message, saferAlternative }) => {
    const text = saferAlternative === undefined ? message : `${message} Safer: ${saferAlternative}`;
    if (seen.has(text)) return [];
    const label = seen.size === 0 ? "why" : "";
    seen.add(text);
    return labelled(label, text, width);
  });
};

const undoLines = (prepared: PreparedStep, { width, paint }: CardView): readonly string[] => {
  if (prepared.risk === "safe") return [];
  if (prepared.rollbackCommand !== null) return labelledCommand("undo", prepared.rollbackCommand);
  return labelled("undo", "There is no known way back.", width).map((line) => paint.warning(line));
};

const warnings = (prepared: PreparedStep, width: number): readonly string[] => [
  ...(prepared.sensitive ? labelled("note", "It prints secrets or key material.", width) : []),
  ...(prepared.unbounded ? labelled("note", "It never ends by itself.", width) : []),
];

/** The command in full, with everything that a decision about it needs. */
export const commandCard = (
  prepared: PreparedStep,
  { origin, expectedOutput }: Pick<StepState, "origin" | "expectedOutput">,
  view: CardView,
): readonly string[] => {
  const { width, paint } = view;
  return [
    "",
    ...labelledCommand(prepared.notRunnable === null ? "run" : "by hand", prepared.command).map((line) => paint.strong(line)),
    `  ${"risk".padEnd(10)}${paint.risk(prepared.risk)}`,
    ...whyLines(prepared, width),
    ...warnings(prepared, width),
    ...(origin === "rollback" ? [] : undoLines(prepared, view)),
    ...(expectedOutput === null ? [] : labelled("expect", expectedOutput, width)),
  ];
};

/** Why a person runs it, and a form that could be run here. */
export const byHandLines = ({ notRunnable }: Pick<PreparedStep, "notRunnable">, { width }: CardView): readonly string[] => {
  if (notRunnable === null) return [];
  const { message, suggestion } = notRunnable;
  return [
    ...labelled("because", message, width),
    ...(suggestion === null ? [] : labelledCommand("try", suggestion)),
    ...labelled("", "Copy it, run it in another window, and say here how it went.", width),
  ];
};

const seconds = (ms: number): string => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

/** One line about how a step ended. */
export const outcomeLine = (step: Pick<StepState, "status" | "result">, { paint }: CardView): string => {
  const { status, result } = step;
  const took = result === null ? "" : ` after ${seconds(result.durationMs)}`;
  const exit = result === null || result.exitCode === null ? "" : `, exit ${result.exitCode}`;
  const cut = result?.truncated === true ? "; some of its output was left out" : "";
  if (status === "completed" && result !== null) return `  ${exit === ", exit 0" ? "done" : "ended"}${took}${exit}${cut}`;
  const words = { failed: "FAILED", timed_out: "OUT OF TIME", outcome_unknown: "OUTCOME UNKNOWN" } as const;
  const word = status in words ? words[status as keyof typeof words] : status;
  return paint.error(`  ${word}${took}${exit}${cut}`);
};
