// The last message of a run's thread: how it ended, how long that took and whom it waited for, what it did beside its runbook. In: the snapshot and
// the divergence report. Out: one message. Pure. It says what was observed, and never that nothing else was done.
import type { WireDivergence, WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import type { PlannedMessage } from "./planned-message.ts";
import { actions, bold, code, escaped, lines, linkButton, type Part, prose, rich } from "./rich-text.ts";
import { clockTime, countOf, runWords, spell } from "./words.ts";

type Line = readonly Part[];
type Unlisted = NonNullable<WireDivergence["unlisted_actions"]>[number];

type Facts = "id" | "runbook_id" | "runbook_title" | "status" | "started_at" | "completed_at" | "mttr";
type Counts = "steps_executed" | "steps_skipped" | "steps_failed";

/** What is read of the snapshot. */
type EndedRun = Pick<WireExecution, Facts | Counts> & { readonly steps: readonly Pick<WireStepExecution, "origin" | "status">[] };

export interface RunEnd {
  readonly execution: EndedRun;
  /** Null where nobody began a step: then there is nothing to compare. */
  readonly divergence: WireDivergence | null;
  /** Origin of the pages. */
  readonly webUrl: string;
}

/** Of each kind; the report on the page has all. */
const maxOfAKind = 5;

function upTo<T>(all: readonly T[], line: (one: T) => Line): readonly Line[] {
  const more = all.length - maxOfAKind;
  return [...all.slice(0, maxOfAKind).map(line), ...(more > 0 ? [[`… and ${more} more like that, in the report.`]] : [])];
}

const place = (label: string | null): string => (label === null ? "before the first step" : `after step ${prose(label, 20)}`);
const command = (text: string): Part => code(prose(text, 200));
const stepsOf = (labels: readonly string[]): string => `${labels.length === 1 ? "step" : "steps"} ${prose(labels.join(", "), 300)}`;

/** "5 ran, 1 skipped, 0 failed". What an ended run never came to is in none of them. */
function countLines({ steps_executed: ran, steps_skipped: skipped, steps_failed: failed }: EndedRun): readonly Line[] {
  return [[`${ran} ran, ${skipped} skipped, ${failed} failed`]];
}

/** People are what a night is long for: said beside what ran. */
function timeLines({ times }: WireDivergence): readonly Line[] {
  const parts = [
    ["running", times.running_ms],
    ["waiting for people", times.waiting_ms],
    ["waiting for the agent", times.agent_ms],
  ] as const;
  const said = parts.filter(([, ms]) => ms >= 500).map(([name, ms]) => `${spell(ms / 1_000)} ${name}`);
  return said.length === 0 ? [] : [[`Time: ${said.join(", ")}`]];
}

function skippedLines({ skipped_steps: skipped }: WireDivergence): readonly Line[] {
  const bare = skipped.filter(({ reason }) => reason === null).map(({ label }) => label);
  const told = skipped.filter(({ reason }) => reason !== null);
  return [
    ...(bare.length === 0 ? [] : [[`Skipped: ${stepsOf(bare)}`]]),
    ...upTo(told, ({ label, reason }) => [`Skipped: step ${prose(label, 20)}, because: ${prose(reason ?? "", 150)}`]),
  ];
}

function unlistedLine({ kind, text, observed_by: by, after_label: after, repeats_label: repeats }: Unlisted): Line {
  const where = by === "declared" ? `Done elsewhere, as somebody told, ${place(after)}: ` : `Typed ${place(after)}: `;
  const again = repeats === null ? "" : ` (the command of step ${prose(repeats, 20)} again)`;
  return [where, kind === "command" ? command(text) : prose(text, 200), again];
}

/** Kind by kind; empty where the run followed its runbook. */
function besideLines(report: WireDivergence): readonly Line[] {
  return [
    ...skippedLines(report),
    ...upTo(report.modified_commands, ({ label, original_command: from, command: ran }) => [
      `Edited: step ${prose(label, 20)} ran `,
      command(ran),
      " instead of ",
      command(from),
    ]),
    ...upTo(report.reordered_steps, ({ label, after_label: after }) => [`Out of order: step ${prose(label, 20)} ran ${place(after)}`]),
    ...upTo(report.failed_then_worked, ({ label, tries, worked_with: text }) => [
      `Failed, then worked: step ${prose(label, 20)}, at try ${tries}, ${text === "same" ? "with the same text" : "edited"}`,
    ]),
    ...upTo(report.unlisted_actions ?? [], unlistedLine),
  ];
}

/** What the run's own steps say, beside its report: how far it came, and what was taken back. */
function reachedLines({ steps }: EndedRun, { steps: planned }: WireDivergence): readonly Line[] {
  const left = planned.filter(({ fate }) => fate === "not_reached").map(({ label }) => label);
  const back = steps.filter(({ origin, status }) => origin === "rollback" && status === "completed").length;
  return [
    ...(left.length === 0 ? [] : [[`Not reached: ${stepsOf(left)}`]]),
    ...(back === 0 ? [] : [[`Taken back: ${countOf(back, "step")}`]]),
  ];
}

/** Nothing watches what is done elsewhere: that is no "nothing". */
const outsideWords = ({ unlisted_actions: unlisted }: WireDivergence): string =>
  (unlisted ?? []).some(({ observed_by: by }) => by === "declared")
    ? "Outside this run: not observed, but for what somebody told."
    : "Outside this run: not observed.";

function reportLines({ execution, divergence }: RunEnd): readonly Line[] {
  if (divergence === null) return [["No step was begun."]];
  const beside = besideLines(divergence);
  return [
    ...timeLines(divergence),
    ...reachedLines(execution, divergence),
    ...(beside.length === 0 ? [["Everything that ran was as the runbook has it."]] : [[bold("Beside the runbook")], ...beside]),
    [outsideWords(divergence)],
  ];
}

const since: Readonly<Record<NonNullable<WireExecution["mttr"]>["since"], string>> = {
  alert_start: "since the alert began",
  alert_received: "since the alert came in",
  run_start: "since the run began",
};

/** Restoring is what a completed run did; any other only took its time. */
function timeWords({ mttr, started_at: from, completed_at: to }: EndedRun): string {
  if (mttr !== null) return ` · MTTR ${spell(mttr.seconds)} ${since[mttr.since]}`;
  return to === null ? "" : ` · after ${spell((Date.parse(to) - Date.parse(from)) / 1_000)}`;
}

export function renderSummary(end: RunEnd): PlannedMessage {
  const { execution, webUrl } = end;
  const { id, runbook_id: runbookId, runbook_title: title, status, completed_at: completed } = execution;
  const ended = completed === null ? "" : ` at ${clockTime(completed)}`;
  const took = timeWords(execution);
  return {
    key: "summary",
    text: escaped(`${prose(title, 200)}: ${runWords[status]}${took}`),
    blocks: [
      rich([lines([[bold(`${runWords[status]}${ended}${took}`)], ...countLines(execution), ...reportLines(end)])]),
      ...actions([
        linkButton("View Full Report", `${webUrl}/executions/${id}`),
        linkButton("Update Runbook", `${webUrl}/runbooks/${runbookId}?tab=suggestions`),
      ]),
    ],
  };
}
