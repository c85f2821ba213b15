// What the server still has to be told about steps. In: frames in the order in which things happened. Out: the same frames, numbered,
// over whichever stream is open, again and again until the server has acknowledged them. It must never reorder, renumber or drop one.

import type { Ack, AgentFrame, StepRef } from "@dd0c/protocol/agent";

export type StepFrame = NonNullable<AgentFrame["frame"]>;

/** Number of the last frame of every attempt: the same before and after a restart, so that it is never stored twice. */
export const lastSequence = 2 ** 40;

/** Output that waits for its acknowledgement; beyond it the commands wait. More than one step's capped output. */
const maxWaitingBytes = 32 << 20;

export interface Outbox {
  push(step: StepRef, frame: StepFrame): void;
  /** The last frame of an attempt. */
  finish(step: StepRef, frame: StepFrame): void;
  /** A frame that is worth sending now or never. */
  mention(step: StepRef | undefined, frame: StepFrame): void;
  /** @returns true when the attempt's last frame is acknowledged with it */
  acknowledge(ack: Ack): boolean;
  /** A stream is open: everything that waits goes out first. */
  attach(send: (frame: AgentFrame) => void): void;
  detach(): void;
  /** Resolves when there is room for more output. */
  room(): Promise<void>;
  /** True when nothing waits. */
  isEmpty(): boolean;
}

interface Waiting {
  next: number;
  frames: AgentFrame[];
}

export function outbox(): Outbox {
  const steps = new Map<string, Waiting>();
  const waiters: (() => void)[] = [];
  let waitingBytes = 0;
  let send: ((frame: AgentFrame) => void) | undefined;

  const of = (step: StepRef): Waiting => {
    const waiting = steps.get(keyOf(step)) ?? { next: 1, frames: [] };
    steps.set(keyOf(step), waiting);
    return waiting;
  };
  const keep = (step: StepRef, sequence: number, frame: StepFrame) => {
    const numbered: AgentFrame = { step, sequence, frame };
    of(step).frames.push(numbered);
    waitingBytes += sizeOf(numbered);
    send?.(numbered);
  };
  const release = (frames: readonly AgentFrame[]) => {
    for (const frame of frames) waitingBytes -= sizeOf(frame);
    if (waitingBytes < maxWaitingBytes) for (const wake of waiters.splice(0)) wake();
  };
  return {
    push: (step, frame) => keep(step, of(step).next++, frame),
    finish: (step, frame) => keep(step, lastSequence, frame),
    mention: (step, frame) => send?.({ step, sequence: 0, frame }),
    acknowledge({ step, sequence }) {
      const waiting = step === undefined ? undefined : steps.get(keyOf(step));
      if (step === undefined || waiting === undefined) return false;
      const done = waiting.frames.filter((frame) => frame.sequence <= sequence);
      waiting.frames = waiting.frames.filter((frame) => frame.sequence > sequence);
      release(done);
      const isLast = done.some((frame) => frame.sequence === lastSequence);
      if (isLast) steps.delete(keyOf(step));
      return isLast;
    },
    attach(open) {
      send = open;
      for (const { frames } of [...steps.values()]) for (const frame of frames) open(frame);
    },
    detach() {
      send = undefined;
    },
    async room() {
      while (waitingBytes >= maxWaitingBytes) await new Promise<void>((resolve) => waiters.push(resolve));
    },
    isEmpty: () => [...steps.values()].every(({ frames }) => frames.length === 0),
  };
}

function keyOf(step: StepRef): string {
  return `${step.executionId}/${step.stepExecutionId}/${step.attempt}`;
}

function sizeOf({ frame }: AgentFrame): number {
  return frame?.$case === "stepOutput" ? frame.value.data.length : 0;
}
