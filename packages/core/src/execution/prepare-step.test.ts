import type { Risk } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import type { AdvisorAnswer } from "../classification/types.ts";
import { sha256 } from "../test/sha256.ts";
import { type PrepareInput, prepareStep } from "./prepare-step.ts";
import { scanTemplate } from "./scan-template.ts";
import type { VariableValue } from "./types.ts";

const safe: AdvisorAnswer = {
  advisor: "intent",
  version: "1",
  model: null,
  promptHash: null,
  opinion: { risk: "safe", confidence: 1, reasoning: "reads", sideEffects: [], suggestedRollback: null },
  absence: null,
};

const variables = [
  { name: "pod", placeholders: ["<pod>"] },
  { name: "namespace", placeholders: ["$NAMESPACE"] },
  { name: "token", placeholders: ["<token>"], secret: true },
];

const input: PrepareInput = {
  stepExecutionId: "s1",
  attempt: 1,
  command: "kubectl logs <pod> -n $NAMESPACE --tail=50",
  rollbackCommand: null,
  variables,
  values: [],
  answers: [safe],
  templateRisk: "safe",
  timeoutMs: null,
  agentName: "local",
  run: { agentId: "a1", workingDirectory: null, runAs: null, environment: [], stdinHash: null },
};

const value = (name: string, text: string, source: VariableValue["source"] = "manual"): VariableValue => ({ name, value: text, source });
const both = (pod: string, source: VariableValue["source"] = "manual") => [
  value("pod", pod, source),
  value("namespace", "payments", source),
];
const prepare = (change: Partial<PrepareInput>) => prepareStep({ ...input, ...change }, sha256).prepared;

describe("prepareStep", () => {
  it("renders, scans and identifies exactly what would run", () => {
    const { prepared, plan } = prepareStep({ ...input, values: both("payment-7f9c", "alert") }, sha256);
    expect(plan?.lists[0]?.first.members[0]?.argv).toEqual(["kubectl", "logs", "payment-7f9c", "-n", "payments", "--tail=50"]);
    expect(prepared).toMatchObject({
      stepExecutionId: "s1",
      attempt: 1,
      command: "kubectl logs payment-7f9c -n payments --tail=50",
      risk: "safe",
      notRunnable: null,
      variables: ["pod", "namespace"],
      run: { timeoutMs: 60_000 },
      pipelinesPerList: [1],
    });
    expect(prepared.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("gives the same digest for the same thing and another for another value, agent or timeout", () => {
    const digest = (change: Partial<PrepareInput>) => prepare({ values: both("a"), ...change }).digest;
    expect(digest({ attempt: 7 })).toBe(digest({}));
    expect(
      new Set([digest({}), digest({ values: both("b") }), digest({ run: { ...input.run, agentId: "a2" } }), digest({ timeoutMs: 1 })]).size,
    ).toBe(4);
  });

  it.each<[string, Partial<PrepareInput>, string]>([
    ["a missing value", { values: [] }, "MISSING_VALUE"],
    ["an empty value", { values: both("") }, "EMPTY_VALUE"],
    ["an alert's value with a blank", { values: both("a b", "alert") }, "VARIABLE_UNSAFE"],
    ["an alert's value with shell in it", { values: both("$(id)", "alert") }, "VARIABLE_UNSAFE"],
    ["an option", { values: both("--previous") }, "OPTION_VALUE"],
    ["a secret", { command: "curl -H <token> http://x/", values: [value("token", "x")] }, "SECRET_VARIABLE"],
    ["a program", { command: "<pod> get", values: [value("pod", "kubectl")] }, "COMMAND_POSITION"],
  ])("leaves %s to a human", (_name, change, code) => {
    expect(prepare(change)).toMatchObject({ digest: null, notRunnable: { code }, targets: [] });
  });

  it("puts a secret's reference where an agent resolves it, whatever value somebody gave", () => {
    const command = "curl -H 'Authorization: Bearer <token>' http://x/";
    const { prepared, plan } = prepareStep({ ...input, command, values: [value("token", "hunter2hunter2")], secrets: "reference" }, sha256);
    expect(plan?.lists[0]?.first.members[0]?.argv).toEqual(["curl", "-H", "Authorization: Bearer secret:token", "http://x/"]);
    expect(prepared.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify({ prepared, plan })).not.toContain("hunter2");
  });

  it("fills a human's value with blanks and quotes as one word", () => {
    const { prepared, plan } = prepareStep(
      { ...input, command: "grep <pod> /var/log/app.log", values: [value("pod", "it's a; rm -rf /")] },
      sha256,
    );
    expect(plan?.lists[0]?.first.members[0]?.argv).toEqual(["grep", "it's a; rm -rf /", "/var/log/app.log"]);
    expect(prepared.risk).toBe("safe");
  });

  it("shows a command without a plan with its plain values in it", () => {
    const prepared = prepare({ command: "for i in 1 2; do kubectl logs <pod>; done", values: both("payment") });
    expect(prepared.command).toBe("for i in 1 2; do kubectl logs payment; done");
    expect(prepared.digest).toBeNull();
    expect(prepare({ command: "for i in 1 2; do kubectl logs <pod>; done", values: both("a; b") }).command).toContain("<pod>");
  });

  it.each<[Risk, Risk]>([
    ["safe", "safe"],
    ["caution", "caution"],
    ["unknown", "unknown"],
    ["dangerous", "dangerous"],
  ])("never goes below the template's %s", (templateRisk, risk) => {
    expect(prepare({ values: both("a"), templateRisk }).risk).toBe(risk);
  });

  it("is not safe while the second key is not turned", () => {
    expect(prepare({ values: both("a"), answers: [] }).risk).toBe("caution");
    expect(prepare({ values: both("a"), answers: [{ ...safe, opinion: null, absence: "timeout" }] }).risk).toBe("caution");
  });

  it.each([
    ["kubectl get pods", 60_000],
    ["kubectl rollout restart deployment/x", 120_000],
    ["rm -rf /var/tmp/x", 300_000],
  ])("gives %s %i ms", (command, timeoutMs) => {
    expect(prepare({ command, variables: [] }).run.timeoutMs).toBe(timeoutMs);
    expect(prepare({ command, variables: [], timeoutMs: 5_000 }).run.timeoutMs).toBe(5_000);
  });

  it("has every target typed once, and the agent's name with the digest where there is none", () => {
    const deletion = prepare({ command: "kubectl delete pod a b -n payments", variables: [] });
    expect(deletion.risk).toBe("dangerous");
    expect(deletion.targets.map((target) => target.text)).toEqual(["a", "b"]);
    const none = prepare({ command: "kubectl get pods", variables: [] });
    expect(none.targets).toEqual([{ kind: "agent", text: `local ${none.digest?.slice(0, 6)}` }]);
  });

  it("takes the author's rollback before the rule's inverse, filled in", () => {
    const restart = { command: "kubectl rollout restart deployment/<pod>", values: both("pay") };
    expect(prepare({ ...restart, rollbackCommand: "kubectl rollout undo deployment/<pod>" }).rollbackCommand).toBe(
      "kubectl rollout undo deployment/pay",
    );
    expect(prepare({ command: "kubectl get pods", variables: [] }).rollbackCommand).toBeNull();
  });

  it("reads its own rendering back as the same command, digest and risk", () => {
    for (const command of [
      "grep -c 'a b' /etc/hosts | wc -l",
      "kubectl get pods && kubectl get nodes",
      "echo \"it's\" '' 2>/dev/null",
      "cat <<< 'x y'",
    ]) {
      const first = prepare({ command, variables: [] });
      expect(first.digest, command).not.toBeNull();
      expect(prepare({ command: first.command, variables: [] })).toEqual(first);
    }
  });
});

describe("scanTemplate", () => {
  it.each<[string, Risk]>([
    ["kubectl logs <pod> -n $NAMESPACE", "safe"],
    ["kubectl delete pod <pod>", "dangerous"],
    ["head -n <pod> /var/log/syslog", "safe"],
    ["for i in 1 2; do kubectl get pod <pod>; done", "safe"],
  ])("%s is %s whatever the value will be", (command, risk) => {
    expect(scanTemplate(command, variables).risk).toBe(risk);
  });
});
