import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuditDraft, verifyLine } from "@dd0c/core";
import { afterAll, describe, expect, it } from "vitest";
import { openAuditFile, readAuditEvents, sha256 } from "./audit-file.ts";
import { RunEnd } from "@dd0c/executor";

const folder = mkdtempSync(join(tmpdir(), "dd0c-record-"));
afterAll(() => rmSync(folder, { recursive: true }));

const draft = (note: string): AuditDraft => ({
  type: "execution.paused",
  schema_version: 1,
  tenant: "local",
  execution: "e",
  step_execution: null,
  runbook: "r",
  actor: { type: "user", id: "u", via: "cli" },
  occurred_at: "2026-01-01T00:00:00.000Z",
  recorded_at: "2026-01-01T00:00:00.000Z",
  late: false,
  source_ip: null,
  data: { reason: "human", note },
});

let count = 0;
const written = async (): Promise<string> => {
  const path = join(folder, `${(count += 1)}.jsonl`);
  const file = await openAuditFile(path, "local");
  await file.append([draft("one"), draft("two")]);
  await file.append([draft("three")]);
  await file.close();
  return path;
};

describe("the record on disk", () => {
  it("is an export that verifies line by line, readable by its owner alone, and goes on where it was", async () => {
    const path = await written();
    const again = await openAuditFile(path, "another");
    expect(again.known.map(({ data }) => data["note"])).toEqual(["one", "two", "three"]);
    expect(again.head()).toMatchObject({ chain: "local", seq: 3 });
    await again.append([draft("four")]);
    await again.close();
    let head: Parameters<typeof verifyLine>[0] = null;
    for (const line of readFileSync(path, "utf8").trimEnd().split("\n")) {
      const step = verifyLine(head, line, sha256);
      expect(step.ok).toBe(true);
      if (step.ok) head = step.head;
    }
    expect(head).toMatchObject({ seq: 4 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("loses a last line that was not finished, and nothing else", async () => {
    const path = await written();
    const whole = readFileSync(path);
    appendFileSync(path, whole.subarray(0, 50));
    expect((await readAuditEvents(path)).length).toBe(3);
    expect(readFileSync(path).length).toBe(whole.length + 50);
    const file = await openAuditFile(path, "local");
    await file.close();
    expect(readFileSync(path).equals(whole)).toBe(true);
  });

  it("is refused with any byte changed, a line taken out, or lines swapped", async () => {
    const path = await written();
    const whole = readFileSync(path);
    const lines = whole.toString().trimEnd().split("\n");
    const broken: Buffer[] = [];
    for (let at = 0; at < whole.length; at += 37) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      broken.push(bytes);
    }
    broken.push(Buffer.from(`${[lines[0], lines[2]].join("\n")}\n`), Buffer.from(`${[lines[1], lines[0]].join("\n")}\n`));
    for (const bytes of broken) {
      writeFileSync(path, bytes);
      await expect(readAuditEvents(path)).rejects.toBeInstanceOf(RunEnd);
      await expect(openAuditFile(path, "local")).rejects.toMatchObject({ code: 6 });
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
  });

  it("ends the walk where it cannot be written", async () => {
    await expect(openAuditFile(join(folder, "missing/x.jsonl"), "local")).rejects.toMatchObject({ code: 6 });
    const file = await openAuditFile(await written(), "local");
    await file.close();
    await expect(file.append([draft("x")])).rejects.toMatchObject({ code: 6 });
    // Nobody knows what of it is on the disk: nothing is written behind it.
    await expect(file.append([draft("y")])).rejects.toMatchObject({ code: 6, message: expect.stringContaining("before") as string });
  });
});
