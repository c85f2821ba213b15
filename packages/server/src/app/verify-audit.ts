// A tenant goes in; every hash of its chain is computed again, in constant memory. Broken: at which event, and how.
import { emptyHead, verifyNext } from "@dd0c/core";
import { exportEvents, readHead } from "../db/index.ts";
import { type AppContext, sha256 } from "./context.ts";

export interface ChainReport {
  readonly events: number;
  readonly headSeq: number;
  readonly headHash: string;
  readonly broken: { readonly seq: number; readonly reason: string } | null;
  readonly durationMs: number;
}

export async function verifyAudit(app: Pick<AppContext, "db" | "clock">, tenantId: string): Promise<ChainReport> {
  const started = app.clock.monotonic();
  const due = await app.db.withTenant(tenantId, (tx) => readHead(tx, tenantId));
  let head = emptyHead(tenantId);
  let broken: ChainReport["broken"] = null;
  let events = 0;
  for await (const { event, hash } of exportEvents((work) => app.db.withTenant(tenantId, work), tenantId)) {
    const step = verifyNext(head, event, hash, sha256);
    if (!step.ok) {
      broken = { seq: step.foundSeq ?? step.expectedSeq, reason: step.fault };
      break;
    }
    head = step.head;
    events += 1;
  }
  // A chain that ends early has no broken link: only its recorded head tells that the tail is missing.
  if (broken === null && head.seq < due.seq) broken = { seq: head.seq + 1, reason: "gap" };
  return { events, headSeq: head.seq, headHash: head.hash, broken, durationMs: app.clock.monotonic() - started };
}
