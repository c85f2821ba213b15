// A run as the messages of one thread: its head in the channel, one message per step whose turn has come, conditions, reminders, the end. In: the
// snapshot that every face shows. Out: what the thread is to hold, in order, each message under a key that stays. Pure.
import type { WireDivergence, WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { writeValue } from "./button-value.ts";
import type { PlannedMessage } from "./planned-message.ts";
import { abortButton, isTold, renderStep, stepName } from "./render-step.ts";
import { renderSummary } from "./render-summary.ts";
import {
  actions,
  bold,
  type Button,
  button,
  escaped,
  lines,
  linkButton,
  mention,
  type OutputTail,
  type Part,
  prose,
  rich,
} from "./rich-text.ts";
import { countOf, overStatuses, runWords } from "./words.ts";

type Line = readonly Part[];

export interface RunView {
  readonly execution: WireExecution;
  /** What it did beside its runbook; null while it goes on, and where nobody began a step. */
  readonly divergence: WireDivergence | null;
  /** Ends of outputs by step execution. */
  readonly outputs: ReadonlyMap<string, OutputTail>;
  /** Slack user by member. */
  readonly slackUsers: ReadonlyMap<string, string>;
  /** Origin of the pages. */
  readonly webUrl: string;
  readonly nowMs: number;
}

const pageOf = ({ webUrl, execution }: RunView): string => `${webUrl}/executions/${execution.id}`;

/** A member, by mention where their Slack user is known. */
const personOf = (view: RunView, id: string, name: string | null): Part => {
  const slackUser = view.slackUsers.get(id);
  return slackUser === undefined ? prose(name ?? "somebody", 100) : mention(slackUser);
};

/** What a person has to give before the first step. */
export function openAnswers({ variables, checklist }: WireExecution): {
  readonly variables: WireExecution["variables"];
  readonly items: WireExecution["checklist"];
} {
  return {
    variables: variables.filter((each) => !each.may_wait && (each.value === null || each.needs_typing)),
    items: checklist.filter(({ confirmed }) => !confirmed),
  };
}

function preflightLine(execution: WireExecution): readonly Line[] {
  if (execution.status !== "preflight") return [];
  const { variables, items } = openAnswers(execution);
  const parts = [
    ...(items.length > 0 ? [countOf(items.length, "prerequisite")] : []),
    ...(variables.length > 0 ? [countOf(variables.length, "value")] : []),
  ];
  return [[`Before the first step: ${parts.length === 0 ? "one word from a person" : parts.join(" and ")}.`]];
}

function whereLine(execution: WireExecution): readonly Line[] {
  const current = execution.steps.find(({ id }) => id === execution.current_step_id);
  const under = ["running", "paused", "stalled"].includes(execution.status);
  const where = current === undefined || !under ? "" : ` · ${stepName(execution, current)}`;
  return [[bold(`${runWords[execution.status]}${where}`)]];
}

/** Offers, and runs nothing: each way back is asked for by itself. */
function unwindButtons({ id, can_unwind: possible, steps }: WireExecution): readonly Button[] {
  if (!possible) return [];
  const back = steps.filter((step) => step.way_back.available).map(({ label }) => `step ${label}`);
  const said = `Nothing runs by this. The ways back come up one by one, last first (${back.reverse().join(", ")}); you approve or skip each.`;
  const confirm = { title: "Undo the run?", text: said, yes: "Offer them" };
  return [button("Undo the run", "unwind", writeValue({ e: id }), { confirm })];
}

function headButtons(execution: WireExecution, page: string): readonly Button[] {
  const value = writeValue({ e: execution.id });
  const stopped =
    execution.status === "stalled" || (execution.status === "paused" && !execution.steps.some((step) => step.actions.includes("continue")));
  const over = overStatuses.has(execution.status);
  return [
    ...(execution.status === "preflight" ? [button("Fill in and start", "preflight", value, { style: "primary" })] : []),
    ...(stopped && !execution.panic ? [button("Resume", "resume", value, { style: "primary" })] : []),
    ...unwindButtons(execution),
    ...(over ? [] : [abortButton(value)]),
    linkButton("Open on the web", page),
  ];
}

function headOf(view: RunView): PlannedMessage {
  const { execution } = view;
  const { runbook_title: title, agent_name: agent, governance_mode: governance, trust_level: trust } = execution;
  const by = execution.in_charge ?? execution.triggered_by;
  const head = lines([
    [bold(`▶ ${prose(title, 200)}`)],
    ["In charge: ", personOf(view, by.id, by.name), ` · agent ${prose(agent, 100)} · ${governance} · trust ${trust}`],
    ...whereLine(execution),
    ...preflightLine(execution),
    ...(execution.status_reason === null ? [] : [[prose(execution.status_reason)]]),
    ...(execution.panic ? [[bold("🛑 Everything is stopped (panic). Nothing can be decided until it is lifted.")]] : []),
    ...execution.other_runs.map(
      (other): Line => [
        `⚠ Another run is on this agent: ${prose(other.runbook_title, 100)} (${other.status})${other.same_targets.length === 0 ? "" : `, also touching ${other.same_targets.map((name) => prose(name, 60)).join(", ")}`}.`,
      ],
    ),
  ]);
  return {
    key: "head",
    text: escaped(`${prose(title, 200)}: ${runWords[execution.status]}`),
    blocks: [rich([head]), ...actions(headButtons(execution, pageOf(view)))],
  };
}

function questionOf({ execution }: RunView): readonly PlannedMessage[] {
  const { question } = execution;
  const answered = execution.decisions.map((decision): PlannedMessage => {
    const who = decision.answered_by === null ? "by its declared check" : `by ${prose(decision.answered_by.name ?? "a member", 100)}`;
    return {
      key: `question:${decision.branch_id}`,
      text: escaped(`Condition: ${prose(decision.condition)}: ${decision.answer}`),
      blocks: [rich([lines([[bold("Condition")], [prose(decision.condition, 500)], [`Answered ${decision.answer} ${who}.`]])])],
    };
  });
  if (question === null) return answered;
  const value = writeValue({ e: execution.id, b: question.branch_id });
  const skips = (labels: readonly string[]): string => (labels.length === 0 ? "skips nothing" : `skips ${labels.join(", ")}`);
  const open: PlannedMessage = {
    key: `question:${question.branch_id}`,
    text: escaped(`A person has to answer: ${prose(question.condition)}`),
    blocks: [
      rich([
        lines([
          [bold("✋ Does this hold?")],
          [prose(question.condition, 500)],
          ...(question.why_asked === null ? [] : [[prose(question.why_asked)]]),
          [`Yes ${skips(question.skipped_if_yes)}; no ${skips(question.skipped_if_no)}.`],
        ]),
      ]),
      ...actions([button("Yes", "answer_yes", value), button("No", "answer_no", value), abortButton(value)]),
    ],
  };
  return [...answered, open];
}

const reminderMinutes = [15, 5] as const;
const minuteMs = 60_000;

/** Only the latest that is due: nobody is told the same thing twice in a row. */
function remindersOf(view: RunView): readonly PlannedMessage[] {
  const { execution } = view;
  const due = execution.steps.flatMap((step): PlannedMessage[] => {
    if (step.status !== "awaiting_approval" || step.asked_at === null || step.actions.length === 0) return [];
    const waited = view.nowMs - Date.parse(step.asked_at);
    const minutes = reminderMinutes.find((each) => waited >= each * minuteMs);
    return minutes === undefined ? [] : [reminder(view, step, minutes)];
  });
  return [...due, ...escalationOf(view)];
}

function reminder(view: RunView, step: WireStepExecution, minutes: number): PlannedMessage {
  const by = view.execution.in_charge ?? view.execution.triggered_by;
  const name = stepName(view.execution, step);
  const said = `${name} has waited ${minutes} minutes for an approval. Time approves nothing; at 30 minutes the run stalls.`;
  return {
    key: `remind:${step.id}:${step.attempt}:${minutes}`,
    once: true,
    text: escaped(said),
    blocks: [rich([lines([[personOf(view, by.id, by.name), ` ${said}`]])])],
  };
}

function escalationOf(view: RunView): readonly PlannedMessage[] {
  const { escalation } = view.execution;
  if (escalation === null) return [];
  const said = "The run is stalled: an approval was open for 30 minutes. Nothing was approved. Resume looks at the step afresh.";
  const people = escalation.to.flatMap(({ id, name }, at): Part[] => [at === 0 ? "" : ", ", personOf(view, id, name)]);
  return [
    {
      key: `stalled:${escalation.since}`,
      once: true,
      text: escaped(said),
      blocks: [rich([lines([[bold(`⏸ ${said}`)], ["Told: ", ...(people.length === 0 ? ["nobody may decide"] : people)]])])],
    },
  ];
}

/** The head is the message in the channel; everything after it hangs below. */
export function renderRun(view: RunView): readonly PlannedMessage[] {
  const { execution, outputs } = view;
  const url = pageOf(view);
  const steps = execution.steps.map((step): PlannedMessage => {
    const message = renderStep({ execution, step, output: outputs.get(step.id), url });
    return { key: `step:${step.id}`, ...message, ...(isTold(step) ? {} : { ifThere: true }) };
  });
  const summary = overStatuses.has(execution.status) ? [renderSummary(view)] : [];
  return [headOf(view), ...steps, ...questionOf(view), ...remindersOf(view), ...summary];
}
