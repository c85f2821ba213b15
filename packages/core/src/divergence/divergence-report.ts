// The events of a run that is over -> what it did beside its runbook, and where its time went. Written once after each execution, and whoever has the
// events and the version can compute it again. Pure; nothing here judges whether a divergence was right.
import { isTerminal } from "../execution/decision.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import { mttrOf } from "../execution/mttr.ts";
import type { ExecutionState } from "../execution/types.ts";
import type { TemplateVariable } from "../execution/variable-spans.ts";
import { alertWords } from "./alert-words.ts";
import { generalizeEdit, generalizeTyped, type RunValues } from "./generalize-edit.ts";
import { naturalPlace, type OutsideAction, outsideActions } from "./outside-runbook.ts";
import type { DivergenceReport, ReorderedStep, ReportedStep, ReportedTimes, StepFate, UnlistedAction } from "./report.ts";
import { type StepTimes, timeRun } from "./run-times.ts";
import { editOf, type TriedStep, triedSteps, wentWell } from "./tried-step.ts";

/** What is needed of the version that the run is pinned to. */
export interface ReportedVersion {
  readonly variables: readonly TemplateVariable[];
}

/** A report is due for a run that began its steps and is over; nobody diverged in one that nobody confirmed. */
export const isReportable = (state: ExecutionState): boolean => isTerminal(state) && state.status !== "timed_out" && hasBegun(state);

const hasBegun = ({ startedAtMs, steps }: ExecutionState): boolean =>
  startedAtMs !== null && steps.some(({ status, requestedAtMs }) => status !== "pending" || requestedAtMs !== null);

/**
 * @param events all of the run, oldest first; those after its end (a way back that was gone later) are not read
 * @param alertTexts every text of the alert that the run was for, empty without one, null where they are gone; read for `proposed` alone
 * @throws InvariantError for events that are no run
 */
export function divergenceReport(
  events: Iterable<ExecutionEvent>,
  version: ReportedVersion,
  alertTexts: readonly string[] | null,
): DivergenceReport {
  const { state, times, steps: timed } = timeRun(events);
  const planned = triedSteps(state);
  const outside = outsideActions(state, planned).map((action) => ({ action, standsFor: standsFor(planned, action) }));
  const typed = new Set(outside.flatMap(({ action, standsFor }) => (standsFor === null ? [] : (action.same ?? []))));
  const moved = outside.flatMap(({ action, standsFor }) =>
    standsFor === "moved" && action.same !== null ? [movedStep(action, action.same)] : [],
  );
  const alert = alertWords(
    alertTexts,
    planned.map(({ first }) => first.command ?? ""),
  );
  const run = { variables: version.variables, values: state.variables, alert };
  const lists = {
    skipped_steps: planned.filter((step) => step.outcome === "skipped" && !typed.has(step)).map(skippedStep),
    modified_commands: planned.flatMap((step) => {
      const edit = editOf(step);
      if (edit === null) return [];
      const proposed = generalizeEdit(step.first.command ?? "", edit.original, edit.command, run);
      return [{ ...named(step), original_command: edit.original, command: edit.command, proposed }];
    }),
    reordered_steps: moved,
    failed_then_worked: planned.flatMap(madeGood),
  };
  const unlisted = outside.filter(({ standsFor }) => standsFor === null).map(({ action }) => unlistedAction(run, action));
  return {
    report_version: 1,
    execution_id: state.id,
    runbook_id: state.runbookId,
    version_id: state.versionId,
    ended: state.status,
    diverged: unlisted.length > 0 || Object.values(lists).some((list) => list.length > 0),
    steps: planned.map((step) => reportedStep(step, fateOf(step, typed, moved), timed)),
    ...lists,
    unlisted_actions: unlisted.length === 0 ? null : unlisted,
    times: { ...times, ...incidentTime(state) },
  };
}

function incidentTime(state: ExecutionState): Pick<ReportedTimes, "mttr_seconds" | "mttr_since"> {
  const mttr = mttrOf(state);
  return { mttr_seconds: mttr?.seconds ?? null, mttr_since: mttr?.since ?? null };
}

const named = ({ first }: TriedStep) => ({ step_id: first.stepId, step_execution_id: first.stepExecutionId, label: first.label });

/** A command that was entered for a step which did not run itself stands for it: in its place, or moved. */
function standsFor(planned: readonly TriedStep[], { same, after }: OutsideAction): "typed" | "moved" | null {
  if (same === null || same.outcome === "ran" || same.outcome === "left_out") return null;
  return naturalPlace(planned, same) === after ? "typed" : "moved";
}

const movedStep = ({ after }: OutsideAction, step: TriedStep): ReorderedStep => ({ ...named(step), ...place(after) });

const place = (after: TriedStep | null) => ({ after_step_id: after?.first.stepId ?? null, after_label: after?.first.label ?? null });

const skippedStep = (step: TriedStep) => ({ ...named(step), reason: step.last.note });

function madeGood({ first, last, tries }: TriedStep) {
  if (tries.length < 2 || !wentWell(last)) return [];
  const failed = tries.slice(0, tries.indexOf(last)).filter((step) => step.status !== "skipped" && !wentWell(step));
  if (failed.length === 0) return [];
  const worked = editOf({ first, last, tries, outcome: "ran" }) === null ? "same" : "edited";
  return [{ step_id: first.stepId, label: first.label, tries: tries.length, worked_with: worked } as const];
}

function unlistedAction(run: RunValues, { step, kind, text, after, same }: OutsideAction): UnlistedAction {
  return {
    step_execution_id: step?.stepExecutionId ?? null,
    kind,
    text,
    observed_by: step === null ? "declared" : "engine",
    ...place(after),
    repeats_label: same?.first.label ?? null,
    proposed: kind === "command" && same === null ? generalizeTyped(text, run) : null,
  };
}

function fateOf(step: TriedStep, typed: ReadonlySet<TriedStep>, moved: readonly ReorderedStep[]): StepFate {
  if (moved.some(({ step_id }) => step_id === step.first.stepId)) return "moved";
  if (typed.has(step)) return "typed";
  return editOf(step) === null ? step.outcome : "edited";
}

function reportedStep(step: TriedStep, fate: StepFate, timed: ReadonlyMap<string, StepTimes>): ReportedStep {
  const parts = step.tries.flatMap(({ stepExecutionId }) => timed.get(stepExecutionId) ?? []);
  return {
    ...named(step),
    command: step.first.command,
    description: step.first.description,
    fate,
    tries: step.tries.length,
    waited_ms: parts.reduce((sum, { waitedMs }) => sum + waitedMs, 0),
    ran_ms: parts.reduce((sum, { ranMs }) => sum + ranMs, 0),
  };
}
