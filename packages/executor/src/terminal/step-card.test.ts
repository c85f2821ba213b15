import { createHash } from "node:crypto";
import { classifyStep, type PreparedStep, prepareStep } from "@dd0c/core";
import { scan } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { paintFor } from "./paint.ts";
import { byHandLines, type CardView, commandCard, describeStep, outcomeLine, stepHeading } from "./step-card.ts";
import { widthOf, wrapText } from "./wrap.ts";

const view: CardView = { width: 80, paint: paintFor({ isTTY: false }) };
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const card = { origin: "runbook", expectedOutput: null } as const;

const prepared = (command: string, rollbackCommand: string | null = null): Promise<PreparedStep> => {
  const { answers } = classifyStep(scan, { command, description: "", section: null, neighbours: [] }).classification;
  const texts = { command, rollbackCommand, variables: [], values: [], answers, templateRisk: null };
  const run = { agentId: "local", workingDirectory: "/", runAs: null, environment: [], stdinHash: null };
  return Promise.resolve(
    prepareStep({ ...texts, stepExecutionId: "s", attempt: 1, timeoutMs: null, agentName: "host", run }, sha256).prepared,
  );
};

const long = `kubectl delete pod ${"a-very-long-name-of-a-pod-".repeat(5)}1 --namespace payments`;

describe("the card of a command", () => {
  it("shows the whole command on one line, whatever its length, and nothing else beyond 80 columns", async () => {
    const lines = commandCard(await prepared(long), { ...card, expectedOutput: "word ".repeat(60) }, view);
    expect(lines).toContain(`  run       ${long}`);
    const wide = lines.filter((line) => line.length > 80);
    expect(wide).toEqual([`  run       ${long}`]);
  });

  it.each([
    ["cat a.txt", ["  risk      ● safe"], ["undo", "why"]],
    ["cp a b", ["  risk      ▲ caution", "  undo      There is no known way back."], []],
    ["rm a.txt", ["  risk      ■ dangerous", "  undo      There is no known way back."], []],
    ["kubectl cordon n1", ["  undo      kubectl uncordon n1"], ["no known way back"]],
  ])("%s", async (command, has, hasNot) => {
    const text = commandCard(await prepared(command), card, view).join("\n");
    for (const line of has) expect(text).toContain(line);
    for (const line of hasNot) expect(text).not.toContain(line);
  });

  it("does not ask for the way back of a way back", async () => {
    expect(commandCard(await prepared("cp a b"), { ...card, origin: "rollback" }, view).join("\n")).not.toContain("undo");
  });

  it("says why a command is run by hand, in full and to copy", async () => {
    const byHand = await prepared("echo *.log");
    expect(byHand.digest).toBeNull();
    expect(commandCard(byHand, card, view)[1]).toBe("  by hand   echo *.log");
    expect(byHandLines(byHand, view).join("\n")).toMatch(/because {3}\S/);
  });

  it("shows what could steer the terminal", async () => {
    const text = commandCard(await prepared("echo 'a\u001b[2Jb'"), { ...card, expectedOutput: "x\u202ey" }, view).join("\n");
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(text).toContain("\\u{1b}");
  });

  it("is the scanner's risk in a word, not in a colour", async () => {
    for (const command of ["ls", "cp a b", "frobnicate x", "rm x"])
      expect(commandCard(await prepared(command), card, view).join("\n")).toContain(scan(command).risk);
  });
});

describe("headings and prose", () => {
  const place = { at: 3, total: 9, section: "Mitigation" };
  it.each([
    [{ label: "3", origin: "runbook", parentStepExecutionId: null }, "-- Step 3 of 9  Mitigation -"],
    [{ label: "2b", origin: "runbook", parentStepExecutionId: null }, "-- Step 2b (3 of 9)  Mitigation -"],
    [{ label: "3", origin: "runbook", parentStepExecutionId: "s" }, "-- Step 3 of 9, once more  Mitigation -"],
    [{ label: "3", origin: "rollback", parentStepExecutionId: "s" }, "-- Undoing step 3  Mitigation -"],
  ] as const)("%j", (which, begins) => {
    const [, line = ""] = stepHeading(which, place, view);
    expect(line.startsWith(begins)).toBe(true);
    expect(line.length).toBe(80);
  });

  it("a long section does not break the line", () => {
    expect(
      stepHeading({ label: "3", origin: "runbook", parentStepExecutionId: null }, { ...place, section: "s".repeat(200) }, view)[1],
    ).toHaveLength(80);
  });

  it("wraps words, keeps line breaks, and leaves a longer word whole", () => {
    expect(wrapText(`one two three\nfour ${"x".repeat(12)} five`, 9)).toEqual(["one two", "three", "four", "x".repeat(12), "five"]);
    expect(describeStep("a ".repeat(100), view).every((line) => line.length <= 80)).toBe(true);
  });

  it.each([
    [undefined, 80],
    [0, 80],
    [20, 40],
    [80, 80],
    [300, 100],
  ])("a terminal of %s columns is written to in %d", (columns, width) => {
    expect(widthOf(columns)).toBe(width);
  });
});

describe("how a step ended", () => {
  const result = {
    exitCode: 7,
    members: [],
    durationMs: 12_400,
    stdoutHash: null,
    stderrHash: null,
    stdoutBytes: 0,
    stderrBytes: 0,
    truncated: false,
    message: null,
  };
  it.each([
    ["completed", { ...result, exitCode: 0 }, "  done after 12 s, exit 0"],
    ["completed", result, "  ended after 12 s, exit 7"],
    ["failed", { ...result, durationMs: 1_234, truncated: true }, "  FAILED after 1.2 s, exit 7; some of its output was left out"],
    ["timed_out", { ...result, exitCode: null }, "  OUT OF TIME after 12 s"],
    ["outcome_unknown", null, "  OUTCOME UNKNOWN"],
  ] as const)("%s", (status, ended, line) => {
    expect(outcomeLine({ status, result: ended }, view)).toBe(line);
  });
});
