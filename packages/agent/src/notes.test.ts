// What was not believed is kept once each, cut to a length, and not without end; plans take no more additions than any run has.
import { announcementBytes, type Amendment } from "@dd0c/core";
import type { JournalEntry } from "@dd0c/executor";
import type { SignedDocument } from "@dd0c/protocol/agent";
import { expect, it } from "vitest";
import { announcedPlans } from "./announced-plans.ts";
import { notes } from "./notes.ts";

function journal() {
  const entries: JournalEntry[] = [];
  return { entries, append: async (entry: JournalEntry) => ({ ...entry, seq: entries.push(entry), at: "" }) };
}

it("keeps each once, cut to a length", () => {
  const { entries, append } = journal();
  const note = notes({ append }, () => undefined);
  for (const execution of ["e1", "e1", "e2", "x".repeat(5_000)]) note("unsigned_announcement", { execution });
  note("clock_back", { ms: "5" });
  expect(entries.map((entry) => entry.type === "noted" && Object.values(entry.detail).join().length)).toEqual([2, 2, 100, 1]);
});

it("keeps a thousand, says that there were more, and then nothing", () => {
  const { entries, append } = journal();
  const note = notes({ append }, () => undefined);
  for (let at = 0; at < 5_000; at += 1) note("unsigned_announcement", { execution: `e${at}` });
  expect(entries).toHaveLength(1_001);
  expect(entries.at(-1)).toMatchObject({ type: "noted", note: "more_left_out" });
});

it("takes a thousand additions to one plan, and no more", () => {
  const text = (document: SignedDocument | undefined) => (document === undefined ? null : Buffer.from(document.payload).toString());
  const plans = announcedPlans(text);
  const amendment: Amendment = {
    ...{ kind: "dd0c.amendment.v1", tenant: "t", agent: "a", execution: "e", step_execution: "s", attempt: 1, digest: "d".repeat(64) },
    ...{ max_risk: "safe", reason: "unlisted", by: "riley", parent_step_execution: null, issued_at: 1 },
  } as const;
  const amend = (attempt: number) => {
    const payload = Buffer.from(announcementBytes({ ...amendment, attempt }));
    return plans.amend({ executionId: "e", amendment: { payload, signature: Buffer.alloc(0), keyId: "" } });
  };
  const answers = Array.from({ length: 1_002 }, (_, at) => amend(at + 1));
  expect([answers.slice(0, 1_000).every((each) => each === null), answers.slice(1_000)]).toEqual([
    true,
    ["too_many_amendments", "too_many_amendments"],
  ]);
  expect(plans.find("e").amendments).toHaveLength(1_000);
});
