// Reports of runs and the steps of the current version -> the changes that enough runs agree about. Counts, and nothing else.
// A run counts for a step only where it had the very text that the version has now: what was changed since is not suggested again.
import type { DivergenceReport, ReportedStep, StepFate } from "./report.ts";
import type { SuggestedChange, SupportedChange, VersionStep } from "./suggestion.ts";

/** Fewer runs than this are no habit. */
export const minimumRuns = 3;
/** Share of the runs that could have, from which on a divergence is the rule. */
const minimumShare = 0.75;

type Entry = ReportedStep & { readonly report: DivergenceReport };

const reached: readonly StepFate[] = ["ran", "edited", "skipped", "typed", "moved"];
const ranThere: readonly StepFate[] = ["ran", "edited", "typed"];

/** @param reports newest first, one per run. @param steps in order of the version */
export function countDivergences(reports: readonly DivergenceReport[], steps: readonly VersionStep[]): readonly SupportedChange[] {
  const entries = new Map(steps.map((step) => [step.stepId, entriesOf(reports, step)]));
  const of = (step: VersionStep): readonly Entry[] => entries.get(step.stepId) ?? [];
  return [
    ...removals(steps, of),
    ...steps.flatMap((step) => edits(step, of(step))),
    ...additions(reports, steps, of),
    ...steps.flatMap((step, at) => moves(step, steps.slice(0, at), steps, of(step))),
  ];
}

function entriesOf(reports: readonly DivergenceReport[], step: VersionStep): readonly Entry[] {
  return reports.flatMap((report) =>
    report.steps
      .filter(({ step_id }) => step_id === step.stepId)
      .filter(({ command, description }) =>
        command === null ? step.command === null && description === step.description : command === step.command,
      )
      .map((entry) => ({ ...entry, report })),
  );
}

const isEnough = (count: number, of: number): boolean => count >= minimumRuns && count >= of * minimumShare;

const runsOf = (entries: readonly { readonly report: DivergenceReport }[]): readonly string[] => [
  ...new Set(entries.map(({ report }) => report.execution_id)),
];

/** Neighbours that the same runs skipped go together. */
function removals(steps: readonly VersionStep[], of: (step: VersionStep) => readonly Entry[]): readonly SupportedChange[] {
  const found: { ids: string[]; runs: readonly string[]; of: number; at: number }[] = [];
  for (const [at, step] of steps.entries()) {
    const all = of(step).filter(({ fate }) => reached.includes(fate));
    const runs = runsOf(all.filter(({ fate }) => fate === "skipped"));
    if (!isEnough(runs.length, all.length)) continue;
    const last = found.at(-1);
    if (last !== undefined && last.at === at - 1 && last.of === all.length && last.runs.join() === runs.join()) {
      last.ids.push(step.stepId);
      last.at = at;
    } else found.push({ ids: [step.stepId], runs, of: all.length, at });
  }
  return found.map(({ ids, runs, of }) => ({ change: { kind: "remove", step_ids: ids }, runs, of }));
}

function edits(step: VersionStep, entries: readonly Entry[]): readonly SupportedChange[] {
  const ran = entries.filter(({ fate }) => fate === "ran" || fate === "edited");
  const from = step.command;
  if (from === null) return [];
  const made = ran.flatMap((entry) => {
    const proposed = entry.report.modified_commands.find(({ step_id }) => step_id === step.stepId)?.proposed ?? null;
    return proposed === null || proposed === from ? [] : [{ ...entry, proposed }];
  });
  return supported(
    made,
    ({ proposed }) => proposed,
    ran.length,
    (to) => ({ kind: "edit", step_id: step.stepId, from, to }),
  );
}

/** One change per value that enough runs share. */
function supported<T extends { readonly report: DivergenceReport }>(
  entries: readonly T[],
  valueOf: (entry: T) => string,
  of: number,
  change: (value: string) => SuggestedChange,
): readonly SupportedChange[] {
  return [...new Set(entries.map(valueOf))].flatMap((value) => {
    const runs = runsOf(entries.filter((entry) => valueOf(entry) === value));
    return isEnough(runs.length, of) ? [{ change: change(value), runs, of }] : [];
  });
}

function additions(
  reports: readonly DivergenceReport[],
  steps: readonly VersionStep[],
  of: (step: VersionStep) => readonly Entry[],
): readonly SupportedChange[] {
  const known = new Set(steps.map(({ command }) => command));
  const after = (stepId: string | null) =>
    reports.flatMap((report) =>
      (report.unlisted_actions ?? [])
        .filter(({ after_step_id, proposed }) => after_step_id === stepId && proposed !== null && !known.has(proposed))
        .map(({ proposed }) => ({ report, command: proposed ?? "" })),
    );
  const places: readonly (VersionStep | null)[] = [null, ...steps];
  return places.flatMap((place) => {
    const could = place === null ? reports.length : of(place).filter(({ fate }) => ranThere.includes(fate)).length;
    const stepId = place?.stepId ?? null;
    return supported(
      after(stepId),
      ({ command }) => command,
      could,
      (command) => ({ kind: "add", after: stepId, command }),
    );
  });
}

/** @param before the steps in front of it: the last of them is where it stands already */
function moves(
  step: VersionStep,
  before: readonly VersionStep[],
  steps: readonly VersionStep[],
  entries: readonly Entry[],
): readonly SupportedChange[] {
  const all = entries.filter(({ fate }) => reached.includes(fate));
  const here = before.at(-1)?.stepId ?? "";
  const places = new Set(["", ...steps.map(({ stepId }) => stepId)]);
  const moved = all.flatMap((entry) =>
    entry.report.reordered_steps
      .filter(({ step_id }) => step_id === step.stepId)
      .map(({ after_step_id }) => ({ ...entry, after: after_step_id ?? "" }))
      .filter(({ after }) => after !== here && after !== step.stepId && places.has(after)),
  );
  return supported(
    moved,
    ({ after }) => after,
    all.length,
    (after) => ({
      kind: "reorder",
      step_id: step.stepId,
      after: after === "" ? null : after,
    }),
  );
}
