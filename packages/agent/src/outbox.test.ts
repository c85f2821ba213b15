import type { AgentFrame } from "@dd0c/protocol/agent";
import { OutputStream } from "@dd0c/protocol/agent";
import { describe, expect, it } from "vitest";
import { lastSequence, outbox, type StepFrame } from "./outbox.ts";

const step = { executionId: "e", stepExecutionId: "s", attempt: 1 };
const other = { ...step, attempt: 2 };
const started: StepFrame = { $case: "stepStarted", value: { startedAtMs: 0 } };
const unknown: StepFrame = { $case: "outcomeUnknown", value: { message: "" } };
const output = (bytes: number): StepFrame => ({
  $case: "stepOutput",
  value: { stream: OutputStream.STDOUT, offset: 0, data: Buffer.alloc(bytes), omittedBytes: 0 },
});

function attached() {
  const box = outbox();
  const sent: AgentFrame[] = [];
  box.attach((frame) => sent.push(frame));
  return { box, sent, numbers: () => sent.map(({ sequence }) => sequence) };
}

describe("outbox", () => {
  it("numbers each attempt by itself and ends it with the same number always", () => {
    const { box, numbers } = attached();
    box.push(step, started);
    box.push(other, started);
    box.push(step, output(1));
    box.finish(step, unknown);
    expect(numbers()).toEqual([1, 1, 2, lastSequence]);
  });

  it("sends again, in order, what was not acknowledged, and nothing else", () => {
    const { box } = attached();
    box.push(step, started);
    box.push(step, output(1));
    expect(box.acknowledge({ step, sequence: 1 })).toBe(false);
    box.detach();
    box.finish(step, unknown);
    const again: AgentFrame[] = [];
    box.attach((frame) => again.push(frame));
    expect(again.map(({ sequence }) => sequence)).toEqual([2, lastSequence]);
    expect(box.acknowledge({ step, sequence: lastSequence })).toBe(true);
    expect(box.isEmpty()).toBe(true);
  });

  it("says once that the last frame is stored, and ignores acknowledgements of what it never sent", () => {
    const { box } = attached();
    expect(box.acknowledge({ step, sequence: lastSequence })).toBe(false);
    expect(box.acknowledge({ step: undefined, sequence: 1 })).toBe(false);
    box.finish(step, unknown);
    expect([box.acknowledge({ step, sequence: lastSequence }), box.acknowledge({ step, sequence: lastSequence })]).toEqual([true, false]);
  });

  it("forgets a mention that nobody heard", () => {
    const box = outbox();
    box.mention(step, started);
    const sent: AgentFrame[] = [];
    box.attach((frame) => sent.push(frame));
    expect(sent).toEqual([]);
  });

  it("makes output wait when too much of it is not acknowledged", async () => {
    const { box } = attached();
    box.push(step, output(32 << 20));
    let hasRoom = false;
    const room = box.room().then(() => {
      hasRoom = true;
    });
    await Promise.resolve();
    expect(hasRoom).toBe(false);
    box.acknowledge({ step, sequence: 1 });
    await room;
    expect(hasRoom).toBe(true);
  });
});
