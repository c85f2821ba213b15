// What an agent says about its host is a claim: shown as it is, or not at all.
import { describe, expect, it } from "vitest";
import { hostFactsOf } from "./host-facts.ts";

const limits = { cpuSeconds: 600, memoryBytes: 1 << 30, openFiles: 4_096 };
const said = { limits, maxStreamBytes: 10_485_760, asRoot: false, sandbox: true, sandboxExcept: ["iptables"] };
const shown = { ...said, limits: { ...limits, processes: null }, runAs: null, noSandboxBecause: null };

describe("what an agent says about its host", () => {
  it.each([
    [
      "everything",
      { ...said, runAs: "deploy", limits: { ...limits, processes: 512 } },
      { ...shown, runAs: "deploy", limits: { ...limits, processes: 512 } },
    ],
    ["no account of its own, no number of processes", said, shown],
    ["no limits", { ...said, limits: undefined }, { ...shown, limits: null }],
    ["nothing: an agent that does not say it", undefined, null],
    ["a negative limit", { ...said, limits: { ...limits, openFiles: -1 } }, null],
    ["half a process", { ...said, limits: { ...limits, processes: 0.5 } }, null],
    ["a reason without end", { ...said, sandbox: false, noSandboxBecause: "x".repeat(201) }, null],
    ["a list without end", { ...said, sandboxExcept: Array.from({ length: 101 }, () => "ls") }, null],
  ])("%s", (_, value, expected) => {
    expect(hostFactsOf(value)).toEqual(expected);
  });
});
