// What the parts of a walk share: the session, the executor, the person, the screen; and the small things that all of them do with them.
// Nothing here decides: it shows, asks, and runs what the engine dispatched.
import { randomUUID } from "node:crypto";
import type { OutputChunk } from "@dd0c/executor";
import { type ExecutionState, inFlightStep, isLookUp, type StepState, type VariableValue } from "@dd0c/core";
import { type Choice, type Deed, notUnderstood, readChoice, showChoices } from "./choices.ts";
import { RunEnd } from "./exit-codes.ts";
import type { Person } from "./keyboard.ts";
import type { LocalExecutor } from "./local-executor.ts";
import { keepOutput } from "./keep-output.ts";
import { printOutput } from "./print-output.ts";
import type { RunLine, RunMaterial } from "./run-material.ts";
import type { RunSession } from "./run-session.ts";
import { type CardView, describeStep, outcomeLine, stepHeading } from "./step-card.ts";
import { labelledCommand } from "./wrap.ts";

export interface PrintedOutput {
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly bytes: Uint8Array | null;
}

/** Longer outputs are not judged by a declared check. */
const maxKeptBytes = 1_048_576;

export interface Walk {
  readonly session: RunSession;
  readonly executor: LocalExecutor;
  readonly material: RunMaterial;
  readonly person: Person;
  readonly view: CardView;
  readonly say: (lines: readonly string[]) => Promise<void>;
  /** Values of this call's command line. */
  readonly given: ReadonlyMap<string, VariableValue>;
  readonly cwd: string;
  /** Answers about conditions, by their text: each is asked for once. */
  readonly conditions: Map<string, boolean>;
  /** What the runbook's own step before printed in this walk; null bytes where it is not whole. */
  readonly printed: { last: PrintedOutput | null };
  /** Labels of steps whose values are to be typed again. */
  readonly retype: Set<string>;
  /** Heading, and attempt of a command, that stand on the screen already. */
  readonly shown: { heading: string; attempt: string };
  /** The exit code that a signal asked for; null while nobody did. */
  readonly asked: { exitCode: number | null };
}

/** The step of the runbook that a step is about: itself, or the one that it undoes or tries once more. */
export const rootOf = (state: ExecutionState, step: StepState): StepState => {
  const parent = state.steps.find(({ stepExecutionId }) => stepExecutionId === step.parentStepExecutionId);
  return parent === undefined ? step : rootOf(state, parent);
};

/** The line of the runbook that a step belongs to. */
export const lineOf = ({ material, session }: Walk, step: StepState): RunLine | undefined => {
  const { label } = rootOf(session.state, step);
  return material.lines.find(({ template }) => template.label === label);
};

/** The heading of a step, once. */
export const showHeading = async (walk: Walk, step: StepState): Promise<void> => {
  if (walk.shown.heading === step.stepExecutionId) return;
  walk.shown.heading = step.stepExecutionId;
  const { lines } = walk.material;
  const line = lineOf(walk, step);
  const at = line === undefined ? 0 : lines.indexOf(line) + 1;
  const place = { at, total: lines.length, section: line?.step.section ?? null };
  await walk.say([
    ...stepHeading({ ...step, label: rootOf(walk.session.state, step).label }, place, walk.view),
    ...describeStep(step.description, walk.view),
  ]);
};

/** Shows the choices and waits until one of them is typed. */
export const choose = async (walk: Walk, choices: readonly Choice[], what: string): Promise<Deed> => {
  if (walk.person.isPresent) await walk.say(["", ...showChoices(choices, walk.view.width)]);
  for (;;) {
    const choice = readChoice(choices, await walk.person.answer("> ", what));
    if (choice !== null) return choice.deed;
    await walk.say(notUnderstood(choices, walk.view.width));
  }
};

/** A sentence of the person, or null for none. */
export const askNote = async (walk: Walk, prompt: string): Promise<string | null> => {
  const note = (await walk.person.answer(`  ${prompt} (Enter for none): `, "A note")).trim();
  return note === "" ? null : note;
};

/** Leaves the run as it stands. */
export const leave = (): never => {
  throw new RunEnd("left", "Left where it stood.");
};

/** Ends the run for good. */
export const endRun = async (walk: Walk): Promise<void> => {
  const reason = await askNote(walk, "Why does it end here?");
  await walk.session.mustAsk({ by: "person", command: { type: "abort", reason, terminate: false } });
};

/** Runs what was just dispatched, if anything was. */
export const runDispatched = async (walk: Walk): Promise<void> => {
  const { session, executor, view, say } = walk;
  const step = inFlightStep(session.state);
  if (step === null) return;
  if (isLookUp(step)) return runLook(walk, step);
  await say([view.paint.faint(walk.person.isPresent ? "  running; Ctrl-C stops it" : "  running")]);
  const output = printOutput(say);
  const kept = keepOutput(maxKeptBytes);
  const onOutput = async (chunk: OutputChunk): Promise<void> => {
    await Promise.all([kept.take(chunk), output.take(chunk)]);
  };
  const command = await executor.run(step, { onStarted: () => accept(walk, step), onOutput });
  await output.end();
  const { stepExecutionId, attempt, origin } = step;
  if (origin === "runbook") walk.printed.last = { stepExecutionId, attempt, bytes: kept.bytes() };
  await session.mustAsk({ by: "executor", command });
  await showOutcome(walk, step.stepExecutionId);
};

const accept = ({ session }: Walk, { stepExecutionId, attempt }: StepState): Promise<void> =>
  session.mustAsk({ by: "executor", command: { type: "agent-accepted", stepExecutionId, attempt, atMs: Date.now() } });

/** A read before a step: what it prints is counted, not shown. What leaves because of it runs next. */
const runLook = async (walk: Walk, step: StepState): Promise<void> => {
  const { session, executor, say } = walk;
  const what = step.look?.purpose === "recheck" ? "counting once more" : "looking first";
  await say(["", ...labelledCommand("look", step.prepared?.command ?? ""), walk.view.paint.faint(`  ${what}`)]);
  const printed = keepOutput();
  const command = await executor.run(step, { onStarted: () => accept(walk, step), onOutput: printed.take });
  await session.mustAsk({ by: "executor", command: command.type === "agent-result" ? { ...command, stdout: printed.text() } : command });
  await runDispatched(walk);
};

export const showOutcome = async ({ session, view, say }: Walk, stepExecutionId: string): Promise<void> => {
  const step = session.state.steps.find((each) => each.stepExecutionId === stepExecutionId);
  if (step === undefined) return;
  if (step.refusal === null) return say([outcomeLine(step, view)]);
  await say([view.paint.error(`  NOT RUN: ${step.refusal.message}`)]);
};

export const newId = (): string => randomUUID();
