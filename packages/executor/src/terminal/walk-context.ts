// What the parts of a walk share: the session, the executor, the person, the screen; and the small things that all of them do with them.
// Nothing here decides: it shows, asks, and runs what the engine dispatched.
import { randomUUID } from "node:crypto";
import {
  errorTable,
  type ExecutionCommand,
  type ExecutionState,
  inFlightStep,
  isErrorCode,
  isLookUp,
  type LastOutput,
  type PreparedStep,
  type Refusal,
  type RunbookVariable,
  type StepState,
  type VariableValue,
} from "@dd0c/core";
import { type Choice, type Deed, notUnderstood, readChoice, showChoices } from "./choices.ts";
import { RunEnd } from "./exit-codes.ts";
import type { Person } from "./keyboard.ts";
import type { OutputChunk } from "../read-output.ts";
import { keepOutput } from "./keep-output.ts";
import { printOutput } from "./print-output.ts";
import { type CardView, describeStep, outcomeLine, stepHeading } from "./step-card.ts";
import { labelledCommand } from "./wrap.ts";

export interface PrintedOutput {
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly bytes: Uint8Array | null;
}

/** Longer outputs are not judged by a declared check. */
const maxKeptBytes = 1_048_576;

/** One line of the run as its heading, its conditions and its values are asked for. */
export interface WalkLine {
  readonly template: { readonly label: string };
  readonly step: { readonly section: string | null };
  readonly variables: readonly RunbookVariable[];
  /** What has to hold for the step to apply and is no decision that the run stops at; one question each. */
  readonly conditions: readonly string[];
}

export type Asker = "person" | "engine" | "executor";

export interface Ask {
  readonly by: Asker;
  readonly command: ExecutionCommand;
  readonly prepared?: PreparedStep;
  /** What a declared check may judge. */
  readonly lastOutput?: LastOutput;
  /** Values typed for the step that the command takes: kept beside the gate's answer. */
  readonly values?: readonly VariableValue[];
}

/** Where decisions are made and kept: an answer is on record before anybody acts on it. */
export interface WalkSession {
  readonly state: ExecutionState;
  /** Values typed during the run, by name. */
  readonly values: ReadonlyMap<string, VariableValue>;
  /** @returns null, or why not; nothing changed then */
  readonly ask: (ask: Ask) => Promise<Refusal | null>;
  /** For what the walk knows to be allowed: a refusal is a defect. */
  readonly mustAsk: (ask: Ask) => Promise<void>;
  /** Lets a run begin that has not. */
  readonly startUp: () => Promise<void>;
}

/** A step that was running when an earlier walk ended without a word. */
export type Aftermath =
  | { readonly kind: "not_started" }
  | { readonly kind: "running"; readonly pids: readonly number[] }
  | { readonly kind: "ended"; readonly command: ExecutionCommand };

export interface Watch {
  /** The first process exists. Awaited. */
  readonly onStarted: () => Promise<void>;
  readonly onOutput: (chunk: OutputChunk) => Promise<void>;
}

export type Attempt = Pick<StepState, "stepExecutionId" | "attempt" | "prepared">;

/** What runs, each attempt at most once. */
export interface WalkExecutor {
  /** Runs a dispatched attempt to its end. */
  readonly run: (step: Attempt, watch: Watch) => Promise<ExecutionCommand>;
  /** What became of an attempt that an earlier walk left in flight. Never starts it again. */
  readonly aftermath: (step: Attempt) => Promise<Aftermath>;
  /** SIGTERM, then SIGKILL, to what an earlier walk left running. */
  readonly stopLeftOver: (step: Attempt) => Promise<void>;
}

/** Where the exact text of a step comes from. */
export interface Renderings {
  /** The next rendering of a step; null where none can be made here. */
  readonly next: (walk: Walk, step: StepState, values: readonly VariableValue[]) => Promise<PreparedStep | null>;
  /** A text that the person typed; null where none is taken here. `atLeast`: a risk that it is never below. */
  readonly typed: (walk: Walk, step: StepState, command: string, atLeast: StepState["templateRisk"]) => Promise<PreparedStep | null>;
}

export interface Walk {
  readonly session: WalkSession;
  readonly executor: WalkExecutor;
  readonly lines: readonly WalkLine[];
  readonly renderings: Renderings;
  /** What nobody may do in this walk, wherever it would be offered. */
  readonly withheld: ReadonlySet<Deed>;
  readonly person: Person;
  readonly view: CardView;
  readonly say: (lines: readonly string[]) => Promise<void>;
  /** Values of this call's command line. */
  readonly given: ReadonlyMap<string, VariableValue>;
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
export const lineOf = ({ lines, session }: Walk, step: StepState): WalkLine | undefined => {
  const { label } = rootOf(session.state, step);
  return lines.find(({ template }) => template.label === label);
};

/** The heading of a step, once. */
export const showHeading = async (walk: Walk, step: StepState): Promise<void> => {
  if (walk.shown.heading === step.stepExecutionId) return;
  walk.shown.heading = step.stepExecutionId;
  const { lines } = walk;
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
  const offered = choices.filter(({ deed }) => !walk.withheld.has(deed));
  if (walk.person.isPresent) await walk.say(["", ...showChoices(offered, walk.view.width)]);
  for (;;) {
    const choice = readChoice(offered, await walk.person.answer("> ", what));
    if (choice !== null) return choice.deed;
    await walk.say(notUnderstood(offered, walk.view.width));
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

/** What the engine is told when nothing was run. */
export const refusal = ({ stepExecutionId, attempt }: Attempt, code: string, message?: string): ExecutionCommand => ({
  type: "agent-refused",
  stepExecutionId,
  attempt,
  code,
  message: message ?? (isErrorCode(code) ? errorTable[code].meaning : "This machine did not run it."),
});
