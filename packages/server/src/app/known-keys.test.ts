// The keys that a database was used with, on a real database: the first come is remembered, others are refused by name, unless on purpose.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { readConfig } from "../config.ts";
import { type Keys, openKeys } from "../open-keys.ts";
import { createSeal } from "../webhooks/seal.ts";
import { checkKeys } from "./known-keys.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-keys-"));
let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase("postgres");
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true });
});

const keysIn = (name: string, more: Readonly<Record<string, string>> = {}): Promise<Keys> =>
  openKeys(readConfig({ KEYS_DIR: join(folder, name), DATA_DIR: join(folder, "data"), ...more }), Date.now());
const check = (keys: Keys, accept = false) => checkKeys(test.db, keys, { accept, at: new Date() });

it("are remembered at the first start, the same for all who start together, and others are refused by name", async () => {
  // Three servers make the keys of one folder at the same time.
  const all = await Promise.all([1, 2, 3].map(() => keysIn("common")));
  await Promise.all(all.map((keys) => check(keys)));
  await expect(check(await keysIn("other"))).rejects.toMatchObject({
    code: "KEYS_MISMATCH",
    details: { differing: ["agent_ca", "engine", "auth_secret", "secrets"] },
  });
  const secret = await keysIn("common", { AUTH_SECRET: "another secret of thirty-two characters" });
  await expect(check(secret)).rejects.toMatchObject({ code: "KEYS_MISMATCH", details: { differing: ["auth_secret"] } });
  await expect(check(secret)).rejects.not.toThrow(/thirty-two/);
});

it("may be replaced on purpose, and then the old ones are refused", async () => {
  await check(await keysIn("other"), true);
  await check(await keysIn("other"));
  await expect(check(await keysIn("common"))).rejects.toMatchObject({ code: "KEYS_MISMATCH" });
});

it("of sealed secrets is checked alone, and noted where an earlier release has not done so", async () => {
  const own = await keysIn("sealed");
  await check(own, true);
  const another = { ...own, seal: createSeal(randomBytes(32)) };
  await expect(check(another)).rejects.toMatchObject({ code: "KEYS_MISMATCH", details: { differing: ["secrets"] } });
  await expect(check(another)).rejects.toThrow("secrets-key");

  await test.admin(`UPDATE run.system_settings SET value = value - 'secrets' WHERE key = 'key_fingerprints'`);
  await check(another);
  await expect(check(own)).rejects.toMatchObject({ details: { differing: ["secrets"] } });
});
