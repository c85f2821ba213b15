import { describe, expect, it } from "vitest";
import { adviseOnError } from "./advise-on-error.ts";

const refusal = (code: string, status: number) => ({ code, status, message: "It says.", requestId: "r-1" });

describe("adviseOnError", () => {
  it("never claims to know what a lost call did", () => {
    expect(adviseOnError(null).next).toContain("not known whether it arrived");
  });
  it.each([
    [
      "by code before status",
      refusal("DIGEST_MISMATCH", 409),
      "The step changed since you read it. Nothing ran. Read it again, then decide.",
    ],
    ["by status", refusal("NOT_FOUND", 404), "It may have been deleted, or it belongs to another organisation."],
    ["a failure of the server", refusal("INTERNAL", 500), "Try again. If it stays, send the code and the request id to your admin."],
    ["a refusal that explains itself", refusal("VALIDATION_FAILED", 422), ""],
  ])("%s", (_name, facts, next) => {
    expect(adviseOnError(facts)).toEqual({ code: facts.code, message: "It says.", requestId: "r-1", next });
  });
});
