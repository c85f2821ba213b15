// Who a Slack user is: a link that the slash command gives out privately, opened by a signed-in member who says "that is me". The code is shown
// once and stored as a hash; only the Slack user who asked for it can be bound by it, and only to the member who confirms it.
import { randomBytes } from "node:crypto";
import { AppError } from "@dd0c/core";
import {
  appendEvents,
  findLinkCode,
  findMember,
  findMemberBySlackUser,
  insertLinkCode,
  type MemberRecord,
  setSlackUser,
  type TenantTx,
  useLinkCode,
} from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { type AppContext, textHash } from "./context.ts";

type LinkApp = Pick<AppContext, "db" | "clock">;

const lifetimeMs = 15 * 60_000;

export const slackLinkPath = (code: string): string => `/slack/link/${code}`;

export interface SlackUser {
  readonly id: string;
  /** As Slack calls them. */
  readonly name: string;
}

/** The secret of a link that works once, for fifteen minutes. */
export async function createSlackLink(app: LinkApp, tenantId: string, user: SlackUser): Promise<string> {
  const code = randomBytes(32).toString("base64url");
  const createdAt = new Date(app.clock.now());
  const expiresAt = new Date(createdAt.getTime() + lifetimeMs);
  await app.db.withTenant(tenantId, (tx) =>
    insertLinkCode(tx, textHash(code), { slackUserId: user.id, slackName: user.name, createdAt, expiresAt }),
  );
  return code;
}

/** What a link would bind, and what would end by that. */
export interface OfferedLink extends SlackUser {
  /** The Slack user who acts as this member until now; null where that is nobody, or this one. */
  readonly instead: string | null;
  /** The other member as whom this Slack user acts until now. */
  readonly takenFrom: string | null;
}

/** Null: unknown, used, too old, or of another organisation; nobody learns which. */
export async function readSlackLink(
  app: LinkApp,
  { tenantId, userId }: { readonly tenantId: string; readonly userId: string },
  code: string,
): Promise<OfferedLink | null> {
  return app.db.readTenant(tenantId, async (tx) => {
    const found = await findLinkCode(tx, textHash(code), new Date(app.clock.now()));
    if (found === undefined) return null;
    const [me, other] = [await findMember(tx, userId), await findMemberBySlackUser(tx, found.slackUserId)];
    const mine = me?.slackUserId ?? null;
    return {
      id: found.slackUserId,
      name: found.slackName,
      instead: mine === null || mine === found.slackUserId ? null : (me?.slackName ?? mine),
      takenFrom: other === undefined || other.userId === userId ? null : other.name,
    };
  });
}

/** Binds the Slack user to the member who confirms, and to nobody else from then on. Null: the link is no good any more. */
export async function acceptSlackLink(app: LinkApp, deed: Deed, code: string): Promise<SlackUser | null> {
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const at = new Date(deed.atMs);
    const found = await findLinkCode(tx, textHash(code), at);
    if (found === undefined || !(await useLinkCode(tx, textHash(code), at))) return null;
    const member = await findMember(tx, deed.actor.id);
    if (member === undefined) throw new AppError("FORBIDDEN");
    await release(tx, deed, await findMemberBySlackUser(tx, found.slackUserId), "linked_elsewhere");
    if (member.slackUserId !== found.slackUserId) await release(tx, deed, member, "replaced");
    await setSlackUser(tx, member.userId, { id: found.slackUserId, name: found.slackName, at });
    const data = { user_id: member.userId, slack_user_id: found.slackUserId, slack_name: found.slackName };
    await appendEvents(tx, [auditDraft(deed, "member.slack_linked", data)]);
    return { id: found.slackUserId, name: found.slackName };
  });
}

/** An admin takes a member's link away. @throws AppError NOT_FOUND (no such member, or no link) */
export async function endSlackLink(app: LinkApp, deed: Deed, userId: string): Promise<void> {
  const ended = await app.db.withTenant(deed.tenantId, async (tx) => release(tx, deed, await findMember(tx, userId), "ended_by_admin"));
  if (!ended) throw new AppError("NOT_FOUND");
}

/** The deed is the member's own. False: there was no link. */
export async function removeSlackLink(app: LinkApp, deed: Deed): Promise<boolean> {
  return app.db.withTenant(deed.tenantId, async (tx) => release(tx, deed, await findMember(tx, deed.actor.id), "taken_back"));
}

async function release(tx: TenantTx, deed: Deed, member: MemberRecord | undefined, why: string): Promise<boolean> {
  if (member?.slackUserId == null) return false;
  await setSlackUser(tx, member.userId, null);
  const data = { user_id: member.userId, slack_user_id: member.slackUserId, why };
  await appendEvents(tx, [auditDraft(deed, "member.slack_unlinked", data)]);
  return true;
}
