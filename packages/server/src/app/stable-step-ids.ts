// The steps of the version before and the steps of the new one go in; each new step's lasting id comes out.
// Matched by command with its description, then by command, then by position, so that "skipped in 4 of 4 runs" can be counted across edits. An id is given to one step only.

export interface StepKey {
  /** Null for a step without a command: its description stands in. */
  readonly command: string | null;
  readonly description: string;
  readonly order: number;
  readonly sub: number;
}

export interface KnownStep extends StepKey {
  readonly stepId: string;
}

const textKey = (step: StepKey): string => (step.command === null ? `m:${step.description}` : `c:${step.command}`);
/** Of two steps with one command, the one that is described the same is the same. */
const fullKey = (step: StepKey): string => JSON.stringify([step.command, step.description]);
const placeKey = (step: StepKey): string => `${step.command === null ? "m" : "c"}:${step.order}:${step.sub}`;

/** Takes, for each step that has none yet, the first unused known step of the same key. */
function match(known: readonly KnownStep[], steps: readonly StepKey[], ids: (string | undefined)[], key: (step: StepKey) => string): void {
  const taken = new Set(ids);
  const free = new Map<string, KnownStep[]>();
  for (const step of known) if (!taken.has(step.stepId)) free.set(key(step), [...(free.get(key(step)) ?? []), step]);
  for (const [index, step] of steps.entries()) ids[index] ??= free.get(key(step))?.shift()?.stepId;
}

/** One id per step, in their order. */
export function stableStepIds(known: readonly KnownStep[], steps: readonly StepKey[], newId: () => string): readonly string[] {
  const ids: (string | undefined)[] = steps.map(() => undefined);
  match(known, steps, ids, fullKey);
  match(known, steps, ids, textKey);
  match(known, steps, ids, placeKey);
  return ids.map((id) => id ?? newId());
}
