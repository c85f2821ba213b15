import { execFileSync } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checkpoint, signedText } from "@dd0c/core";
import type { SignedDocument } from "@dd0c/protocol/agent";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signedDocuments } from "./signed-documents.ts";
import { openWitness, type Witness } from "./witness.ts";

const keyOf = () => generateKeyPairSync("ed25519");
const ours = keyOf();
const stranger = keyOf();
const keyId = "0123456789abcdef";
const readSigned = signedDocuments([{ id: keyId, spkiDer: ours.publicKey.export({ type: "spki", format: "der" }) }]);

const head = (letter: string): string => letter.repeat(64);
const checkpoint = (count: number, letter: string, change: Partial<Checkpoint> = {}): Checkpoint => ({
  kind: "dd0c.checkpoint.v1",
  chain: "t1",
  count,
  head: head(letter),
  taken_at: "2026-03-01T03:17:00.000Z",
  key_id: keyId,
  ...change,
});
function signed(statement: Checkpoint, key = ours.privateKey): SignedDocument {
  const payload = Buffer.from(signedText(statement));
  return { payload, signature: sign(null, payload, key), keyId: statement.key_id };
}

let folder: string;
let log: string[];
const open = (): Witness => openWitness({ folder, tenantId: "t1", readSigned, log: (level, event) => void log.push(`${level} ${event}`) });
const kept = (): readonly number[] =>
  readFileSync(join(folder, "witness.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { checkpoint: Checkpoint }).checkpoint.count);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dd0c-witness-"));
  log = [];
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe("a witness", () => {
  it("keeps what grows, for its owner only, and remembers it after a restart", () => {
    const first = open();
    expect(first.state()).toBeUndefined();
    for (const [count, letter] of [
      [1, "a"],
      [100, "b"],
      [100, "b"],
      [160, "c"],
    ] as const)
      first.offer(signed(checkpoint(count, letter)));
    expect(first.state()).toEqual({ count: 160, head: head("c"), alarm: "", newest: signed(checkpoint(160, "c")) });
    expect(open().state()).toEqual(first.state());
    expect(kept()).toEqual([1, 100, 160]);
    expect(statSync(join(folder, "witness.jsonl")).mode & 0o777).toBe(0o600);
    expect([log, existsSync(join(folder, "witness-alarms.jsonl"))]).toEqual([[], false]);
  });

  it.each<[string, SignedDocument, string]>([
    ["fewer events than before", signed(checkpoint(120, "d")), "lower_count"],
    ["an earlier head again as if it were the newest", signed(checkpoint(100, "b")), "lower_count"],
    ["another hash at the newest number", signed(checkpoint(160, "d")), "other_hash"],
    ["another hash at an earlier number", signed(checkpoint(100, "d")), "lower_count"],
    ["a stranger's signature", signed(checkpoint(200, "d"), stranger.privateKey), "not_signed"],
    ["a key that was not given at enrolment", signed(checkpoint(200, "d", { key_id: "fedcba9876543210" })), "not_signed"],
    ["another tenant's chain", signed(checkpoint(200, "d", { chain: "t2" })), "not_signed"],
    ["changed words", { ...signed(checkpoint(200, "d")), payload: Buffer.from(signedText(checkpoint(201, "d"))) }, "not_signed"],
    ["another document of the engine", signed({ ...checkpoint(200, "d"), kind: "dd0c.grant.v1" } as unknown as Checkpoint), "not_signed"],
  ])("refuses %s and says so until somebody has looked", (_name, document, alarm) => {
    const witness = open();
    witness.offer(signed(checkpoint(100, "b")));
    witness.offer(signed(checkpoint(160, "c")));
    witness.offer(document);
    witness.offer(document);
    expect(witness.state()).toMatchObject({ count: 160, head: head("c"), alarm });
    expect(log).toEqual(["error witness_alarm"]);
    witness.offer(signed(checkpoint(300, "e")));
    expect(open().state()).toEqual({ count: 300, head: head("e"), alarm, newest: signed(checkpoint(300, "e")) });
    expect(kept()).toEqual([100, 160, 300]);
    rmSync(join(folder, "witness-alarms.jsonl"));
    expect(open().state()?.alarm).toBe("");
  });

  it("drops a line that a crash has cut, and takes what comes next", () => {
    open().offer(signed(checkpoint(100, "b")));
    appendFileSync(join(folder, "witness.jsonl"), '{"checkpoint":{"chain":"t1","cou');
    const again = open();
    expect(again.state()).toMatchObject({ count: 100, head: head("b"), alarm: "" });
    again.offer(signed(checkpoint(160, "c")));
    expect(kept()).toEqual([100, 160]);
  });

  it("opens a file of many years by its end", () => {
    const witness = open();
    for (let count = 1; count <= 300; count += 1) witness.offer(signed(checkpoint(count, "b")));
    expect(statSync(join(folder, "witness.jsonl")).size).toBeGreaterThan(64 * 1024);
    appendFileSync(join(folder, "witness.jsonl"), '{"checkpoint":');
    expect(open().state()).toMatchObject({ count: 300, head: head("b"), alarm: "" });
    expect(kept()).toHaveLength(300);
  });

  it.each([
    ["damaged", () => writeFileSync(join(folder, "witness.jsonl"), "{}\n")],
    ["no file at all", () => mkdirSync(join(folder, "witness.jsonl"))],
  ])("says when its file is %s", (_name, damage) => {
    damage();
    expect(open().state()).toEqual({ count: 0, head: "", alarm: "not_kept", newest: undefined });
  });
});

describe.skipIf(process.getuid?.() !== 0)("a witness on a full disk", () => {
  beforeEach(() => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
  });
  afterEach(() => {
    execFileSync("umount", [folder]);
  });

  it("keeps whole lines or none, and goes on where it was when there is room", () => {
    const witness = open();
    witness.offer(signed(checkpoint(1, "a")));
    const filler = join(folder, "filler");
    for (let size = 4_096; size >= 1; size /= 2)
      try {
        for (;;) appendFileSync(filler, Buffer.alloc(size));
      } catch {
        // No room for so many any more; perhaps for fewer.
      }
    // The last page of the file still has room for some.
    for (let count = 2; count <= 40; count += 1) witness.offer(signed(checkpoint(count, "b")));
    const before = witness.state();
    expect(before).toMatchObject({ alarm: "not_kept" });
    expect(before?.count).toBeLessThan(40);
    expect(kept().at(-1)).toBe(before?.count);
    rmSync(filler);
    witness.offer(signed(checkpoint(50, "c")));
    expect([kept().at(-1), open().state()?.count]).toEqual([50, 50]);
  });
});
