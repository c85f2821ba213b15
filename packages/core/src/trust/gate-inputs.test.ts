import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gate, type TrustLevel } from "./gate.ts";
import { explainGate, gateAnswer, type GateInputs, stricterGate } from "./gate-inputs.ts";
import { effectivePolicy, type PolicyLayer } from "./policy.ts";
import { policyRecord, policySourceRecord } from "./policy-record.ts";

const inputsOf = (change: Partial<GateInputs> = {}, system: PolicyLayer = {}, runbook: PolicyLayer = {}): GateInputs => {
  const policy = effectivePolicy({ system, tenant: { governanceMode: "audit" }, runbook });
  return {
    table: "step",
    risk: "safe",
    pinned_trust_level: 2,
    edited: false,
    panic: false,
    party: false,
    policy: policyRecord(policy),
    policy_layers: policySourceRecord(policy),
    classification: { runbook_version: "v1", step_id: "s1", risk: "safe", sha256: null, pattern_version: "p1" },
    ...change,
  };
};

describe("gateAnswer", () => {
  const any = fc
    .record({
      table: fc.constantFrom("step" as const, "rollback" as const),
      risk: fc.constantFrom("safe" as const, "caution" as const, "unknown" as const, "dangerous" as const),
      pinned_trust_level: fc.constantFrom(0, 1, 2),
      edited: fc.boolean(),
      panic: fc.boolean(),
      party: fc.boolean(),
      governanceMode: fc.constantFrom("strict" as const, "audit" as const),
      dangerousSteps: fc.constantFrom("typed" as const, "block" as const),
      maxTrustLevel: fc.constantFrom(0, 1, 2),
    })
    .map(({ governanceMode, dangerousSteps, maxTrustLevel, ...rest }) =>
      inputsOf(rest as Partial<GateInputs>, { governanceMode, dangerousSteps, maxTrustLevel: maxTrustLevel as TrustLevel }),
    );

  it("is the gate's answer at the lower of trust and maximum, and never auto for an edited text", () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const { policy, risk, panic, party } = inputs;
        const trust = Math.min(inputs.pinned_trust_level, policy.max_trust_level) as TrustLevel;
        const own = gate(risk, trust, { governanceMode: policy.governance_mode, dangerousSteps: policy.dangerous_steps }, panic, party);
        const answer = gateAnswer(inputs);
        if (inputs.table === "rollback") expect(answer).toBe(panic || party ? "blocked" : risk === "dangerous" ? "typed" : "ask");
        else expect(answer).toBe(inputs.edited ? stricterGate("ask", own) : own);
        expect(answer === "auto" && inputs.edited).toBe(false);
      }),
    );
  });

  it("survives the way through JSON: what is read back decides the same", () => {
    fc.assert(
      fc.property(any, (inputs) => {
        expect(gateAnswer(JSON.parse(JSON.stringify(inputs)) as GateInputs)).toBe(gateAnswer(inputs));
      }),
    );
  });

  it("is explained by an input that is really there, with a layer exactly where a policy decided", () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const { cause, layer } = explainGate(inputs);
        expect(layer === null).toBe(!["dangerous_steps", "max_trust_level", "governance_mode"].includes(cause));
        if (cause === "dangerous_steps") expect(inputs.policy.dangerous_steps).toBe("block");
        if (cause === "max_trust_level") expect(inputs.policy.max_trust_level).toBeLessThan(inputs.pinned_trust_level);
        if (cause === "governance_mode") expect(inputs.policy.governance_mode).toBe("strict");
        if (cause === "edited") expect(inputs.edited).toBe(true);
      }),
    );
  });
});

describe("explainGate", () => {
  it.each<[string, GateInputs, string, string | null]>([
    ["nothing holds a safe step back", inputsOf(), "risk", null],
    ["strict by policy.json", inputsOf({}, { governanceMode: "strict" }), "governance_mode", "system"],
    ["strict by the runbook's lock", inputsOf({}, {}, { governanceMode: "strict" }), "governance_mode", "runbook"],
    ["dangerous, blocked by policy.json", inputsOf({ risk: "dangerous" }, { dangerousSteps: "block" }), "dangerous_steps", "system"],
    [
      "dangerous, blocked at any level",
      inputsOf({ risk: "dangerous", pinned_trust_level: 0 }, { dangerousSteps: "block" }),
      "dangerous_steps",
      "system",
    ],
    ["dangerous, below its level", inputsOf({ risk: "dangerous", pinned_trust_level: 1 }), "trust", null],
    ["held down by the lock", inputsOf({ risk: "caution" }, {}, { maxTrustLevel: 0 }), "max_trust_level", "runbook"],
    ["edited", inputsOf({ edited: true }), "edited", null],
    ["panic before everything", inputsOf({ panic: true, party: true, risk: "dangerous" }, { dangerousSteps: "block" }), "panic", null],
    ["party mode", inputsOf({ party: true }), "party", null],
    ["a way back", inputsOf({ table: "rollback", risk: "dangerous" }, { dangerousSteps: "block" }), "risk", null],
  ])("%s", (_name, inputs, cause, layer) => {
    expect(explainGate(inputs)).toEqual({ cause, layer });
  });
});
