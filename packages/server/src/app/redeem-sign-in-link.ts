// The token of a one-time link goes in; the new session's cookies come out, and who signed in is recorded. Null: the link is no good.
import { appendEvents } from "../db/index.ts";
import { auditDraft, deedOf } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export interface SignInClient {
  readonly ip: string;
  readonly userAgent: string;
}

export async function redeemSignInLink(app: AppContext, token: string, client: SignInClient): Promise<string[] | null> {
  const cookies = await app.identity.redeemSignInLink(token, client);
  if (cookies === null) return null;
  const cookie = cookies.map((one) => one.split(";", 1)[0]).join("; ");
  const caller = await app.identity.authenticate({ cookie, authorization: undefined }, client.ip);
  // A session that belongs to no tenant is never handed out.
  if (caller === null) return null;
  await app.db.withTenant(caller.tenantId, (tx) =>
    appendEvents(tx, [
      auditDraft(deedOf(caller, app.clock.now()), "session.signed_in", { user_id: caller.userId, method: "one_time_link" }),
    ]),
  );
  return cookies;
}
