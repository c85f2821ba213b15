// What the agent keeps on disk of capsules: only what is signed, for it, and newer; and of panic only that there is none.
import { generateKeyPairSync, sign } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Capsule, capsuleBytes, effectivePolicy, type ExecutionState } from "@dd0c/core";
import type { SignedDocument } from "@dd0c/protocol/agent";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type CapsuleStore, openCapsuleStore } from "./capsule-store.ts";
import { signedDocuments } from "./signed-documents.ts";

const pair = generateKeyPairSync("ed25519");
const spkiDer = pair.publicKey.export({ type: "spki", format: "der" });
let folder: string;
let store: CapsuleStore;
let log: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dd0c-capsules-"));
  log = [];
  const readSigned = signedDocuments([{ id: "k", spkiDer }]);
  store = openCapsuleStore({ folder, tenantId: "t1", agentId: "a1", readSigned, log: (_level, event) => log.push(event) });
});
afterEach(() => rmSync(folder, { recursive: true }));

const capsule = (change: Partial<Capsule> = {}, state: Partial<ExecutionState> = {}): Capsule => ({
  kind: "dd0c.capsule.v1",
  id: "c1",
  tenant: "t1",
  agent: "a1",
  execution: "e1",
  holder: "riley",
  role: "approver",
  holder_key: "key",
  issued_at: 1,
  expires_at: 2,
  pattern_version: "1",
  policy: effectivePolicy({ system: {}, tenant: {}, runbook: {} }),
  version_facts: { writtenBy: null, writtenAtMs: 0, reviewed: false },
  state: { id: "e1", status: "running", version: 5, steps: [], ...state } as unknown as ExecutionState,
  prepared: [],
  ...change,
});

const signed = (document: Capsule): SignedDocument => {
  const payload = Buffer.from(capsuleBytes(document));
  return { payload, signature: sign(null, payload, pair.privateKey), keyId: "k" };
};
const keep = (document: Capsule): void => store.keep({ executionId: "e1", capsule: signed(document) });

it("keeps the newest state of a run, whatever order they come in", () => {
  keep(capsule({}, { version: 7 }));
  keep(capsule({}, { version: 6 }));
  expect(store.find("e1")?.capsule.state.version).toBe(7);
  keep(capsule({ id: "c2" }, { version: 8 }));
  expect(store.find("e1")?.capsule.id).toBe("c2");
});

it("forgets a run that is over", () => {
  keep(capsule());
  keep(capsule({}, { version: 9, status: "completed" }));
  expect(store.find("e1")).toBeUndefined();
});

it.each([
  ["of another tenant", { tenant: "t2" }],
  ["for another agent", { agent: "a2" }],
  ["for another run", { execution: "e2" }],
  ["with a path for an id", { id: "../../identity" }],
] as const)("refuses a capsule %s", (_what, change) => {
  keep(capsule(change));
  expect(store.find("e1")).toBeUndefined();
  expect(log).toEqual(["capsule_refused"]);
});

it("refuses one that is not signed by the engine, and one that was changed on the disk", () => {
  const { payload, keyId } = signed(capsule());
  store.keep({ executionId: "e1", capsule: { payload, keyId, signature: Buffer.alloc(64) } });
  store.keep({ executionId: "../e1", capsule: signed(capsule()) });
  expect(log).toEqual(["capsule_refused", "capsule_refused"]);
  keep(capsule());
  writeFileSync(join(folder, "capsules", "e1.capsule"), `["k","AAAA","${Buffer.from(payload).toString("base64")}"]\n`);
  expect(store.find("e1")).toBeUndefined();
});

it("silence is no permission: only the last word 'no panic' is one", () => {
  expect(store.isPanicOff()).toBe(false);
  store.panicIs(false);
  expect(store.isPanicOff()).toBe(true);
  store.panicIs(true);
  expect(store.isPanicOff()).toBe(false);
});

it("what was done comes with every hello until it is settled, and then never again", () => {
  expect(store.continuations()).toEqual([]);
  keep(capsule());
  writeFileSync(store.continuationFile("c1"), "done\n");
  expect(store.continuations().map((packed) => gunzipSync(packed).toString())).toEqual(["done\n"]);
  store.settled(["c9", "../c1"]);
  expect(store.isSettled("c1")).toBe(false);
  store.settled(["c1"]);
  expect([store.continuations(), store.isSettled("c1"), existsSync(store.continuationFile("c1"))]).toEqual([[], true, false]);
});
