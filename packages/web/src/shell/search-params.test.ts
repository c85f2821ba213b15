import { describe, expect, it } from "vitest";
import { readAuditSearch, readExecutionsSearch, readRunbookSearch, readRunbooksSearch } from "./search-params.ts";

describe("search parameters", () => {
  it.each([
    ["text stays", readRunbooksSearch({ q: "disk", service: "" }), { q: "disk", service: undefined }],
    ["a number in a search box is text", readRunbooksSearch({ q: 42 }), { q: "42", service: undefined }],
    ["known tab and version", readRunbookSearch({ tab: "versions", version: 2 }), { tab: "versions", version: 2 }],
    ["unknown tab, absurd version", readRunbookSearch({ tab: "secrets", version: -1 }), { tab: undefined, version: undefined }],
    ["known status", readExecutionsSearch({ status: "paused" }), { status: "paused" }],
    ["a status that is none", readExecutionsSearch({ status: "toString" }), { status: undefined }],
    [
      "audit filter",
      readAuditSearch({ type: "step.approved", x: 1 }),
      { type: "step.approved", execution_id: undefined, runbook_id: undefined },
    ],
  ])("%s", (_name, read, expected) => {
    expect(read).toEqual(expected);
  });
});
