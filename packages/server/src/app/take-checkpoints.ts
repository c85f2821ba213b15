// A chain goes in; what was appended since its last checkpoint is verified and signed. Nothing is signed that does not follow from what was
// signed before: a row that somebody changed by hand stops the checkpoints of its chain instead of being vouched for.
import { AppError, type ChainHead, checkpointEvery, verifyNext } from "@dd0c/core";
import { insertCheckpoints, latestCheckpoint, listEvents, readHead, type StoredCheckpoint } from "../db/index.ts";
import { readAuditKeys, signatureOf, statementOf } from "./audit-keys.ts";
import { type AppContext, sha256 } from "./context.ts";

type CheckpointContext = Pick<AppContext, "db" | "clock" | "engineKey">;

const batchSize = 1_000;

const brokenAt = (chain: string, seq: number, reason: string): AppError =>
  new AppError("AUDIT_CHAIN_BROKEN", "The audit chain does not follow from its last checkpoint; it was not signed.", {
    chain,
    seq,
    reason,
  });

function signed(app: CheckpointContext, { chain, seq, hash }: ChainHead): StoredCheckpoint {
  const unsigned = { chain, seq, hash, takenAt: new Date(app.clock.now()), keyId: app.engineKey.id, signature: "" };
  return { ...unsigned, signature: signatureOf(app, statementOf(unsigned)) };
}

/** Where signing goes on from: the last checkpoint, if it is truly ours. */
async function lastSigned(app: CheckpointContext, chain: string): Promise<{ from: ChainHead; to: ChainHead }> {
  const { last, to } = await app.db.withSystem("checkpoint", async (tx) => ({
    last: await latestCheckpoint(tx, chain),
    to: await readHead(tx, chain),
  }));
  if (last === undefined) return { from: { chain, seq: 0, hash: "0".repeat(64) }, to };
  if (!(await readAuditKeys(app)).isSigned(last)) throw brokenAt(chain, last.seq, "forged_checkpoint");
  if (last.seq > to.seq) throw brokenAt(chain, to.seq + 1, "cut_tail");
  if (last.seq === to.seq && last.hash !== to.hash) throw brokenAt(chain, to.seq, "other_head");
  return { from: { chain, seq: last.seq, hash: last.hash }, to };
}

/**
 * Signs a checkpoint at each multiple of a hundred events, and with `atHead` one at the last event.
 * Errors: AUDIT_CHAIN_BROKEN with chain, seq and reason
 */
export async function takeCheckpoints(app: CheckpointContext, chain: string, atHead: boolean): Promise<void> {
  const { from, to } = await lastSigned(app, chain);
  let head = from;
  while (head.seq < to.seq) {
    const limit = Math.min(batchSize, to.seq - head.seq);
    const { events } = await app.db.withSystem("checkpoint", (tx) =>
      listEvents(tx, { chain, limit, order: "oldest_first", after: head.seq }),
    );
    if (events.length === 0) throw brokenAt(chain, head.seq + 1, "gap");
    const made: StoredCheckpoint[] = [];
    let fault: AppError | undefined;
    for (const { event, hash } of events) {
      const step = verifyNext(head, event, hash, sha256);
      if (!step.ok) {
        fault = brokenAt(chain, step.expectedSeq, step.fault);
        break;
      }
      head = step.head;
      if (head.seq % checkpointEvery === 0 || (atHead && head.seq === to.seq)) made.push(signed(app, head));
    }
    // What comes before the break holds: it is signed, and the next look begins close to the break.
    await app.db.withSystem("checkpoint", (tx) => insertCheckpoints(tx, made));
    if (fault !== undefined) throw fault;
  }
}
