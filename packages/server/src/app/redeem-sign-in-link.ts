// The token of a one-time link goes in; the new session's cookies come out, and who signed in is recorded. Null: the link is no good.
import { appendEvents } from "../db/index.ts";
import { cookieHeader, type SignInClient } from "../identity/identity.ts";
import { auditDraft, deedOf } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

type SignInApp = Pick<AppContext, "db" | "clock" | "identity">;

/** How somebody came in, as the record says it. */
export type SignInMethod = { readonly method: "one_time_link" } | { readonly method: "invitation"; readonly invitation_id: string };

export const redeemSignInLink = async (app: SignInApp, token: string, client: SignInClient): Promise<string[] | null> =>
  recordSignIn(app, await app.identity.redeemSignInLink(token, client), client, { method: "one_time_link" });

/** Cookies of a session that nobody has yet go in; they come out when they are somebody's and that is on record. */
export async function recordSignIn(
  app: SignInApp,
  cookies: string[] | null,
  client: SignInClient,
  how: SignInMethod,
): Promise<string[] | null> {
  if (cookies === null) return null;
  const caller = await app.identity.authenticate({ cookie: cookieHeader(cookies), authorization: undefined }, client.ip);
  // A session that belongs to no tenant is never handed out.
  if (caller === null) return null;
  await app.db.withTenant(caller.tenantId, (tx) =>
    appendEvents(tx, [auditDraft(deedOf(caller, app.clock.now()), "session.signed_in", { user_id: caller.userId, ...how })]),
  );
  return cookies;
}
