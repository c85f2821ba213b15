// Slack: links between members and Slack users, threads with their messages, deliveries that were taken in. Secrets come in as SHA-256 only.
import { sql } from "kysely";
import { toJsonColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

type SlackLinkCode = { slackUserId: string; slackName: string; expiresAt: Date };

export type SlackThread = {
  id: string;
  channelId: string;
  executionId: string | null;
  /** What its match message shows; null for a run that was started by a command. */
  alert: unknown;
  state: "open" | "settled" | "broken";
  createdAt: Date;
};

/** `ts` null: it is being posted, or nobody knows whether it was. */
export type SlackMessageRecord = { key: string; ts: string | null; bodyHash: string; writtenAt: Date };

export async function insertLinkCode(tx: TenantTx, codeHash: string, code: SlackLinkCode & { createdAt: Date }): Promise<void> {
  await tx.query.deleteFrom("slack_link_codes").where("tenant_id", "=", tx.tenantId).where("expires_at", "<=", code.createdAt).execute();
  await tx.query
    .insertInto("slack_link_codes")
    .values({
      code_hash: codeHash,
      tenant_id: tx.tenantId,
      slack_user_id: code.slackUserId,
      slack_name: code.slackName,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      used_at: null,
    })
    .execute();
}

/** One that still works. */
export async function findLinkCode(tx: TenantTx, codeHash: string, now: Date): Promise<SlackLinkCode | undefined> {
  const row = await tx.query
    .selectFrom("slack_link_codes")
    .select(["slack_user_id", "slack_name", "expires_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("code_hash", "=", codeHash)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row === undefined ? undefined : { slackUserId: row.slack_user_id, slackName: row.slack_name, expiresAt: row.expires_at };
}

/** Uses it up. False: somebody was faster, or it is too old. */
export async function useLinkCode(tx: TenantTx, codeHash: string, at: Date): Promise<boolean> {
  const result = await tx.query
    .updateTable("slack_link_codes")
    .set({ used_at: at })
    .where("tenant_id", "=", tx.tenantId)
    .where("code_hash", "=", codeHash)
    .where("used_at", "is", null)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Null takes the link away. */
export async function setSlackUser(tx: TenantTx, userId: string, slack: { id: string; name: string; at: Date } | null): Promise<void> {
  await tx.query
    .updateTable("members")
    .set({ slack_user_id: slack?.id ?? null, slack_name: slack?.name ?? null, slack_linked_at: slack?.at ?? null })
    .where("tenant_id", "=", tx.tenantId)
    .where("user_id", "=", userId)
    .where("removed_at", "is", null)
    .execute();
}

/** False: there is a thread of this run already. */
export async function insertSlackThread(
  tx: TenantTx,
  thread: { id: string; channelId: string; executionId: string | null; alert: unknown; createdAt: Date },
): Promise<boolean> {
  const result = await tx.query
    .insertInto("slack_threads")
    .values({
      id: thread.id,
      tenant_id: tx.tenantId,
      channel_id: thread.channelId,
      execution_id: thread.executionId,
      alert: thread.alert === null ? null : toJsonColumn(thread.alert),
      state: "open",
      problem: null,
      created_at: thread.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

const threads = (tx: TenantTx) =>
  tx.query
    .selectFrom("slack_threads")
    .select(["id", "channel_id", "execution_id", "alert", "state", "created_at"])
    .where("tenant_id", "=", tx.tenantId);

type ThreadRow = Awaited<ReturnType<ReturnType<typeof threads>["execute"]>>[number];

const threadOf = (row: ThreadRow): SlackThread => ({
  id: row.id,
  channelId: row.channel_id,
  executionId: row.execution_id,
  alert: row.alert,
  state: row.state as SlackThread["state"],
  createdAt: row.created_at,
});

export async function findSlackThread(tx: TenantTx, by: { id: string } | { executionId: string }): Promise<SlackThread | undefined> {
  const query = "id" in by ? threads(tx).where("id", "=", by.id) : threads(tx).where("execution_id", "=", by.executionId);
  const row = await query.executeTakeFirst();
  return row === undefined ? undefined : threadOf(row);
}

/** The thread of an offer for an alert. */
export async function findSlackThreadOfOffer(tx: TenantTx, offerId: string): Promise<SlackThread | undefined> {
  const row = await threads(tx).where(sql<string>`alert->>'offer_id'`, "=", offerId).executeTakeFirst();
  return row === undefined ? undefined : threadOf(row);
}

/** Those in which something may still have to be written, oldest first. */
export async function listOpenSlackThreads(tx: TenantTx): Promise<SlackThread[]> {
  return (await threads(tx).where("state", "=", "open").orderBy("created_at").execute()).map(threadOf);
}

type SlackThreadChange = { executionId?: string; state?: SlackThread["state"]; problem?: string | null };

export async function changeSlackThread(tx: TenantTx, id: string, change: SlackThreadChange): Promise<void> {
  const { executionId, state, problem } = change;
  await tx.query
    .updateTable("slack_threads")
    .set({
      ...(executionId === undefined ? {} : { execution_id: executionId }),
      ...(state === undefined ? {} : { state }),
      ...(problem === undefined ? {} : { problem }),
    })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .execute();
}

export async function listSlackMessages(tx: TenantTx, threadId: string): Promise<SlackMessageRecord[]> {
  const rows = await tx.query
    .selectFrom("slack_messages")
    .select(["key", "ts", "body_hash", "written_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("thread_id", "=", threadId)
    .orderBy("written_at")
    .execute();
  return rows.map((row) => ({ key: row.key, ts: row.ts, bodyHash: row.body_hash, writtenAt: row.written_at }));
}

/** Written before and after every call: what was begun and never confirmed is looked for when somebody comes back to it. */
export async function putSlackMessage(tx: TenantTx, threadId: string, message: SlackMessageRecord): Promise<void> {
  const { key, ts, bodyHash, writtenAt } = message;
  await tx.query
    .insertInto("slack_messages")
    .values({ thread_id: threadId, key, tenant_id: tx.tenantId, ts, body_hash: bodyHash, written_at: writtenAt })
    .onConflict((conflict) => conflict.columns(["thread_id", "key"]).doUpdateSet({ ts, body_hash: bodyHash, written_at: writtenAt }))
    .execute();
}

/** Somebody deleted it, or it never arrived: it is posted anew. */
export async function forgetSlackMessage(tx: TenantTx, threadId: string, key: string): Promise<void> {
  await tx.query
    .deleteFrom("slack_messages")
    .where("tenant_id", "=", tx.tenantId)
    .where("thread_id", "=", threadId)
    .where("key", "=", key)
    .execute();
}

/** Long after the last second delivery that anybody has seen. */
const keepDeliveriesMs = 24 * 60 * 60_000;

/** False: this was delivered before. */
export async function takeSlackDelivery(tx: TenantTx, keyHash: string, at: Date): Promise<boolean> {
  const result = await tx.query
    .insertInto("slack_deliveries")
    .values({ tenant_id: tx.tenantId, key_hash: keyHash, received_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  await tx.query
    .deleteFrom("slack_deliveries")
    .where("tenant_id", "=", tx.tenantId)
    .where("received_at", "<", new Date(at.getTime() - keepDeliveriesMs))
    .execute();
  return result.numInsertedOrUpdatedRows === 1n;
}
