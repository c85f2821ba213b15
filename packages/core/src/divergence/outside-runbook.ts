// What was done in a run that the runbook does not have: commands entered in it, and what people did elsewhere and told.
// In: the state of a run that is over, with its planned steps. Out: each action, where it stands, and which step it repeats or stands in for.
// Nothing watches what is done elsewhere, so that no answer of this file means "nothing else was done".
import { renderPlan, scan } from "@dd0c/scanner";
import type { ExecutionState, StepState } from "../execution/types.ts";
import { type TriedStep, wasTaken } from "./tried-step.ts";

export interface OutsideAction {
  readonly step: StepState | null;
  readonly kind: "command" | "description";
  readonly text: string;
  /** The planned step that ran last before it. */
  readonly after: TriedStep | null;
  /** The planned step with the same command. */
  readonly same: TriedStep | null;
}

export function outsideActions(state: ExecutionState, planned: readonly TriedStep[]): readonly OutsideAction[] {
  const entered = state.steps
    .filter((step) => step.origin === "unlisted" && wasTaken(step))
    .map((step) => {
      const text = step.prepared?.command ?? step.command ?? "";
      return { step, kind: "command" as const, text, after: ranBefore(state, planned, step), same: sameCommand(planned, text) };
    });
  const declared = state.declared.map(({ kind, text, doneAtMs }) => {
    const same = kind === "command" ? sameCommand(planned, text) : null;
    return { step: null, kind, text, after: ranUntil(planned, doneAtMs), same };
  });
  return [...entered, ...declared];
}

/** Where it would have run, had it run in its place: after the planned step before it that ran. */
export function naturalPlace(planned: readonly TriedStep[], step: TriedStep): TriedStep | null {
  return planned.slice(0, planned.indexOf(step)).findLast(({ outcome }) => outcome === "ran") ?? null;
}

/** Steps stand in the order in which they ran. */
function ranBefore({ steps }: ExecutionState, planned: readonly TriedStep[], action: StepState): TriedStep | null {
  const before = steps.slice(0, steps.indexOf(action)).filter(wasTaken);
  const last = before.findLast((step) => planned.some(({ tries }) => tries.includes(step)));
  return planned.find(({ tries }) => last !== undefined && tries.includes(last)) ?? null;
}

const ranUntil = (planned: readonly TriedStep[], atMs: number): TriedStep | null =>
  planned.findLast(({ last, outcome }) => outcome === "ran" && (last.completedAtMs ?? Number.POSITIVE_INFINITY) <= atMs) ?? null;

/** As the product spells a command that it can run; else the text without blanks around it. */
function spelled(text: string): string {
  const { plan } = scan(text);
  return plan === undefined ? text.trim() : renderPlan(plan);
}

function sameCommand(planned: readonly TriedStep[], text: string): TriedStep | null {
  const wanted = spelled(text);
  const texts = ({ first }: TriedStep): readonly (string | null | undefined)[] => [
    first.originalCommand,
    first.prepared?.command,
    first.command,
  ];
  const same = planned.filter((step) => texts(step).some((each) => each != null && spelled(each) === wanted));
  // One that was passed over has the better claim.
  return same.find(({ outcome }) => outcome !== "ran") ?? same[0] ?? null;
}
