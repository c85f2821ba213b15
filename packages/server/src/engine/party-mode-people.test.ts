// Where two people must clear party mode: the first one's word is kept, only another admin's ends it, and a new cause needs both again.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { accept, bobAs, invite } from "../../test-support/invite.ts";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { lowerTrust } from "../db/index.ts";

let cluster: TestCluster;
let server: TestServer;
let ann: Session;
let bob: Session;

beforeAll(async () => {
  cluster = await startPostgres();
  const { url } = await cluster.createDatabase();
  server = await startTestServer({ databaseUrl: url, environment: { PARTY_MODE_PEOPLE: "2" } });
  ann = await server.signIn();
  bob = server.withCookie(await accept(await invite(ann, bobAs("admin"))));
}, 120_000);
afterAll(async () => {
  await server.stop();
  await cluster.stop();
});

const state = () => ann.call("getPartyMode");
const clear = (session: Session, reason: string) => session.call("leavePartyMode", { body: { reason } });
const recorded = async (type: string) => (await ann.call("listAudit", { query: { type } })).items.map(({ data }) => data);

const untilCauses = async (count: number) => {
  for (let tries = 0; tries < 300; tries++) {
    const now = await state();
    if (now.causes.length === count) return now;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the cause was never recorded");
};
const intrude = () =>
  server.database.withTenant(server.tenantId, ({ query }) => query.deleteFrom("members").execute()).catch((error: unknown) => error);

describe("party mode with two people", () => {
  it("is not ended by one, however often", async () => {
    expect((await ann.call("getSession")).tenant.id).toBe((await bob.call("getSession")).tenant.id);
    expect(await intrude()).toMatchObject({ code: "42501" });
    expect(await untilCauses(1)).toMatchObject({ on: true, people_needed: 2, causes: [{ cause: "row_refused", agreed: null }] });
    const agreed = await clear(ann, "a mistake of mine");
    expect(agreed).toMatchObject({ on: true, causes: [{ agreed: { reason: "a mistake of mine", by: { type: "user" } } }] });
    await expect(clear(ann, "please")).rejects.toMatchObject({ status: 409, code: "EXECUTION_STATE_CONFLICT" });
    expect((await state()).on).toBe(true);
    expect(await recorded("party_mode.clear_agreed")).toMatchObject([{ reason: "a mistake of mine" }]);
    expect(await recorded("party_mode.cleared")).toEqual([]);
  });

  it("needs both words for a cause that came between them", async () => {
    const { id } = await ann.call("createRunbook", { body: { raw_text: "# Disk\n\n1. Look: `df -h`\n" } });
    await server.database.withTenant(server.tenantId, (tx) => lowerTrust(tx, id, 2, new Date())).catch(() => undefined);
    await untilCauses(2);
    const left = await clear(bob, "I looked too");
    expect(left).toMatchObject({ on: true, causes: [{ cause: "trust_unexplained", agreed: { reason: "I looked too" } }] });
    await expect(clear(bob, "and again")).rejects.toMatchObject({ status: 409 });
    expect(await clear(ann, "seen")).toEqual({ on: false, people_needed: 2, causes: [] });
    const [last, first] = await recorded("party_mode.cleared");
    expect([first, last]).toMatchObject([{ reason: "I looked too" }, { reason: "seen" }]);
    expect(first?.["agreed_by"]).not.toEqual(last?.["agreed_by"]);
    expect((await ann.call("verifyAudit")).ok).toBe(true);
  });
});
