import type { Plan, PlanCommand } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { sha256 } from "../test/sha256.ts";
import { stepDigest } from "./digest.ts";
import type { RunSettings } from "./types.ts";

const command = (...argv: readonly string[]): PlanCommand => ({
  argv,
  env: [],
  stdin: { kind: "inherit" },
  stdout: "stdout",
  stderr: "stderr",
});
const planOf = (...members: readonly PlanCommand[]): Plan => ({ lists: [{ first: { members }, rest: [] }] });

const run: RunSettings = {
  agentId: "agent-1",
  workingDirectory: "/srv",
  runAs: "sre",
  environment: [
    ["KUBECONFIG", "local"],
    ["REGION", "eu"],
  ],
  stdinHash: null,
  timeoutMs: 60_000,
};
const get = command("kubectl", "get", "pods");
const base = planOf(get);

const plans: readonly (readonly [string, Plan])[] = [
  ["an argument", planOf(command("kubectl", "get", "pod"))],
  ["where words are cut", planOf(command("kubectl", "get pods"))],
  ["an empty argument", planOf(command("kubectl", "get", "pods", ""))],
  ["a pipe", planOf(get, command("wc"))],
  ["a sequence instead of a pipe", { lists: [base.lists[0]!, planOf(command("wc")).lists[0]!] }],
  ["an and", { lists: [{ first: { members: [get] }, rest: [{ op: "&&", pipeline: { members: [command("wc")] } }] }] }],
  ["an or", { lists: [{ first: { members: [get] }, rest: [{ op: "||", pipeline: { members: [command("wc")] } }] }] }],
  ["an assignment prefix", planOf({ ...get, env: [["LC_ALL", "C"]] })],
  [
    "the order of assignment prefixes",
    planOf({
      ...get,
      env: [
        ["LC_ALL", "C"],
        ["LC_ALL", "B"],
      ],
    }),
  ],
  [
    "the same prefixes turned round",
    planOf({
      ...get,
      env: [
        ["LC_ALL", "B"],
        ["LC_ALL", "C"],
      ],
    }),
  ],
  ["closed stdin", planOf({ ...get, stdin: { kind: "null" } })],
  ["a here-string", planOf({ ...get, stdin: { kind: "text", text: "x" } })],
  ["another here-string", planOf({ ...get, stdin: { kind: "text", text: "y" } })],
  ["stdout to nowhere", planOf({ ...get, stdout: "null" })],
  ["stderr to stdout", planOf({ ...get, stderr: "stdout" })],
];

const settings: readonly (readonly [string, Partial<RunSettings>])[] = [
  ["target agent", { agentId: "agent-2" }],
  ["working directory", { workingDirectory: "/" }],
  ["no working directory", { workingDirectory: null }],
  ["run-as", { runAs: "root" }],
  ["no run-as", { runAs: null }],
  [
    "an environment value",
    {
      environment: [
        ["KUBECONFIG", "other"],
        ["REGION", "eu"],
      ],
    },
  ],
  [
    "an environment name",
    {
      environment: [
        ["KUBECONF", "local"],
        ["REGION", "eu"],
      ],
    },
  ],
  ["an environment entry less", { environment: [["REGION", "eu"]] }],
  ["stdin", { stdinHash: "0".repeat(64) }],
  ["timeout", { timeoutMs: 60_001 }],
];

describe("stepDigest", () => {
  it("is 64 hexadecimal characters and always the same", () => {
    expect(stepDigest(base, run, sha256)).toMatch(/^[0-9a-f]{64}$/);
    expect(stepDigest(planOf(command("kubectl", "get", "pods")), { ...run }, sha256)).toBe(stepDigest(base, run, sha256));
  });

  it("changes with everything that decides what runs, each in its own way", () => {
    const digests = [
      stepDigest(base, run, sha256),
      ...plans.map(([, plan]) => stepDigest(plan, run, sha256)),
      ...settings.map(([, change]) => stepDigest(base, { ...run, ...change }, sha256)),
    ];
    expect(new Set(digests).size).toBe(1 + plans.length + settings.length);
  });

  it("does not depend on the order in which environment entries are listed", () => {
    const reversed = { ...run, environment: [...run.environment].reverse() };
    expect(stepDigest(base, reversed, sha256)).toBe(stepDigest(base, run, sha256));
  });

  it("keeps two different lone surrogates apart", () => {
    const digest = (text: string): string => stepDigest(planOf(command("echo", text)), run, sha256);
    expect(digest("\ud800")).not.toBe(digest("\ud801"));
  });
});
