import type { JournalRecord } from "@dd0c/executor";
import { describe, expect, it } from "vitest";
import { readDispatch } from "./own-reading.ts";
import { isRemembered, receivedEntry, rememberedStep } from "./step-memory.ts";

const step = { executionId: "e", stepExecutionId: "s", attempt: 1 };
const secret = "hunter2-in-the-command";
const read = readDispatch(
  {
    step,
    command: `ls /tmp/${secret} && ls | head -n 1`,
    digest: "d",
    risk: "safe",
    automatic: true,
    grant: undefined,
    notAfterMs: 1,
    timeoutMs: 1,
    environment: [],
    trustLevel: 2,
    patternVersion: "",
  },
  "a",
)!;
const record = (entry: object): JournalRecord => ({ seq: 1, at: "2026-01-01T00:00:00.000Z", ...entry }) as JournalRecord;
const received = record(receivedEntry(read));

describe("memory of a dispatch", () => {
  it("comes back from its record, without the text of the command", () => {
    expect(JSON.stringify(received)).not.toContain(secret);
    expect(rememberedStep([received])).toEqual({ step, pipelines: [1, 2], risk: "safe", patternVersion: read.patternVersion });
  });

  it("knows an attempt that was received, and every attempt once one was started", () => {
    const next = { ...step, attempt: 2 };
    const started = record({ type: "spawning", stepExecutionId: "s" });
    expect([isRemembered([], step), isRemembered([received], step), isRemembered([received], next)]).toEqual([false, true, false]);
    expect(isRemembered([received, started], next)).toBe(true);
  });
});
