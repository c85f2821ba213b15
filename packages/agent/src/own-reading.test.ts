// What the agent reads by itself: nothing of the server's claims comes through, and everything that changes a run changes the digest.
import type { ExecuteStep } from "@dd0c/protocol/agent";
import { describe, expect, it } from "vitest";
import { readDispatch } from "./own-reading.ts";

const frame: ExecuteStep = {
  step: { executionId: "e", stepExecutionId: "s", attempt: 1 },
  command: "ls -l /tmp | head -n 3",
  digest: "d",
  risk: "caution",
  automatic: true,
  grant: undefined,
  notAfterMs: 1,
  timeoutMs: 1_000,
  environment: [],
  trustLevel: 2,
  patternVersion: "x",
};
const read = (change: Partial<ExecuteStep> = {}, agentId = "a") => readDispatch({ ...frame, ...change }, agentId);

describe("own reading", () => {
  it("finds plan, risk and one entry per command", () => {
    expect(read()).toMatchObject({
      dispatch: { risk: "caution", digest: "d", environmentNames: [] },
      own: {
        risk: "safe",
        commands: [
          { risk: "safe", programKnown: true },
          { risk: "safe", programKnown: true },
        ],
      },
    });
  });

  it("has one digest per text, timeout, folder, user, environment and agent", () => {
    const digests = [
      read(),
      read({ command: "ls -l /tmp | head -n 4" }),
      read({ timeoutMs: 2_000 }),
      read({ workingDirectory: "/srv" }),
      read({ runAs: "deploy" }),
      read({ environment: [{ name: "TZ", value: "UTC" }] }),
      read({ environment: [{ name: "TZ", value: "CET" }] }),
      read({}, "b"),
    ].map((each) => each?.own.digest);
    expect(new Set(digests).size).toBe(digests.length);
    expect(digests.every((digest) => /^[0-9a-f]{64}$/.test(digest ?? ""))).toBe(true);
    expect(read({ digest: "other", risk: "safe", patternVersion: "y" })?.own.digest).toBe(digests[0]);
  });

  it("takes a word that is no risk for the worst", () => {
    expect(read({ risk: "fine" })?.dispatch.risk).toBe("dangerous");
  });

  it("marks a program that no rule knows, behind a wrapper too", () => {
    expect(read({ command: "frobnicate" })?.own.commands).toEqual([{ risk: "unknown", programKnown: false }]);
    expect(read({ command: "timeout 5 frobnicate" })?.own.commands[0]?.programKnown).toBe(false);
  });

  it("has no plan for what needs a shell", () => {
    expect(read({ command: "for i in 1; do ls; done" })?.own).toMatchObject({ plan: null, digest: null, commands: [] });
  });

  it.each([
    ["no step", { step: undefined }],
    ["no execution", { step: { executionId: "", stepExecutionId: "s", attempt: 1 } }],
    ["attempt zero", { step: { executionId: "e", stepExecutionId: "s", attempt: 0 } }],
    ["no timeout", { timeoutMs: 0 }],
    ["a trust level that does not exist", { trustLevel: 4 }],
    [
      "a name with two values",
      {
        environment: [
          { name: "TZ", value: "a" },
          { name: "TZ", value: "b" },
        ],
      },
    ],
  ])("cannot read a frame with %s", (_what, change) => {
    expect(read(change)).toBeUndefined();
  });
});
