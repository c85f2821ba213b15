// What a step says while it runs, heard by the walk on this host instead of a server. In: the frames that a server would be sent.
// Out: the same, in order, one after the other. Nothing is numbered, kept or sent again: the journal has what matters.

import type { StepFrame, Outbox } from "../outbox.ts";

/** @param hear is called for one frame after the other, and waited for where output comes faster than it is shown */
export function localOutbox(hear: (frame: StepFrame) => Promise<void>): Outbox & { readonly heard: () => Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  const pass = (frame: StepFrame): void => {
    last = last.then(() => hear(frame));
  };
  return {
    push: (_step, frame) => pass(frame),
    finish: (_step, frame) => pass(frame),
    mention: (_step, frame) => pass(frame),
    room: () => last,
    heard: () => last,
    acknowledge: () => false,
    attach: () => undefined,
    detach: () => undefined,
    isEmpty: () => true,
  };
}
