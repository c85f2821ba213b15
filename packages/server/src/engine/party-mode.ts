// Party mode as people see it, and the canaries as one of its causes (party-cause.ts has all, lock-tenant.ts does the locking).
// The scanner guard has locked this process before anything of this runs. Only a signed-in admin ends it, and only when the scanner holds again.
import { AsyncResource } from "node:async_hooks";
import { AppError } from "@dd0c/core";
import type { WirePartyModeState } from "@dd0c/protocol/http";
import { patternVersion } from "@dd0c/scanner";
import { auditDraft, type Deed } from "../app/audit-draft.ts";
import { activePartyModes, appendEvents, clearPartyMode, listTenantIds, type PartyModeRecord } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { lockTenant } from "./lock-tenant.ts";
import { agentCanaries, type CauseDetails, explain, serverCanaries } from "./party-cause.ts";

/** This server's scanner missed canaries: it serves every tenant, so every tenant is locked. */
export async function lockEveryTenant(engine: EngineContext): Promise<void> {
  const missed = engine.scanner.missed();
  if (missed.length === 0) return;
  const cause = serverCanaries(missed);
  for (const tenantId of await engine.db.withSystem("party-mode", listTenantIds)) await lockTenant(engine, tenantId, cause);
}

const canaryId = /^[a-z]{1,20}-(dangerous|not-safe)-\d{1,3}$/;
const maxNamed = 20;

/** An agent says that its own scanner misses canaries: its tenant is locked. Names that are none of ours are left out. */
export async function lockForAgent(engine: EngineContext, tenantId: string, agentId: string, missed: readonly string[]): Promise<void> {
  if (missed.length === 0) return;
  const canaries = missed.filter((id) => canaryId.test(id)).slice(0, maxNamed);
  await lockTenant(engine, tenantId, agentCanaries(agentId, canaries));
}

/**
 * What the guard calls at every miss. It returns at once: a miss may be found inside a transaction, and the record needs one of its own,
 * so the work runs in the context of whoever made this function. One run at a time; a failed one is done again at the next refused batch.
 */
export function createMissReaction(engine: EngineContext): () => void {
  let running = false;
  const finished = (): void => {
    running = false;
  };
  const react = AsyncResource.bind(() => {
    lockEveryTenant(engine).then(finished, (error: unknown) => {
      finished();
      engine.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "party mode is on but could not be recorded");
    });
  });
  return () => {
    if (running) return;
    running = true;
    engine.logger.error({ canaries: engine.scanner.missed() }, "the scanner missed canaries: party mode");
    react();
  };
}

const wireCause = (record: PartyModeRecord) => {
  const details = record.details as CauseDetails;
  return {
    cause: record.cause,
    explanation: explain(record.cause, details),
    canaries: [...(details.canaries ?? [])],
    agent_id: details.agent_id,
    runbook_id: details.runbook_id ?? null,
    since: record.enteredAt.toISOString(),
  };
};

/** On as soon as this process knows, also before the record is written. */
export async function partyModeState(engine: EngineContext, tenantId: string): Promise<WirePartyModeState> {
  const records = await engine.db.withTenant(tenantId, activePartyModes);
  return { on: records.length > 0 || !engine.scanner.isSound() || engine.suspects.has(tenantId), causes: records.map(wireCause) };
}

/** Ends it in an admin's name. Executions stay paused. Errors: EXECUTION_STATE_CONFLICT (not on), PARTY_MODE_ACTIVE (still missed). */
export async function leavePartyMode(engine: EngineContext, deed: Deed, reason: string): Promise<void> {
  if (!engine.scanner.checkAll()) {
    throw new AppError("PARTY_MODE_ACTIVE", "The scanner still misses canaries: install a release that does not.", {
      canaries: engine.scanner.missed(),
    });
  }
  await engine.db.withTenant(deed.tenantId, async (tx) => {
    const open = await activePartyModes(tx);
    if (open.length === 0) throw new AppError("EXECUTION_STATE_CONFLICT", "Party mode is not on.");
    await clearPartyMode(tx, deed.actor.id, reason, new Date(deed.atMs));
    const cleared = { party_mode_ids: open.map(({ id }) => id), reason, pattern_version: patternVersion };
    await appendEvents(tx, [auditDraft(deed, "party_mode.cleared", cleared)]);
  });
}
