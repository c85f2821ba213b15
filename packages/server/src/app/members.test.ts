// People join, change and leave: invitations by link, roles, removal, on both databases. What each may do follows at once, on open sessions too.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accept, invite } from "../../test-support/invite.ts";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { cookieOf, type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { upsertAgent } from "../db/index.ts";
import { alignMemberships } from "./align-memberships.ts";

const day = 24 * 3_600_000;
const unknownId = "00000000-0000-4000-8000-000000000000";

describe.each(["embedded", "postgres"] as const)("members on %s", (kind) => {
  const clock = {
    aheadMs: 0,
    laterMs: 0,
    now: () => Date.now() + clock.aheadMs,
    monotonic: () => performance.now() + clock.laterMs,
  };
  let cluster: TestCluster | undefined;
  let server: TestServer;
  let ann: Session;
  let annId: string;

  beforeAll(async () => {
    cluster = kind === "postgres" ? await startPostgres() : undefined;
    server = await startTestServer({ clock, ...(cluster === undefined ? {} : { databaseUrl: (await cluster.createDatabase()).url }) });
    ann = await server.signIn();
    annId = (await ann.call("getSession")).user.id;
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await cluster?.stop();
  });

  const dataOf = async (type: string): Promise<Record<string, unknown>[]> =>
    (await ann.call("listAudit", { query: { type } })).items.map(({ data, actor }) => ({ ...data, actor: actor.id }));
  const idOf = async (session: Session) => (await session.call("getSession")).user.id;
  const joined = async (who: object): Promise<Session> => server.withCookie(await accept(await invite(ann, who)));
  const post = (url: string, headers: Readonly<Record<string, string>> = { origin: server.url }) =>
    fetch(url, { method: "POST", redirect: "manual", headers: { "content-type": "application/x-www-form-urlencoded", ...headers } });

  it("join by a link that looking at does not use up, once, with their role and on record", async () => {
    const made = await ann.call("inviteMember", { body: { email: "Bob@Example.com", name: "Bob <b>", role: "approver" } });
    expect(made).toMatchObject({ email: "bob@example.com", role: "approver", for_member: null, invited_by: "Admin" });
    expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(3 * day);
    for (const method of ["GET", "HEAD", "GET"]) {
      const page = await fetch(made.url, { method });
      expect([page.status, page.headers.getSetCookie(), page.headers.get("cache-control")]).toEqual([200, [], "no-store"]);
      if (method === "GET") expect(await page.text()).toContain("For: Bob &lt;b&gt; (bob@example.com)");
    }
    expect((await ann.call("listInvitations")).items).toMatchObject([{ id: made.id, name: "Bob <b>" }]);
    for (const origin of [{ origin: "https://evil.example" }, { origin: "null" }, {}])
      expect((await post(made.url, origin)).status).toBe(403);

    const answers = await Promise.all([post(made.url), post(made.url)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 410]);
    const bob = server.withCookie(cookieOf(answers.find(({ status }) => status === 303) ?? Response.error()));
    const { user, role, tenant } = await bob.call("getSession");
    expect([user.name, user.email, role, tenant.id]).toEqual(["Bob <b>", "bob@example.com", "approver", server.tenantId]);
    for (const gone of [await fetch(made.url), await post(made.url)]) expect([gone.status, gone.headers.getSetCookie()]).toEqual([410, []]);

    expect((await ann.call("listInvitations")).items).toEqual([]);
    expect((await ann.call("listMembers")).items).toMatchObject([
      { id: annId, role: "admin" },
      { id: user.id, name: "Bob <b>", email: "bob@example.com", role: "approver" },
    ]);
    expect(await dataOf("invitation.created")).toMatchObject([{ actor: annId, invitation_id: made.id, role: "approver" }]);
    const [added] = await dataOf("member.added");
    expect(added).toMatchObject({ actor: user.id, user_id: user.id, role: "approver", invitation_id: made.id, invited_by: annId });
    expect((await dataOf("session.signed_in"))[0]).toMatchObject({ actor: user.id, method: "invitation", invitation_id: made.id });

    const secret = made.url.split("/").at(-1) ?? "";
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(server.log.join("")).not.toContain(secret);
    const stored = await server.database.withTenant(server.tenantId, ({ query }) => query.selectFrom("invitations").selectAll().execute());
    const recorded = (await ann.call("listAudit", { query: { limit: 100 } })).items;
    expect(JSON.stringify([stored, recorded])).not.toContain(secret);
  });

  it("cannot join by a link that was revoked, replaced, is too old or was never made", async () => {
    const who = { email: "carla@example.com", role: "viewer" };
    const [first, second] = [await invite(ann, who), await invite(ann, who)];
    expect([(await fetch(first)).status, (await fetch(second)).status]).toEqual([410, 200]);
    const [open] = (await ann.call("listInvitations")).items;
    await ann.call("revokeInvitation", { params: { id: open?.id ?? "" } });
    await expect(ann.call("revokeInvitation", { params: { id: open?.id ?? "" } })).rejects.toMatchObject({ status: 404 });
    const old = await invite(ann, { name: "Old friend", role: "viewer" });
    clock.aheadMs += 3 * day;
    for (const url of [second, old, `${server.url}/invitation/${"x".repeat(43)}`, `${server.url}/invitation/%00`])
      expect([(await fetch(url)).status, (await post(url)).status]).toEqual([410, 410]);
    clock.aheadMs = 0;
    expect((await dataOf("invitation.revoked")).map(({ why }) => why)).toEqual(["revoked", "replaced"]);
    await expect(ann.call("inviteMember", { body: { email: "admin@dd0c.local", role: "admin" } })).rejects.toMatchObject({
      code: "MEMBER_EXISTS",
    });
  });

  it("are invited by admins only, and by a name that can be read", async () => {
    const eve = await joined({ name: "Eve", role: "approver" });
    expect((await eve.call("getSession")).user).toMatchObject({ name: "Eve", email: "" });
    for (const refused of [eve.call("listMembers"), eve.call("inviteMember", { body: { name: "Mallory", role: "admin" } })])
      await expect(refused).rejects.toMatchObject({ status: 403, code: "FORBIDDEN" });
    for (const body of [
      { role: "viewer" },
      { name: "", role: "viewer" },
      { name: "a\u202eb", role: "viewer" },
      { email: "x", role: "viewer" },
    ])
      await expect(ann.call("inviteMember", { body: body as never })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });

  it("sign in again by a link for them, and as who they are by now", async () => {
    const fay = await joined({ name: "Fay", role: "viewer" });
    const id = await idOf(fay);
    const { url, for_member } = await ann.call("createSignInLink", { params: { id } });
    expect(for_member).toBe(id);
    await ann.call("changeMemberRole", { params: { id }, body: { role: "author" } });
    expect(await (await fetch(url)).text()).toContain("made this link for you");
    const again = server.withCookie(await accept(url));
    expect([await idOf(again), (await again.call("getSession")).role]).toEqual([id, "author"]);
    await expect(ann.call("createSignInLink", { params: { id: unknownId } })).rejects.toMatchObject({ status: 404 });
  });

  it("have the role that they were given at once", async () => {
    const gus = await joined({ name: "Gus", role: "author" });
    const id = await idOf(gus);
    const raw_text = "# Disk\n\n1. Look: `df -h`\n";
    await gus.call("createRunbook", { body: { raw_text } });
    expect(await ann.call("changeMemberRole", { params: { id }, body: { role: "viewer" } })).toMatchObject({ id, role: "viewer" });
    await expect(gus.call("createRunbook", { body: { raw_text } })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await ann.call("changeMemberRole", { params: { id }, body: { role: "viewer" } });
    expect(await dataOf("member.role_changed")).toEqual(
      expect.arrayContaining([{ actor: annId, user_id: id, old_role: "author", new_role: "viewer" }]),
    );
    expect((await dataOf("member.role_changed")).filter(({ user_id }) => user_id === id)).toHaveLength(1);
    await expect(ann.call("changeMemberRole", { params: { id: unknownId }, body: { role: "viewer" } })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("are out at once when they are removed: sessions, streams and open links; coming back revives none, and their name stays", async () => {
    const hal = await joined({ email: "hal@example.com", name: "Hal", role: "operator" });
    const id = await idOf(hal);
    const { id: runbook_id } = await ann.call("createRunbook", { body: { raw_text: "# Disk\n\n1. Look: `df -h`\n" } });
    await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: unknownId, name: "edge", version: "0.1.0" }));
    const run = await hal.call("startExecution", { body: { runbook_id, agent_id: unknownId } });
    const stream = await fetch(`${server.url}/v1/run/executions/${run.id}/events`, { headers: hal.headers });
    const reader = stream.body?.getReader();
    await reader?.read();
    const { url } = await ann.call("createSignInLink", { params: { id } });

    await ann.call("removeMember", { params: { id }, query: {} });
    await expect(hal.call("getSession")).rejects.toMatchObject({ status: 401 });
    expect((await fetch(url)).status).toBe(410);
    clock.laterMs += 1_000;
    await ann.call("abortExecution", { params: { id: run.id }, body: {} });
    let rest = "";
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) rest += new TextDecoder().decode(part.value);
    expect(rest).not.toContain("aborted");
    expect((await ann.call("listMembers")).items.map((member) => member.id)).not.toContain(id);
    expect((await ann.call("getExecution", { params: { id: run.id } })).in_charge).toMatchObject({ id, name: "Hal" });
    expect((await dataOf("member.removed"))[0]).toEqual({ actor: annId, user_id: id, role: "operator" });
    await expect(ann.call("removeMember", { params: { id }, query: {} })).rejects.toMatchObject({ status: 404 });

    const back = await joined({ email: "hal@example.com", role: "viewer" });
    expect([await idOf(back), (await back.call("getSession")).role]).toEqual([id, "viewer"]);
    await expect(hal.call("getSession")).rejects.toMatchObject({ status: 401 });
  });

  it("never leave an organisation without an admin, nor themselves by accident", async () => {
    const change = (session: Session, id: string, role: "admin" | "viewer", myself?: true) =>
      session.call("changeMemberRole", { params: { id }, body: { role, ...(myself && { myself }) } });
    await expect(change(ann, annId, "viewer")).rejects.toMatchObject({ status: 409, code: "SELF_UNACKNOWLEDGED" });
    await expect(change(ann, annId, "viewer", true)).rejects.toMatchObject({ status: 409, code: "LAST_ADMIN" });
    await expect(ann.call("removeMember", { params: { id: annId }, query: { myself: "true" } })).rejects.toMatchObject({
      code: "LAST_ADMIN",
    });
    const ida = await joined({ name: "Ida", role: "admin" });
    const idaId = await idOf(ida);
    const both = await Promise.allSettled([change(ann, idaId, "viewer"), change(ida, annId, "viewer")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const left = both[0].status === "fulfilled" ? ann : ida;
    await change(left, both[0].status === "fulfilled" ? idaId : annId, "admin");
    await ida.call("removeMember", { params: { id: idaId }, query: { myself: "true" } });
    await expect(ida.call("getSession")).rejects.toMatchObject({ status: 401 });
    expect((await ann.call("getSession")).role).toBe("admin");
  });

  it("have what the record says after a start, where a fault came between the record and sign-in", async () => {
    const jo = await joined({ name: "Jo", role: "operator" });
    const kim = await joined({ name: "Kim", role: "operator" });
    const [joId, kimId] = [await idOf(jo), await idOf(kim)];
    await server.database.withTenant(server.tenantId, async ({ query }) => {
      await query.updateTable("members").set({ role: "viewer" }).where("user_id", "=", joId).execute();
      await query.updateTable("members").set({ removed_at: new Date() }).where("user_id", "=", kimId).execute();
    });
    const { identity } = server.app;
    const lee = await identity.ensureUser("lee@example.com", "Lee");
    await identity.setMembership(server.tenantId, lee, "admin");
    await alignMemberships(server.app);
    expect((await identity.listMemberships()).map(({ userId }) => userId)).not.toContain(lee);
    expect((await jo.call("getSession")).role).toBe("viewer");
    await expect(kim.call("getSession")).rejects.toMatchObject({ status: 401 });
    expect((await ann.call("getSession")).role).toBe("admin");
    expect((await ann.call("verifyAudit")).ok).toBe(true);
  });
});
