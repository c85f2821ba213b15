// Remembers which frames of an attempt were stored, so that what an agent sends again after a break reaches the server once.
// A memory of one process and bounded: after a restart the store's own (step, sequence) key does the same.

import type { StepRef } from "@dd0c/protocol/agent";

const maxAttempts = 20_000;

export interface StoredSequences {
  /** True when a frame of this number was stored before. */
  has(step: StepRef, sequence: number): boolean;
  add(step: StepRef, sequence: number): void;
}

export function storedSequences(): StoredSequences {
  const last = new Map<string, number>();
  const key = (step: StepRef) => `${step.executionId}/${step.stepExecutionId}/${step.attempt}`;
  return {
    has: (step, sequence) => sequence <= (last.get(key(step)) ?? 0),
    add(step, sequence) {
      // Taking the entry out first keeps the map in order of use; the oldest goes when it is full.
      last.delete(key(step));
      last.set(key(step), sequence);
      const [oldest] = last.keys();
      if (last.size > maxAttempts && oldest !== undefined) last.delete(oldest);
    },
  };
}
