import type { Plan, PlanCommand } from "@dd0c/scanner";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../errors.ts";
import { gate } from "../trust/gate.ts";
import { rollbackGate } from "../trust/rollback-gate.ts";
import { type AdmissionFacts, type AdmissionRules, admit, type Dispatch } from "./admit.ts";
import type { AllowLine } from "./allow-line.ts";
import type { Amendment, Announcement } from "./announcement.ts";
import { checkGrant, type Grant, grantLifetimeMs } from "./grant.ts";

const now = 1_800_000_000_000;
const digest = "d".repeat(64);
const command = (...argv: readonly string[]): PlanCommand => ({
  argv,
  env: [],
  stdin: { kind: "inherit" },
  stdout: "stdout",
  stderr: "stderr",
});
const planOf = (...members: readonly PlanCommand[]): Plan => ({ lists: [{ first: { members }, rest: [] }] });

const dispatch: Dispatch = {
  executionId: "e",
  stepExecutionId: "s",
  attempt: 1,
  digest,
  risk: "caution",
  trustLevel: 2,
  notAfterMs: now + 60_000,
  environmentNames: ["REGION"],
};

const announcement: Announcement = {
  kind: "dd0c.announcement.v1",
  tenant: "t",
  agent: "a",
  execution: "e",
  runbook: "r",
  version: "v",
  trust_level: 2,
  governance_mode: "audit",
  issued_at: now,
  steps: [{ step_execution: "s", digest: null, template_hash: "0".repeat(64), max_risk: "dangerous" }],
};

const amendment: Amendment = {
  kind: "dd0c.amendment.v1",
  tenant: "t",
  agent: "a",
  execution: "e",
  step_execution: "s",
  attempt: 2,
  digest,
  max_risk: "caution",
  reason: "edit",
  by: "riley",
  parent_step_execution: null,
  issued_at: now,
};

const grant: Grant = {
  kind: "dd0c.grant.v1",
  tenant: "t",
  agent: "a",
  execution: "e",
  step_execution: "s",
  attempt: 1,
  digest,
  risk: "caution",
  approver: "riley",
  method: "click",
  issued_at: now,
  expires_at: now + grantLifetimeMs,
};

const facts: AdmissionFacts = {
  tenant: "t",
  agent: "a",
  own: {
    plan: planOf(command("kubectl", "rollout", "restart", "deploy/x")),
    digest,
    risk: "caution",
    commands: [{ risk: "caution", programKnown: true }],
  },
  announcement,
  amendments: [],
  grant,
  local: { ceiling: "caution", allow: [], maxTrustLevel: 2, environmentNames: ["REGION"] },
  taken: false,
  panic: false,
  serverNowMs: now + 1_000,
};

const run = (dispatchChange: Partial<Dispatch> = {}, factsChange: Partial<AdmissionFacts> = {}): ErrorCode | "admitted" => {
  const admission = admit({ ...dispatch, ...dispatchChange }, { ...facts, ...factsChange });
  return admission.ok ? "admitted" : admission.code;
};

const reading = (risk: AdmissionFacts["own"]["risk"], programKnown = true): Partial<AdmissionFacts> => ({
  own: { ...facts.own, risk, commands: [{ risk, programKnown }] },
});
/** Safe by its text, and not on this host. */
const asking: Partial<AdmissionFacts> = {
  own: { ...facts.own, risk: "safe", commands: [{ risk: "safe", programKnown: true }], asksBecause: "It asks here." },
};
const dangerous = {
  dispatch: { risk: "dangerous" } as const,
  facts: { ...reading("dangerous"), grant: { ...grant, risk: "dangerous", method: "typed" } } satisfies Partial<AdmissionFacts>,
};
const local = (change: Partial<AdmissionFacts["local"]>): AdmissionFacts["local"] => ({ ...facts.local, ...change });
const line: AllowLine = { program: "kubectl", arguments: ["rollout", "restart", "*"], pathPrefix: null, maxRisk: "dangerous" };

describe("admit", () => {
  it("runs a granted step and says that it does not count against the rate of automatic ones", () => {
    expect(admit(dispatch, facts)).toEqual({ ok: true, automatic: false, risk: "caution" });
  });

  it("runs a proven-safe step without a grant", () => {
    expect(admit({ ...dispatch, risk: "safe" }, { ...facts, ...reading("safe"), grant: null })).toEqual({
      ok: true,
      automatic: true,
      risk: "safe",
    });
  });

  it("takes a person's word for a safe text that asks on this host, and reports the risk of the text", () => {
    const refused = admit({ ...dispatch, risk: "safe" }, { ...facts, ...asking, grant: null });
    expect(refused).toMatchObject({ code: "AGENT_STRICTER", message: "It asks here." });
    const granted = admit({ ...dispatch, risk: "safe" }, { ...facts, ...asking, grant: { ...grant, risk: "safe" } });
    expect(granted).toEqual({ ok: true, automatic: false, risk: "safe" });
  });

  it.each<[string, ErrorCode | "admitted", Partial<Dispatch>, Partial<AdmissionFacts>]>([
    ["panic", "PANIC_ACTIVE", {}, { panic: true }],
    ["an attempt that the journal knows", "DUPLICATE_DISPATCH", {}, { taken: true }],
    ["too late", "DISPATCH_LATE", {}, { serverNowMs: dispatch.notAfterMs + 1 }],
    ["the last moment", "admitted", {}, { serverNowMs: dispatch.notAfterMs }],
    ["no server time", "DISPATCH_LATE", {}, { serverNowMs: Number.NaN }],
    ["no time limit", "DISPATCH_LATE", { notAfterMs: Number.NaN }, {}],
    ["the life of a grant", "admitted", { notAfterMs: now + grantLifetimeMs + 5_000 }, { serverNowMs: now }],
    ["a longer life than a grant's", "DISPATCH_LATE", { notAfterMs: now + grantLifetimeMs + 5_001 }, { serverNowMs: now }],
    ["good for ever", "DISPATCH_LATE", { notAfterMs: Number.POSITIVE_INFINITY }, {}],
    ["no plan by the agent's own parse", "STEP_NOT_RUNNABLE", {}, { own: { ...facts.own, plan: null } }],
    ["another digest by the agent's own parse", "DIGEST_MISMATCH", {}, { own: { ...facts.own, digest: "e".repeat(64) } }],
    ["another digest in the dispatch", "DIGEST_MISMATCH", { digest: "e".repeat(64) }, {}],
    ["an execution that was never announced", "NOT_ANNOUNCED", {}, { announcement: null }],
    ["a step that was never announced", "NOT_ANNOUNCED", { stepExecutionId: "other" }, {}],
    ["a second attempt without amendment", "NOT_ANNOUNCED", { attempt: 2 }, { grant: { ...grant, attempt: 2 } }],
    ["a second attempt with amendment", "admitted", { attempt: 2 }, { grant: { ...grant, attempt: 2 }, amendments: [amendment] }],
    ["an amendment for another digest", "DIGEST_MISMATCH", { attempt: 2 }, { amendments: [{ ...amendment, digest: "e".repeat(64) }] }],
    ["an amendment that nobody answers for", "ANNOUNCEMENT_INVALID", { attempt: 2 }, { amendments: [{ ...amendment, by: null }] }],
    ["an amendment of another execution", "ANNOUNCEMENT_INVALID", { attempt: 2 }, { amendments: [{ ...amendment, execution: "x" }] }],
    ["an announcement for another agent", "ANNOUNCEMENT_INVALID", {}, { announcement: { ...announcement, agent: "x" } }],
    ["an announcement of another tenant", "ANNOUNCEMENT_INVALID", {}, { announcement: { ...announcement, tenant: "x" } }],
    ["an announcement of another execution", "ANNOUNCEMENT_INVALID", {}, { announcement: { ...announcement, execution: "x" } }],
    [
      "a fixed digest that differs",
      "DIGEST_MISMATCH",
      {},
      { announcement: { ...announcement, steps: [{ ...announcement.steps[0]!, digest: "e".repeat(64) }] } },
    ],
    [
      "more risk than announced",
      "NOT_ANNOUNCED",
      {},
      { announcement: { ...announcement, steps: [{ ...announcement.steps[0]!, max_risk: "safe" }] } },
    ],
    ["an environment name that is not listed", "ENVIRONMENT_NOT_ALLOWED", { environmentNames: ["REGION", "LD_PRELOAD"] }, {}],
    ["another trust level than announced", "AGENT_TRUST_MISMATCH", { trustLevel: 1 }, {}],
    ["a trust level above the local one", "AGENT_TRUST_MISMATCH", {}, { local: local({ maxTrustLevel: 1 }) }],
    [
      "a step that this trust level only suggests",
      "AGENT_TRUST_MISMATCH",
      { trustLevel: 1 },
      { announcement: { ...announcement, trust_level: 1 } },
    ],
    [
      "a step that this trust level blocks",
      "AGENT_TRUST_MISMATCH",
      { trustLevel: 0 },
      { announcement: { ...announcement, trust_level: 0 } },
    ],
    ["no grant for a state change", "GRANT_MISSING", {}, { grant: null }],
    ["no grant for a state change called safe by the server", "AGENT_STRICTER", { risk: "safe" }, { grant: null }],
    ["no grant where a second key is missing", "GRANT_MISSING", {}, { ...reading("safe"), grant: null }],
    [
      "no grant for a safe step under strict governance",
      "GRANT_MISSING",
      { risk: "safe" },
      { ...reading("safe"), grant: null, announcement: { ...announcement, governance_mode: "strict" } },
    ],
    [
      "no grant for a safe step at level 1",
      "GRANT_MISSING",
      { risk: "safe", trustLevel: 1 },
      { ...reading("safe"), grant: null, announcement: { ...announcement, trust_level: 1 } },
    ],
    ["no grant for a text that asks on this host", "AGENT_STRICTER", { risk: "safe" }, { ...asking, grant: null }],
    [
      "a grant for a text that asks on a host with a lower ceiling",
      "CEILING_EXCEEDED",
      { risk: "safe" },
      { ...asking, grant: { ...grant, risk: "safe" }, local: local({ ceiling: "safe" }) },
    ],
    ["a scan above the grant", "AGENT_STRICTER", {}, reading("unknown")],
    ["a foreign grant", "GRANT_FOREIGN", {}, { grant: { ...grant, agent: "x" } }],
    ["an edited command under an old grant", "GRANT_MISMATCH", {}, { grant: { ...grant, digest: "e".repeat(64) } }],
    ["a replayed grant of an earlier attempt", "GRANT_MISMATCH", { attempt: 2 }, { amendments: [amendment] }],
    ["a late grant", "GRANT_EXPIRED", { notAfterMs: now + grantLifetimeMs + 5 }, { serverNowMs: now + grantLifetimeMs }],
    ["a grant from the future", "GRANT_NOT_YET_VALID", {}, { serverNowMs: now - 60_000 }],
    ["a grant below the server's own risk", "GRANT_RISK_EXCEEDED", { risk: "unknown" }, { local: local({ ceiling: "unknown" }) }],
    [
      "a click for a dangerous step",
      "GRANT_METHOD",
      dangerous.dispatch,
      { ...dangerous.facts, grant: { ...dangerous.facts.grant, method: "click" }, local: local({ ceiling: "dangerous" }) },
    ],
    ["a dangerous step under the default ceiling", "CEILING_EXCEEDED", dangerous.dispatch, dangerous.facts],
    [
      "a dangerous step under a raised ceiling",
      "admitted",
      dangerous.dispatch,
      { ...dangerous.facts, local: local({ ceiling: "dangerous" }) },
    ],
    ["a dangerous step with an allow line", "admitted", dangerous.dispatch, { ...dangerous.facts, local: local({ allow: [line] }) }],
    [
      "an allow line up to a lower risk",
      "CEILING_EXCEEDED",
      dangerous.dispatch,
      { ...dangerous.facts, local: local({ allow: [{ ...line, maxRisk: "unknown" }] }) },
    ],
    [
      "an allow line of another shape",
      "CEILING_EXCEEDED",
      dangerous.dispatch,
      { ...dangerous.facts, local: local({ allow: [{ ...line, arguments: ["get", "*"] }] }) },
    ],
    [
      "an unknown command under ceiling caution",
      "CEILING_EXCEEDED",
      { risk: "unknown" },
      { ...reading("unknown"), grant: { ...grant, risk: "unknown" } },
    ],
    [
      "a program without rules, whatever the ceiling",
      "PROGRAM_NOT_ALLOWED",
      { risk: "unknown" },
      { ...reading("unknown", false), grant: { ...grant, risk: "unknown" }, local: local({ ceiling: "dangerous" }) },
    ],
    [
      "a program without rules but with an allow line",
      "admitted",
      { risk: "unknown" },
      { ...reading("unknown", false), grant: { ...grant, risk: "unknown" }, local: local({ allow: [line] }) },
    ],
    ["readings of another plan", "CEILING_EXCEEDED", {}, { own: { ...facts.own, commands: [] } }],
  ])("%s: %s", (_name, expected, dispatchChange, factsChange) => {
    expect(run(dispatchChange, factsChange)).toBe(expected);
  });

  it("wants an allow line for each command above the ceiling, and for all of them where only their combination is", () => {
    const plan = planOf(command("cat", "/tmp/x"), command("kubectl", "rollout", "restart", "deploy/x"));
    const own = (first: "safe" | "dangerous", second: "safe" | "dangerous"): AdmissionFacts["own"] => ({
      plan,
      digest,
      risk: "dangerous",
      commands: [
        { risk: first, programKnown: true },
        { risk: second, programKnown: true },
      ],
    });
    const allowed = { ...dangerous.facts, local: local({ allow: [line] }) };
    expect(run(dangerous.dispatch, { ...allowed, own: own("safe", "dangerous") })).toBe("admitted");
    expect(run(dangerous.dispatch, { ...allowed, own: own("dangerous", "dangerous") })).toBe("CEILING_EXCEEDED");
    expect(run(dangerous.dispatch, { ...allowed, own: own("safe", "safe") })).toBe("CEILING_EXCEEDED");
  });

  const tampered = (rules?: AdmissionRules) =>
    fc.property(fc.constantFrom("tenant", "agent", "execution", "step_execution", "attempt", "digest"), fc.string(), (name, text) => {
      const value = name === "attempt" ? text.length + 2 : `${text}!`;
      expect(admit(dispatch, { ...facts, grant: { ...grant, [name]: value } }, rules).ok).toBe(false);
    });

  it("admits no grant in which any one field is changed", () => {
    fc.assert(tampered());
  });

  it("is seen to break with a grant check that says yes, or a gate that lets everything run", () => {
    expect(fc.check(tampered({ gate, rollbackGate, checkGrant: () => ({ ok: true }) })).failed).toBe(true);
    const suggested = {
      dispatch: { ...dispatch, trustLevel: 1 } as const,
      facts: { ...facts, announcement: { ...announcement, trust_level: 1 } as const },
    };
    expect(admit(suggested.dispatch, suggested.facts).ok).toBe(false);
    expect(admit(suggested.dispatch, suggested.facts, { gate: () => "auto", rollbackGate, checkGrant }).ok).toBe(true);
  });

  describe("a way back", () => {
    const undo: Amendment = { ...amendment, step_execution: "u", attempt: 1, reason: "rollback", parent_step_execution: "s" };
    const admitted = (change: Partial<Dispatch>, more: Partial<AdmissionFacts> = {}): string => {
      const given = { ...grant, step_execution: "u", risk: change.risk ?? grant.risk, method: "typed" } as const;
      const answer = admit(
        { ...dispatch, stepExecutionId: "u", ...change },
        { ...facts, amendments: [{ ...undo, max_risk: change.risk ?? "caution" }], grant: given, ...more },
      );
      return answer.ok ? "admitted" : answer.code;
    };
    const level = (trust_level: 0 | 1 | 2) => ({ announcement: { ...announcement, trust_level } });

    it("is admitted at any trust level, by a grant", () => {
      expect(([0, 1, 2] as const).map((trust) => admitted({ trustLevel: trust }, level(trust)))).toEqual(Array(3).fill("admitted"));
      expect(admitted({ trustLevel: 0 }, { ...level(0), grant: null })).toBe("GRANT_MISSING");
      expect(admitted({ trustLevel: 0, risk: "safe" }, { ...level(0), ...reading("safe"), grant: null })).toBe("GRANT_MISSING");
    });

    it("still meets panic, the ceiling and the level that was pinned", () => {
      expect(admitted({}, { panic: true })).toBe("PANIC_ACTIVE");
      expect(admitted({}, { local: local({ ceiling: "safe" }) })).toBe("CEILING_EXCEEDED");
      expect(admitted({ trustLevel: 1 }, level(2))).toBe("AGENT_TRUST_MISMATCH");
    });

    it("leads back from a step that was announced, and the word edit in its place gets the whole gate", () => {
      expect(admitted({}, { amendments: [{ ...undo, parent_step_execution: "elsewhere" }] })).toBe("NOT_ANNOUNCED");
      expect(admitted({}, { amendments: [{ ...undo, parent_step_execution: "u" }] })).toBe("NOT_ANNOUNCED");
      expect(admitted({ trustLevel: 0 }, { ...level(0), amendments: [{ ...undo, reason: "edit" }] })).toBe("AGENT_TRUST_MISMATCH");
    });

    it("is seen to run by itself with a gate that lets it", () => {
      const safe = { ...dispatch, stepExecutionId: "u", risk: "safe", trustLevel: 0 } as const;
      const untold = { ...facts, ...level(0), ...reading("safe"), amendments: [undo], grant: null };
      expect(admit(safe, untold).ok).toBe(false);
      expect(admit(safe, untold, { gate, rollbackGate: () => "auto", checkGrant }).ok).toBe(true);
    });
  });

  it("never becomes more permissive when the agent's own scan is stricter", () => {
    const risks = ["safe", "caution", "unknown", "dangerous"] as const;
    const outcome = (
      own: (typeof risks)[number],
      granted: (typeof risks)[number] | null,
      ceiling: (typeof risks)[number],
      method: Grant["method"],
    ): boolean =>
      run(
        { risk: granted ?? "safe" },
        { ...reading(own), grant: granted === null ? null : { ...grant, risk: granted, method }, local: local({ ceiling }) },
      ) === "admitted";
    for (const granted of [null, ...risks])
      for (const ceiling of risks)
        for (const method of ["click", "typed"] as const) {
          const admitted = risks.map((own) => outcome(own, granted, ceiling, method));
          expect(admitted).toEqual([...admitted].sort((a, b) => Number(b) - Number(a)));
        }
  });
});
