// A second person in the first tenant. Nobody can be invited through the product yet: the membership is written by hand.
import { createTenant } from "../src/app/create-tenant.ts";
import { issueSignInLink } from "../src/app/issue-sign-in-link.ts";
import type { TestServer } from "./running-server.ts";

/** @returns Bob's id and a link that signs him in once */
export async function addBob(server: TestServer, role: "admin" | "approver"): Promise<{ readonly userId: string; readonly link: string }> {
  const account = { tenantName: "Bob's", slug: "bob", userName: "Bob", email: "bob@example.com" };
  const { userId } = await createTenant(server.app, account);
  await server.database.authPool.query('UPDATE auth.member SET "organizationId" = $1 WHERE "userId" = $2', [server.tenantId, userId]);
  await server.database.withTenant(server.tenantId, ({ query }) =>
    query
      .insertInto("members")
      .values({
        tenant_id: server.tenantId,
        user_id: userId,
        role,
        name: "Bob",
        email: account.email,
        slack_user_id: null,
        removed_at: null,
      })
      .execute(),
  );
  return { userId, link: await issueSignInLink(server.app, account.email, server.url) };
}
