import { describe, expect, it } from "vitest";
import { canonicalJson } from "../canonical-json.ts";
import { type Amendment, type Announcement, announcementBytes, parseAmendment, parseAnnouncement } from "./announcement.ts";

const step = { step_execution: "s", digest: null, template_hash: "0".repeat(64), max_risk: "safe" } as const;
const announcement: Announcement = {
  kind: "dd0c.announcement.v1",
  tenant: "t",
  agent: "a",
  execution: "e",
  runbook: "r",
  version: "v",
  trust_level: 2,
  governance_mode: "audit",
  issued_at: 1,
  steps: [step],
};
const amendment: Amendment = {
  kind: "dd0c.amendment.v1",
  tenant: "t",
  agent: "a",
  execution: "e",
  step_execution: "s",
  attempt: 2,
  digest: "1".repeat(64),
  max_risk: "caution",
  reason: "edit",
  by: "riley",
  parent_step_execution: null,
  issued_at: 1,
};

describe("signed plans", () => {
  it("read what was signed, and each only its own kind", () => {
    expect(parseAnnouncement(canonicalJson(announcement))).toEqual(announcement);
    expect(parseAmendment(canonicalJson(amendment))).toEqual(amendment);
    expect(parseAnnouncement(canonicalJson(amendment))).toBeNull();
    expect(parseAmendment(canonicalJson(announcement))).toBeNull();
    expect(new TextDecoder().decode(announcementBytes(amendment))).toBe(canonicalJson(amendment));
  });

  it.each([
    ["a level that does not exist", { ...announcement, trust_level: 4 }],
    ["another governance", { ...announcement, governance_mode: "full_auto" }],
    ["steps that are no list", { ...announcement, steps: {} }],
    ["a step with a field too many", { ...announcement, steps: [{ ...step, risk: "safe" }] }],
    ["a step without a risk", { ...announcement, steps: [{ ...step, max_risk: undefined }] }],
  ])("refuse an announcement with %s", (_name, bad) => {
    expect(parseAnnouncement(canonicalJson(bad))).toBeNull();
  });

  it.each([
    ["no digest", { ...amendment, digest: null }],
    ["another reason", { ...amendment, reason: "because" }],
    ["an empty name", { ...amendment, by: "" }],
  ])("refuse an amendment with %s", (_name, bad) => {
    expect(parseAmendment(canonicalJson(bad))).toBeNull();
  });
});
