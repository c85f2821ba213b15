import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Actor } from "./actor.ts";
import { authorWaitMs, type DangerousApproval, refuseByApprovalRules, refuseUnreviewed, type VersionFacts } from "./approval-rules.ts";
import { effectivePolicy, type PolicyLayer, strictestLayer } from "./policy.ts";

const riley: Actor = { type: "user", id: "riley", via: "web" };
const morgan: Actor = { type: "user", id: "morgan", via: "web" };
const nowMs = 1_800_000_000_000;
const policy = (layer: PolicyLayer) => effectivePolicy({ system: layer, tenant: { governanceMode: "audit" }, runbook: {} });
const version = (change: Partial<VersionFacts> = {}): VersionFacts => ({
  writtenBy: morgan,
  writtenAtMs: nowMs - 1,
  reviewed: false,
  ...change,
});

const asked = (layer: PolicyLayer, change: Partial<DangerousApproval> = {}): DangerousApproval => ({
  policy: policy(layer),
  risk: "dangerous",
  wayBack: false,
  actor: riley,
  starterId: "jordan",
  version: version(),
  nowMs,
  ...change,
});
const codeOf = (approval: DangerousApproval): string | null => refuseByApprovalRules(approval)?.code ?? null;

describe("who approves a dangerous step", () => {
  const another = { dangerousApprover: "not_the_starter" } as const;
  const later = { authorApproval: "after_24_hours" } as const;
  it.each<[string, DangerousApproval, string | null]>([
    ["anyone, where no policy says otherwise", asked({}, { starterId: "riley", version: version({ writtenBy: riley }) }), null],
    ["not the starter", asked(another, { starterId: "riley" }), "APPROVER_IS_STARTER"],
    ["somebody else", asked(another), null],
    ["the starter, for less than dangerous", asked(another, { starterId: "riley", risk: "unknown" }), null],
    [
      "the starter, for a risk that nobody knows",
      asked(another, { starterId: "riley", risk: "harmless" as "safe" }),
      "APPROVER_IS_STARTER",
    ],
    ["the starter, for a way back as it was recorded", asked(another, { starterId: "riley", wayBack: true }), null],
    ["not the author of today", asked(later, { actor: morgan }), "APPROVER_IS_AUTHOR"],
    [
      "not the author, a millisecond early",
      asked(later, { actor: morgan, version: version({ writtenAtMs: nowMs - authorWaitMs + 1 }) }),
      "APPROVER_IS_AUTHOR",
    ],
    ["the author of yesterday", asked(later, { actor: morgan, version: version({ writtenAtMs: nowMs - authorWaitMs }) }), null],
    [
      "not the author of tomorrow (a clock that was set back)",
      asked(later, { actor: morgan, version: version({ writtenAtMs: nowMs + authorWaitMs }) }),
      "APPROVER_IS_AUTHOR",
    ],
    ["another approver", asked(later), null],
    [
      "nobody, while a key wrote it today",
      asked(later, { version: version({ writtenBy: { type: "user", id: "key-1", via: "api_key" } }) }),
      "APPROVER_IS_AUTHOR",
    ],
    ["anyone, for what came with the product", asked(later, { version: version({ writtenBy: null }) }), null],
  ])("%s", (_name, approval, code) => {
    expect(codeOf(approval)).toBe(code);
  });

  it("names the layer that asks for it", () => {
    expect(refuseByApprovalRules(asked(another, { starterId: "riley" }))?.message).toContain("policy.json");
    expect(refuseByApprovalRules(asked(later, { actor: morgan }))?.message).toContain("policy.json");
  });

  it("refuses more under a stricter policy, never less", () => {
    const layer = fc.record({
      dangerousApprover: fc.constantFrom("anyone" as const, "not_the_starter" as const),
      authorApproval: fc.constantFrom("at_once" as const, "after_24_hours" as const),
      dangerousStepUp: fc.constantFrom("not_needed" as const, "web" as const),
    });
    const one = fc.record({
      risk: fc.constantFrom("safe" as const, "caution" as const, "unknown" as const, "dangerous" as const),
      wayBack: fc.boolean(),
      actor: fc.constantFrom(riley, morgan, { ...riley, via: "slack" } as const),
      starterId: fc.constantFrom("riley", "morgan", "jordan"),
      version: fc.constantFrom(version(), version({ writtenAtMs: 0 }), version({ writtenBy: null })),
    });
    fc.assert(
      fc.property(layer, one, (loose, change) => {
        const refused = refuseByApprovalRules(asked(loose, change)) !== null;
        const strictest = refuseByApprovalRules(asked(strictestLayer, change)) !== null;
        expect(strictest || !refused).toBe(true);
        if (strictest || change.risk !== "dangerous") return;
        expect(change.actor.via).toBe("web");
        // Under the strictest, nobody approves a dangerous step of their own run or of their own version of today.
        if (change.wayBack) return;
        expect(change.actor.id).not.toBe(change.starterId);
        expect(change.version.writtenBy?.id === change.actor.id && nowMs - change.version.writtenAtMs < authorWaitMs).toBe(false);
      }),
    );
  });
});

describe("where a dangerous step is confirmed", () => {
  const web = { dangerousStepUp: "web" } as const;
  const chat: Actor = { ...riley, via: "slack" };
  it.each<[string, DangerousApproval, string | null]>([
    ["anywhere, where no policy says otherwise", asked({}, { actor: chat }), null],
    ["not in a chat", asked(web, { actor: chat }), "STEP_UP_REQUIRED"],
    ["not in a chat, for a risk that nobody knows", asked(web, { actor: chat, risk: "harmless" as "safe" }), "STEP_UP_REQUIRED"],
    ["not in a chat, for a way back either", asked(web, { actor: chat, wayBack: true }), "STEP_UP_REQUIRED"],
    ["in a chat, for less than dangerous", asked(web, { actor: chat, risk: "unknown" }), null],
    ["in a browser", asked(web), null],
    ["at the person's own terminal", asked(web, { actor: { ...riley, via: "cli" } }), null],
    ["with a recovery code, which a browser session gave out", asked(web, { actor: { ...riley, via: "agent" } }), null],
    ["through no door of a later release", asked(web, { actor: { ...riley, via: "pigeon" as "web" } }), "STEP_UP_REQUIRED"],
  ])("%s", (_name, approval, code) => {
    expect(codeOf(approval)).toBe(code);
  });

  it("names the layer that asks for it", () => {
    expect(refuseByApprovalRules(asked(web, { actor: chat }))?.message).toContain("policy.json");
  });
});

describe("peer review", () => {
  it.each<[string, PolicyLayer, VersionFacts, string | null]>([
    ["is not needed where no policy asks", {}, version(), null],
    ["is needed for what a member wrote", { peerReview: "required" }, version(), "REVIEW_REQUIRED"],
    ["was done", { peerReview: "required" }, version({ reviewed: true }), null],
    ["is not needed for what came with the product", { peerReview: "required" }, version({ writtenBy: null }), null],
  ])("%s", (_name, layer, facts, code) => {
    expect(refuseUnreviewed(policy(layer), facts)?.code ?? null).toBe(code);
  });
});
