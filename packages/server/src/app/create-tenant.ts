// A name and the first admin go in, a tenant with that member comes out. The first start calls it; sign-up will.
// Account and tenant live in two schemas: the account comes first, and a creation that was cut short is completed by repeating it.
import { appendEvents, insertMember, insertTenant, listTenantIds } from "../db/index.ts";
import type { Account, NewAccount } from "../identity/identity.ts";
import { auditDraft, systemDeed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export async function createTenant(app: AppContext, account: NewAccount): Promise<Account> {
  const { tenantId, userId } = await app.identity.createAccount(account);
  const deed = systemDeed(tenantId, "create-tenant", app.clock.now());
  await app.db.withSystem("create-tenant", async (tx) => {
    if ((await listTenantIds(tx)).includes(tenantId)) return;
    await insertTenant(tx, { id: tenantId, name: account.tenantName, slug: account.slug });
    await insertMember(tx, tenantId, { userId, role: "admin", name: account.userName, email: account.email });
    await appendEvents(tx, [
      auditDraft(deed, "tenant.created", { name: account.tenantName, slug: account.slug }),
      auditDraft(deed, "member.added", { user_id: userId, role: "admin", email: account.email }),
    ]);
  });
  return { tenantId, userId };
}
