import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strictestLayer } from "@dd0c/core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openSystemPolicy } from "./system-policy.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-policy-"));
const file = join(folder, "policy.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said: object[] = [];
const logger = { info: (what: object) => void said.push(what), error: (what: object) => void said.push(what) };
beforeEach(() => void said.splice(0));
const write = (content: unknown): void => writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
const codes = (): unknown[] => said.map((what) => ("code" in what ? what.code : "read"));

describe("policy.json", () => {
  it("is not needed", () => {
    expect(openSystemPolicy(undefined, logger).current()).toEqual({});
  });

  it("says what it says, in every field", () => {
    write({ governance_mode: "strict", dangerous_steps: "block", max_trust_level: 1, dangerous_approver: "not_the_starter" });
    expect(openSystemPolicy(file, logger).current()).toEqual({
      governanceMode: "strict",
      dangerousSteps: "block",
      maxTrustLevel: 1,
      dangerousApprover: "not_the_starter",
    });
    write({ author_approval: "after_24_hours", peer_review: "required", max_auto_share_percent: 40 });
    expect(openSystemPolicy(file, logger).current()).toEqual({
      authorApproval: "after_24_hours",
      peerReview: "required",
      maxAutoSharePercent: 40,
    });
  });

  it.each([
    ["a field that is not known", { governance: "strict" }, '"governance" is not a field of a policy'],
    ["a value that is not allowed", { max_trust_level: 3 }, "max_trust_level has a value that is not allowed"],
    ["null instead of a value", { peer_review: null }, "peer_review has a value that is not allowed"],
    ["a list", [], "the file does not hold one JSON object"],
    ["no JSON", "{", "it is not JSON"],
    ["nothing", "", "it is not JSON"],
  ])("refuses %s at start, and says what without saying the value", (_name, content, why) => {
    write(content);
    expect(() => openSystemPolicy(file, logger)).toThrow(
      expect.objectContaining({ code: "POLICY_INVALID", message: expect.stringContaining(why) as string }),
    );
  });

  it("refuses a path without a file at start", () => {
    expect(() => openSystemPolicy(join(folder, "none.json"), logger)).toThrow(expect.objectContaining({ code: "POLICY_INVALID" }));
  });

  it("is read again when it changes, at its strictest while it is wrong or gone, and says so once", () => {
    write({});
    const policy = openSystemPolicy(file, logger);
    write({ max_trust_level: 0 });
    expect([policy.current(), policy.current()]).toEqual([{ maxTrustLevel: 0 }, { maxTrustLevel: 0 }]);
    write('{ "max_trust_level": ');
    expect([policy.current(), policy.current()]).toEqual([strictestLayer, strictestLayer]);
    renameSync(file, `${file}.away`);
    expect(policy.current()).toEqual(strictestLayer);
    write({ peer_review: "required" });
    expect(policy.current()).toEqual({ peerReview: "required" });
    expect(codes()).toEqual(["read", "POLICY_INVALID", "POLICY_INVALID", "read"]);
  });
});
