import { describe, expect, it } from "vitest";
import { canonicalJson } from "../canonical-json.ts";
import type { ErrorCode } from "../errors.ts";
import { checkGrant, type Grant, type GrantExpectation, grantBytes, grantLifetimeMs, parseGrant } from "./grant.ts";

const now = 1_800_000_000_000;
const grant: Grant = {
  kind: "dd0c.grant.v1",
  tenant: "t",
  agent: "a",
  execution: "e",
  step_execution: "s",
  attempt: 1,
  digest: "d".repeat(64),
  risk: "caution",
  approver: "riley",
  method: "click",
  issued_at: now,
  expires_at: now + grantLifetimeMs,
};
const expectation: GrantExpectation = {
  tenant: "t",
  agent: "a",
  execution: "e",
  stepExecution: "s",
  attempt: 1,
  digest: grant.digest,
  risk: "caution",
};

const check = (change: Partial<Grant>, expected: Partial<GrantExpectation> = {}, nowMs = now): ErrorCode | "ok" => {
  const checked = checkGrant({ ...grant, ...change }, { ...expectation, ...expected }, nowMs);
  return checked.ok ? "ok" : checked.code;
};

describe("checkGrant", () => {
  it.each([
    ["exactly this step", {}, {}, now, "ok"],
    ["until the last millisecond", {}, {}, now + grantLifetimeMs - 1, "ok"],
    ["a milder command than granted", { risk: "unknown" }, { risk: "caution" }, now, "ok"],
    ["typed for a mild command", { method: "typed" }, {}, now, "ok"],
    ["typed for a dangerous command", { method: "typed", risk: "dangerous" }, { risk: "dangerous" }, now, "ok"],
    ["a clock a little ahead", {}, {}, now - 5_000, "ok"],
    ["another tenant", { tenant: "x" }, {}, now, "GRANT_FOREIGN"],
    ["another agent", { agent: "x" }, {}, now, "GRANT_FOREIGN"],
    ["another execution", { execution: "x" }, {}, now, "GRANT_FOREIGN"],
    ["another step", { step_execution: "x" }, {}, now, "GRANT_FOREIGN"],
    ["another attempt", { attempt: 2 }, {}, now, "GRANT_MISMATCH"],
    ["another digest", { digest: "e".repeat(64) }, {}, now, "GRANT_MISMATCH"],
    ["expired", {}, {}, now + grantLifetimeMs, "GRANT_EXPIRED"],
    ["a longer life than grants have", { expires_at: now + grantLifetimeMs + 1 }, {}, now, "GRANT_EXPIRED"],
    ["no time at all", {}, {}, Number.NaN, "GRANT_NOT_YET_VALID"],
    ["from the future", {}, {}, now - 5_001, "GRANT_NOT_YET_VALID"],
    ["a riskier command", {}, { risk: "unknown" }, now, "GRANT_RISK_EXCEEDED"],
    ["dangerous by a click", { risk: "dangerous" }, { risk: "dangerous" }, now, "GRANT_METHOD"],
  ] as const)("%s: %s", (_name, change, expected, nowMs, result) => {
    expect(check(change, expected, nowMs)).toBe(result);
  });
});

describe("parseGrant", () => {
  const text = canonicalJson(grant);

  it("reads what was signed", () => {
    expect(parseGrant(text)).toEqual(grant);
    expect(new TextDecoder().decode(grantBytes(grant))).toBe(text);
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "null"],
    ["an array", "[]"],
    ["another kind of document", canonicalJson({ ...grant, kind: "dd0c.amendment.v1" })],
    ["a field too many", canonicalJson({ ...grant, note: "x" })],
    ["a blank", text.replace(",", ", ")],
    ["a doubled field", text.replace('"agent":"a"', '"agent":"b","agent":"a"')],
    ["a time as text", canonicalJson({ ...grant, expires_at: "1" })],
    ["a negative attempt", canonicalJson({ ...grant, attempt: -1 })],
    ["an unknown risk", canonicalJson({ ...grant, risk: "none" })],
    ["an empty approver", canonicalJson({ ...grant, approver: "" })],
    ["a digest that is none", canonicalJson({ ...grant, digest: "D".repeat(64) })],
  ])("refuses %s", (_name, bad) => {
    expect(parseGrant(bad)).toBeNull();
  });

  it.each(Object.keys(grant))("refuses a grant without %s", (name) => {
    expect(parseGrant(canonicalJson({ ...grant, [name]: undefined }))).toBeNull();
  });
});
