import { describe, expect, it } from "vitest";
import { Run, startMs } from "../test/engine-fixture.ts";

describe("approval rules of a policy", () => {
  const morgan = { actor: { type: "user", id: "morgan", via: "web" } } as const;
  const fresh = { version: { writtenBy: morgan.actor, writtenAtMs: startMs, reviewed: false } } as const;

  it("let somebody other than the starter approve what is dangerous, under the policy of the moment", () => {
    const run = new Run(["dangerous"]).begin();
    run.advance();
    const policy = { dangerousApprover: "not_the_starter" } as const;
    expect(run.approve("s1", { policy }, ["target-of-s1"])).toBe("APPROVER_IS_STARTER");
    expect(run.approve("s1", { policy, ...morgan }, ["target-of-s1"])).toBe("step.approved step.dispatched");
  });

  it("let nobody confirm what is dangerous from a chat where the policy of the moment asks for a browser, not even a way back", () => {
    const chat = { actor: { type: "user", id: "riley", via: "slack" } } as const;
    const web = { dangerousStepUp: "web" } as const;
    const run = new Run(["caution", "dangerous"]).begin();
    run.advance();
    expect(run.approve("s1", { policy: web, ...chat })).toBe("step.approved step.dispatched");
    run.result("s1", 0);
    run.advance();
    expect(run.approve("s2", { policy: web, ...chat }, ["target-of-s2"])).toBe("STEP_UP_REQUIRED");
    expect(run.state.steps[1]).toMatchObject({ status: "awaiting_approval", grant: null });
    // The same person, the same names, through the other door; and through the chat again where the policy lets go.
    expect(run.approve("s2", { policy: web }, ["target-of-s2"])).toBe("step.approved step.dispatched");
    const other = new Run(["dangerous"]).begin();
    other.advance();
    expect(other.approve("s1", chat, ["target-of-s1"])).toBe("step.approved step.dispatched");
  });

  it("let the author of today approve only what is not dangerous", () => {
    const policy = { authorApproval: "after_24_hours" } as const;
    const run = new Run(["caution", "dangerous"]).begin();
    run.advance();
    expect(run.approve("s1", { policy, ...morgan, ...fresh })).toBe("step.approved step.dispatched");
    run.result("s1", 0);
    run.advance();
    expect(run.approve("s2", { policy, ...morgan, ...fresh }, ["target-of-s2"])).toBe("APPROVER_IS_AUTHOR");
    expect(run.approve("s2", { policy, ...fresh }, ["target-of-s2"])).toBe("step.approved step.dispatched");
  });

  it("keep a version that nobody else reviewed from starting, and from its first step", () => {
    const policy = { peerReview: "required" } as const;
    const run = new Run(["safe"]);
    const start = { type: "start", agentId: "agent-1", agentName: "local" } as const;
    const confirm = { type: "confirm-preflight", variables: [], checklist: [] } as const;
    expect(run.give(start, { policy, ...fresh })).toBe("REVIEW_REQUIRED");
    expect(run.give(start, fresh)).toBe("execution.started");
    expect(run.give(confirm, { policy, ...fresh })).toBe("REVIEW_REQUIRED");
    expect(run.give(confirm, { policy, version: { ...fresh.version, reviewed: true } })).toBe("execution.preflight_confirmed");
  });

  it("hold trust down from the start, and for the next step when the maximum falls in between", () => {
    const run = new Run(["caution", "caution"]).begin({ policy: { maxTrustLevel: 1 } });
    expect(run.state.trustLevel).toBe(1);
    const other = new Run(["caution", "caution"]).begin();
    expect(other.advance({ policy: { maxTrustLevel: 0 } })).toBe("step.blocked");
    expect(other.state.trustLevel).toBe(2);
    expect(other.state.steps[0]?.gateInputs).toMatchObject({ pinned_trust_level: 2, policy: { max_trust_level: 0 } });
  });
});
