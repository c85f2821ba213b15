import type { Risk, Verdict } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { classify, classifyStep } from "./classify-step.ts";
import { adviseIntent } from "./intent.ts";
import { stepContexts } from "./step-contexts.ts";
import { parseRunbook } from "../runbook/index.ts";
import type { AdvisorAnswer, StepContext } from "./types.ts";

function verdict(risk: Risk): Verdict {
  const reasons = [{ ruleId: `test/${risk}`, risk, span: { start: 0, end: 1 }, message: "" }];
  return { risk, reasons, targets: [], answerCodes: [], sensitive: false, unbounded: false, patternVersion: "p1" };
}

function context(command: string): StepContext {
  return { command, description: "", section: null, neighbours: [] };
}

const dangerous: AdvisorAnswer = {
  advisor: "model",
  version: "1",
  model: "m",
  promptHash: "00",
  opinion: { risk: "dangerous", confidence: 0.2, reasoning: "", sideEffects: [], suggestedRollback: null },
  absence: null,
};

describe("classifyStep", () => {
  it("keeps everything needed to reconstruct the decision", () => {
    const { classification } = classifyStep(() => verdict("safe"), context("uptime"));
    expect(classification).toEqual({
      risk: "safe",
      mergeRule: "rule_3_both_agree_safe",
      scanner: { risk: "safe", ruleIds: ["test/safe"], patternVersion: "p1" },
      answers: [adviseIntent(context("uptime"))],
      classifierVersion: "2.0.0",
    });
  });

  it("never calls safe what only the scanner calls safe", () => {
    const { classification } = classifyStep(() => verdict("safe"), context("house-tool run"));
    expect([classification.risk, classification.mergeRule]).toEqual(["caution", "second_key_missing"]);
  });

  it("lets another advisor raise and never lower", () => {
    expect(classifyStep(() => verdict("safe"), context("uptime"), [dangerous]).classification.risk).toBe("dangerous");
    expect(classifyStep(() => verdict("dangerous"), context("uptime")).classification.risk).toBe("dangerous");
  });

  it("merges a rendered command's verdict with the answers of its template", () => {
    const template = classifyStep(() => verdict("safe"), { ...context("kubectl get pod <pod>"), placeholders: ["<pod>"] }).classification;
    expect(classify(verdict("safe"), template.answers).risk).toBe("safe");
    expect(classify(verdict("safe"), []).mergeRule).toBe("second_key_missing");
  });
});

describe("stepContexts", () => {
  it("gives every command its own entry with the neighbouring descriptions", () => {
    const parsed = parseRunbook(
      "# T\n\n1. Look: `kubectl get pods`\n2. Restart it: `kubectl rollout restart deploy/x`\n3. Tell the team\n",
    );
    if (!parsed.ok) throw new Error("parse failed");
    expect(stepContexts(parsed.runbook)).toEqual([
      {
        stepOrder: 1,
        commandIndex: 0,
        context: { command: "kubectl get pods", description: "Look", section: null, neighbours: ["Restart it"], placeholders: [] },
      },
      {
        stepOrder: 2,
        commandIndex: 0,
        context: {
          command: "kubectl rollout restart deploy/x",
          description: "Restart it",
          section: null,
          neighbours: ["Look", "Tell the team"],
          placeholders: [],
        },
      },
    ]);
  });
});
