// Who acts as whom from Slack: an admin sees it and ends it; another organisation hears that this Slack is not its own.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cookieOf } from "../../test-support/running-server.ts";
import { whisperedTo } from "../../test-support/slack/linked.ts";
import { startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";
import { createTenant } from "../app/create-tenant.ts";
import { issueSignInLink } from "../app/issue-sign-in-link.ts";

let world: SlackServer;
beforeAll(async () => {
  world = await startSlackServer();
}, 120_000);
afterAll(() => world.stop());

const linkOf = async (user: string): Promise<string> => {
  const said = await whisperedTo(world.slack, user, () => world.slack.command(user, "link"));
  return /http\S+\/slack\/link\/\S+/.exec(said)?.[0] ?? "";
};
const linked = async () =>
  (await world.ana.call("listMembers")).items.map(({ name, slack }) => [name, slack?.user_id ?? null, slack?.name ?? null]);

describe("links", () => {
  it("are listed for an admin, ended by one, and by nobody else; a click afterwards is nobody's", async () => {
    const { ana, bob, slack, server } = world;
    expect(await linked()).toEqual([
      ["Admin", "U0ANA", "ana"],
      ["Bob", "U0BOB", "bob"],
    ]);
    const { items } = await ana.call("listMembers");
    const [me, other] = items;
    expect(Date.now() - Date.parse(other?.slack?.since ?? "")).toBeLessThan(120_000);
    const params = { id: other?.id ?? "" };
    await expect(bob.call("endSlackLink", { params: { id: me?.id ?? "" } })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { key } = await ana.call("createApiKey", { body: { name: "ci", role: "operator" } });
    await expect(server.withKey(key).call("endSlackLink", { params })).rejects.toMatchObject({ status: 403 });
    expect((await linked())[1]).toEqual(["Bob", "U0BOB", "bob"]);

    await ana.call("endSlackLink", { params });
    expect((await linked())[1]).toEqual(["Bob", null, null]);
    expect(await whisperedTo(slack, "U0BOB", () => slack.command("U0BOB", "list"))).toContain("not linked");
    const [event] = (await ana.call("listAudit", { query: { type: "member.slack_unlinked" } })).items;
    expect(event).toMatchObject({
      actor: { via: "web" },
      data: { user_id: params.id, slack_user_id: "U0BOB", why: "ended_by_admin" },
    });
    await expect(ana.call("endSlackLink", { params })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("are not made for another organisation of the installation, which hears why and sees no Slack", async () => {
    const { server, ana } = world;
    const email = "eve@example.com";
    await createTenant(server.app, { tenantName: "Other", slug: "other", userName: "Eve", email });
    const link = await issueSignInLink(server.app, email, server.url);
    const eve = server.withCookie(cookieOf(await fetch(link, { redirect: "manual" })));
    expect(await eve.call("getSlackState")).toEqual({ configured: false, hears: false, writes: false, since: null });
    expect((await ana.call("getSlackState")).configured).toBe(true);
    const page = await linkOf("U0EVE");
    for (const method of ["GET", "POST"]) {
      const answer = await fetch(page, { method, headers: { ...eve.headers, origin: server.url } });
      expect([answer.status, (await answer.text()).includes("belongs to another organisation")]).toEqual([403, true]);
    }
    // The link is as good as before for whom it is.
    const answer = await fetch(page, { headers: ana.headers });
    expect([answer.status, (await answer.text()).includes("@eve")]).toEqual([200, true]);
  });
});
