import { describe, expect, it } from "vitest";
import { AppError, type ErrorCode, errorTable, isErrorCode, refuse } from "./errors.ts";

describe("the error table", () => {
  it("holds every code of the specification with its status", () => {
    const specified: Readonly<Record<string, number>> = {
      TRUST_LEVEL_EXCEEDED: 403,
      PARTY_MODE_ACTIVE: 423,
      AGENT_OFFLINE: 503,
      AGENT_TRUST_MISMATCH: 403,
      APPROVAL_TIMEOUT: 408,
      EXECUTION_ABORTED: 409,
      CLASSIFICATION_FAILED: 500,
      PARSE_FAILED: 422,
      RUNBOOK_NOT_FOUND: 404,
      BINARY_INTEGRITY_FAILED: 403,
      HUMAN_REQUIRED: 403,
    };
    expect(Object.fromEntries(Object.keys(specified).map((code) => [code, errorTable[code as ErrorCode]?.httpStatus]))).toEqual(specified);
  });

  it("is alphabetical, and says of each code what it means and what to do", () => {
    const codes = Object.keys(errorTable);
    expect(codes).toEqual([...codes].sort());
    for (const [code, { httpStatus, meaning, action }] of Object.entries(errorTable)) {
      expect(code).toMatch(/^[A-Z][A-Z_]+$/);
      expect(httpStatus, code).toBeGreaterThanOrEqual(400);
      expect(`${meaning} ${action}`, code).toMatch(/^[A-Z][^]+\. [A-Z][^]+\.$/);
    }
  });

  it("gives refusals and failures their sentence and status", () => {
    expect(refuse("HUMAN_REQUIRED")).toEqual({ ok: false, code: "HUMAN_REQUIRED", message: errorTable.HUMAN_REQUIRED.meaning });
    expect(refuse("FORBIDDEN", "more exact").message).toBe("more exact");
    const error = new AppError("RUNBOOK_NOT_FOUND", undefined, { id: "x" });
    expect([error.message, error.httpStatus, error.details]).toEqual([errorTable.RUNBOOK_NOT_FOUND.meaning, 404, { id: "x" }]);
    expect([isErrorCode("HUMAN_REQUIRED"), isErrorCode("toString")]).toEqual([true, false]);
  });
});
