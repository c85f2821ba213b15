// The identity library against the embedded database: sessions, one-time links, keys, and what must not become a caller.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedChildEntry } from "../../test-support/embedded-child.ts";
import { type OpenDatabase, openDatabase } from "../db/index.ts";
import type { Account, Identity } from "./identity.ts";
import { openIdentity } from "./open-identity.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-identity-"));
let database: OpenDatabase;
let identity: Identity;
let account: Account;

const client = { ip: "127.0.0.1", userAgent: "test" };
const anonymous = { cookie: undefined, authorization: undefined };
const cookieOf = (setCookie: readonly string[]): string => setCookie.map((one) => one.split(";")[0]).join("; ");

async function signIn(email: string): Promise<string> {
  const cookies = await identity.redeemSignInLink(await identity.issueSignInToken(email), client);
  return cookieOf(cookies ?? []);
}

beforeAll(async () => {
  database = await openDatabase({ kind: "embedded", dataFolder: join(folder, "db"), childEntry: await embeddedChildEntry() });
  identity = openIdentity({
    pool: database.authPool,
    baseUrl: "http://127.0.0.1:4400",
    secret: "x".repeat(40),
    secureCookies: false,
    cookiePrefix: "dd0c-4400",
    sessionHours: 1,
  });
  account = await identity.createAccount({ tenantName: "Demo", slug: "demo", userName: "Ada", email: "ada@example.com" });
}, 60_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("identity", () => {
  it("creates an account once, also when the start was cut short before", async () => {
    const again = await identity.createAccount({ tenantName: "Demo", slug: "demo", userName: "Ada", email: "ada@example.com" });
    expect(again).toEqual(account);
    expect(await identity.firstAdmin(account.tenantId)).toBe("ada@example.com");
  });

  it("signs in once per link, as the admin of the tenant", async () => {
    const token = await identity.issueSignInToken("ada@example.com");
    const [first, second] = await Promise.all([identity.redeemSignInLink(token, client), identity.redeemSignInLink(token, client)]);
    expect([first, second].filter((result) => result !== null)).toHaveLength(1);
    const cookies = first ?? second ?? [];
    expect(cookies.join("\n")).toMatch(/HttpOnly/i);
    expect(cookies.join("\n")).toMatch(/SameSite=Lax/i);
    expect(await identity.authenticate({ cookie: cookieOf(cookies), authorization: undefined }, "10.0.0.1")).toEqual({
      ...account,
      name: "Ada",
      email: "ada@example.com",
      role: "admin",
      via: "web",
      sourceIp: "10.0.0.1",
    });
  });

  it.each([
    ["an unknown one", "a".repeat(32)],
    ["an empty one", ""],
    ["a strange one", "../../etc"],
  ])("refuses %s as a link", async (_name, token) => {
    expect(await identity.redeemSignInLink(token, client)).toBeNull();
  });

  it("ends a session", async () => {
    const cookie = await signIn("ada@example.com");
    await identity.signOut(cookie);
    expect(await identity.authenticate({ cookie, authorization: undefined }, null)).toBeNull();
  });

  it("knows nobody without credentials or with forged ones", async () => {
    const cookie = await signIn("ada@example.com");
    const forged = cookie.replace(/=([^;]{4})/, "=AAAA");
    for (const credentials of [
      anonymous,
      { cookie: "dd0c-4400.session_token=x.y", authorization: undefined },
      { cookie: forged, authorization: undefined },
    ])
      expect(await identity.authenticate(credentials, null)).toBeNull();
  });

  it("makes keys that act as their tenant and role until they are revoked", async () => {
    const made = await identity.createApiKey(account.tenantId, account.userId, "deploy", "operator");
    const authorization = `Bearer ${made.key}`;
    expect(await identity.authenticate({ cookie: undefined, authorization }, null)).toEqual({
      tenantId: account.tenantId,
      userId: made.id,
      name: "deploy",
      email: "",
      role: "operator",
      via: "api_key",
      sourceIp: null,
    });
    const listed = await identity.listApiKeys(account.tenantId);
    expect(listed.map(({ id, role, lastUsedAt }) => ({ id, role, used: lastUsedAt !== null }))).toEqual([
      { id: made.id, role: "operator", used: true },
    ]);
    expect(await identity.revokeApiKey("00000000-0000-4000-8000-000000000000", made.id)).toBeUndefined();
    expect((await identity.revokeApiKey(account.tenantId, made.id))?.name).toBe("deploy");
    expect(await identity.authenticate({ cookie: undefined, authorization }, null)).toBeNull();
  });

  it("does not fall back to a session where a key was shown", async () => {
    const cookie = await signIn("ada@example.com");
    expect(await identity.authenticate({ cookie, authorization: "Bearer dd0c_wrongwrongwrong" }, null)).toBeNull();
    expect(await identity.authenticate({ cookie, authorization: "Basic abc" }, null)).toBeNull();
  });

  it("has no caller for a member whose role it does not know", async () => {
    const cookie = await signIn("ada@example.com");
    await database.authPool.query(`UPDATE member SET role = 'owner'`);
    expect(await identity.authenticate({ cookie, authorization: undefined }, null)).toBeNull();
    await database.authPool.query(`UPDATE member SET role = 'admin'`);
  });
});
