// One step of a run as one message: what, the exact command, why this risk, what undoes it, how it stands, and the buttons that the gate allows
// now. In: the step as every face is shown it. Out: a message. It offers exactly the actions of the snapshot and decides nothing.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { writeValue } from "./button-value.ts";
import {
  actions,
  bold,
  type Block,
  type Button,
  button,
  code,
  escaped,
  fitsVerbatim,
  lines,
  link,
  linkButton,
  type OutputTail,
  type Part,
  preformatted,
  prose,
  rich,
  shownCommand,
  type SlackMessage,
} from "./rich-text.ts";
import { clockTime, overStatuses, riskWords, stepWords } from "./words.ts";

type Step = WireStepExecution;
type Line = readonly Part[];

export interface StepView {
  readonly execution: WireExecution;
  readonly step: Step;
  readonly output: OutputTail | undefined;
  /** The page of the run, on which everything can be done. */
  readonly url: string;
}

const stepCount = ({ steps }: WireExecution): number =>
  new Set(steps.filter(({ origin }) => origin === "runbook").map(({ order }) => order)).size;

const origins: Readonly<Record<Step["origin"], string>> = {
  runbook: "Step",
  unlisted: "Typed command",
  rollback: "Way back",
  capture: "Look",
};

/** "Step 4 of 8". */
export const stepName = (execution: WireExecution, { origin, label }: Step): string =>
  origin === "runbook" ? `Step ${label} of ${stepCount(execution)}` : `${origins[origin]} ${label}`;

const openStatuses: ReadonlySet<Step["status"]> = new Set(["awaiting_approval", "suggested", "blocked", "manual_intervention"]);
/** What a decision needs is told as long as there is one to be made. */
const isOpen = ({ status }: Step): boolean => openStatuses.has(status);

function whyLines(step: Step): readonly Line[] {
  const reasons = [...new Set((step.classification?.scanner.reasons ?? []).map(({ message }) => message))];
  const why =
    step.risk === "safe" || reasons.length === 0 ? [] : reasons.slice(0, 3).map((reason) => [`Why ${step.risk}: ${prose(reason)}`]);
  return [...why, ...(step.gate_reason === null || !isOpen(step) ? [] : [[prose(step.gate_reason)]])];
}

function undoLines({ way_back: back, command, status }: Step): readonly Line[] {
  if (status === "skipped" || command === null || back.kind === "none_needed") return [];
  if (back.kind === "irreversible") return [[bold("⚠ Nothing is known that undoes this.")]];
  if (back.command === null || back.command.length > 500) return [["↩ Its way back stands on the page."]];
  return [["↩ Undo: ", code(prose(back.command, 500))]];
}

function lookLines(step: Step): readonly Line[] {
  const { look } = step;
  if (look.counted !== null)
    return [["Touches ", bold(prose(look.counted.summary)), look.looked_at === null ? "" : ` (${clockTime(look.looked_at)})`]];
  if (!isOpen(step)) return [];
  if (look.not_known !== null) return [[`What it would touch is not known: ${prose(look.not_known)}`]];
  return look.state === "not_looked"
    ? [["Look runs first: ", ...look.reads.flatMap(({ command }, at) => [at === 0 ? "" : ", ", code(command)])]]
    : [];
}

const exitWords = ({ exit_code: exit, outcome }: Step): string => {
  if (exit === null || (exit === 0 && outcome === "ok")) return "";
  return outcome === "answer" ? ` · exit ${exit} is an answer` : ` · exit ${exit}`;
};

const seconds = (ms: number | null): string => (ms === null ? "" : ` · ${(ms / 1_000).toFixed(1)} s`);

function statusLine(step: Step): Line {
  const sent = (step.status === "executing" || step.status === "auto_executing") && step.started_at === null;
  if (sent) return ["⏳ Sent to the agent, not started yet"];
  if (step.status === "awaiting_approval" && step.approved_by !== null) return ["⏳ Approved; counted once more before it runs"];
  const typed = step.actions.includes("confirm_typed") ? ": the name must be typed" : "";
  // It ran and ended, and what it ended with is no answer: no tick for that.
  const word = step.status === "completed" && step.outcome === "failed" ? "⚠ Ended" : stepWords[step.status];
  return [bold(`${word}${typed}`), `${exitWords(step)}${seconds(step.duration_ms)}`];
}

function afterLines(step: Step): readonly Line[] {
  return [
    ...(step.was_modified && step.original_command !== null ? [["Edited; the runbook has ", code(prose(step.original_command))]] : []),
    ...(step.approved_by === null ? [] : [[`Approved by ${prose(step.approved_by.name ?? "a member")}.`]]),
    ...(step.refusal === null ? [] : [[`The agent refused it, nothing ran: ${prose(step.refusal.message)} (${step.refusal.code})`]]),
    ...(step.missing_variables.length === 0
      ? []
      : [[`No value yet for ${step.missing_variables.map((name) => prose(name, 60)).join(", ")}.`]]),
    ...(step.note === null ? [] : [[`Note: ${prose(step.note)}`]]),
  ];
}

function outputOf({ step, output, url }: StepView): readonly Block[] {
  if (output === undefined || output.text === "") return [];
  const cut = output.cut || step.truncated;
  const head: Line = cut ? ["Output, its end; ", link(`${url}#${step.id}`, "all of it")] : ["Output"];
  return [rich([lines([head]), preformatted(output.text)])];
}

/** The decision about what is asked, or why it is not to be had here. */
function decisionButtons({ execution, step, url }: StepView, value: string): readonly Button[] {
  const asks = step.actions.includes("approve");
  const typed = step.actions.includes("confirm_typed");
  if (!asks && !typed) return [];
  const command = step.command ?? "";
  const onThePage = typed && execution.dangerous_step_up === "web";
  if (!fitsVerbatim(command) || onThePage) return [linkButton("Decide on the web", `${url}#${step.id}`)];
  if (typed) return [button("Approve…", "approve_typed", value, { style: "danger" })];
  const oneWay = step.way_back.kind === "irreversible";
  const confirm = { title: "No way back", text: "Nothing is known that undoes this. Approve it all the same?", yes: "Approve" };
  return [button("Approve", "approve", value, { style: "primary", ...(oneWay ? { confirm } : {}) })];
}

/** Action of the snapshot -> its buttons, in the order in which they stand. */
const simple: readonly (readonly [action: Step["actions"][number], buttons: (value: string) => readonly Button[]])[] = [
  ["report", (value) => [button("Done", "report_done", value, { style: "primary" }), button("Failed", "report_failed", value)]],
  ["continue", (value) => [button("Go on", "continue", value, { style: "primary" })]],
  ["modify", (value) => [button("Edit", "edit", value)]],
  ["skip", (value) => [button("Skip", "skip", value)]],
];

/** A command that is too long to be shown is too long to be looked at or edited here. */
function otherButtons({ step }: StepView, value: string): readonly Button[] {
  const looks = step.actions.includes("look") && step.look.reads.every(({ command }) => fitsVerbatim(command));
  const mayHere = (action: Step["actions"][number]): boolean =>
    step.actions.includes(action) && (action !== "modify" || fitsVerbatim(step.command ?? ""));
  return [
    ...(looks ? [button("Look", "look", value)] : []),
    ...simple.filter(([action]) => mayHere(action)).flatMap(([, make]) => make(value)),
    ...(step.stoppable ? [button("Stop", "stop_step", value, { style: "danger" })] : []),
    ...(step.way_back.available ? [button("Rollback", "rollback", value)] : []),
  ];
}

const abortConfirm = {
  title: "Abort this run?",
  text: "No further step runs. A command that runs now goes on until it ends; Stop ends it.",
  yes: "Abort",
};

export const abortButton = (value: string): Button => button("Abort", "abort", value, { style: "danger", confirm: abortConfirm });

function buttonsOf(view: StepView): readonly Button[] {
  const { execution, step } = view;
  const value = writeValue({
    e: execution.id,
    s: step.id,
    a: step.attempt,
    ...(step.digest === null ? {} : { d: step.digest }),
    ...(step.way_back.kind === "irreversible" ? { n: true } : {}),
    ...(step.actions.includes("look") ? { r: step.look.reads.map(({ digest }) => digest) } : {}),
  });
  const own = [...decisionButtons(view, value), ...otherButtons(view, value)];
  const mayAbort = own.length > 0 && step.actions.length > 0 && !overStatuses.has(execution.status);
  return mayAbort ? [...own, abortButton(value)] : own;
}

/** A step is told from the moment on at which its turn has come. */
export const isTold = ({ status, actions: open, started_at: started, origin }: Step): boolean =>
  open.length > 0 || started !== null || !["pending", "skipped"].includes(status) || (origin !== "runbook" && status !== "pending");

export function renderStep(view: StepView): SlackMessage {
  const { execution, step } = view;
  const name = stepName(execution, step);
  const risk = step.command === null ? "" : ` · ${riskWords(step.risk)}`;
  const head: readonly Line[] = [[bold(`${name}${risk}`)], [prose(step.description, 500)]];
  const below = [...whyLines(step), ...undoLines(step), ...lookLines(step), statusLine(step), ...afterLines(step)];
  const body = step.command === null ? rich([lines([...head, ...below])]) : rich([lines(head), shownCommand(step.command), lines(below)]);
  return {
    text: escaped(`${name}${risk}: ${prose(step.description, 150)}. ${stepWords[step.status]}`),
    blocks: [body, ...outputOf(view), ...actions(buttonsOf(view))],
  };
}
