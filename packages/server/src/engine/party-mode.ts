// Party mode: a canary was called too harmless, here or by an agent. The tenant is locked, executions pause, trust falls to 0, all of it recorded.
// The scanner guard has locked this process before anything of this runs. Only a signed-in admin ends it, and only when the scanner holds again.
import { AsyncResource } from "node:async_hooks";
import { AppError, type AuditDraft } from "@dd0c/core";
import type { WirePartyModeState } from "@dd0c/protocol/http";
import { patternVersion } from "@dd0c/scanner";
import { auditDraft, type Deed, systemDeed } from "../app/audit-draft.ts";
import {
  activePartyModes,
  appendEvents,
  clearPartyMode,
  distrustRunbooks,
  enterPartyMode,
  listOpenExecutions,
  listTenantIds,
  type PartyModeRecord,
  type TenantTx,
} from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { writeForensicExport } from "./forensic-export.ts";
import { engineAsker, runCommand } from "./run-command.ts";

/** Whose scanner erred: this server's, or an agent's. */
interface Cause {
  readonly cause: "canary_missed" | "agent_canary_missed";
  /** Ids, never texts. */
  readonly canaries: readonly string[];
  readonly agentId: string | null;
}

const explanations: Readonly<Record<string, string>> = {
  canary_missed: "The scanner of this server called a command that is known to be destructive too harmless.",
  agent_canary_missed: "The scanner of an agent called a command that is known to be destructive too harmless.",
};

const detailsOf = (record: PartyModeRecord): { readonly canaries: readonly string[]; readonly agent_id: string | null } =>
  record.details as { canaries: readonly string[]; agent_id: string | null };

/** The same failure that nobody has cleared yet is one party mode, however often it is seen. */
const isSame = (record: PartyModeRecord, { cause, agentId }: Cause): boolean =>
  record.cause === cause && detailsOf(record).agent_id === agentId;

/** Returns the id of a party mode that was not on before. */
async function record(engine: EngineContext, tx: TenantTx, cause: Cause): Promise<string | undefined> {
  if ((await activePartyModes(tx)).some((open) => isSame(open, cause))) return undefined;
  const deed = systemDeed(tx.tenantId, "scanner-guard", engine.clock.now());
  const at = new Date(deed.atMs);
  const id = engine.newId();
  const details = { canaries: cause.canaries, agent_id: cause.agentId };
  await enterPartyMode(tx, { id, cause: cause.cause, details, enteredAt: at });
  const distrusted = await distrustRunbooks(tx, at);
  await appendEvents(tx, [
    auditDraft(deed, "party_mode.activated", { party_mode_id: id, cause: cause.cause, ...details, pattern_version: patternVersion }),
    ...distrusted.map(
      ({ id: runbookId, trustLevel }): AuditDraft =>
        auditDraft(
          deed,
          "runbook.trust_downgraded",
          { old_level: trustLevel, new_level: 0, trigger_event: "party_mode.activated", reason: explanations[cause.cause] },
          runbookId,
        ),
    ),
  ]);
  return id;
}

async function exportFor(engine: EngineContext, tenantId: string, id: string): Promise<void> {
  try {
    await writeForensicExport(engine, tenantId, id);
  } catch (error) {
    engine.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "the forensic export could not be written");
  }
}

/** Locks one tenant: the record first, which every replica obeys, then each execution. Safe to repeat. */
async function lockTenant(engine: EngineContext, tenantId: string, cause: Cause): Promise<void> {
  const { id, live } = await engine.db.withTenant(tenantId, async (tx) => ({
    id: await record(engine, tx, cause),
    live: await listOpenExecutions(tx),
  }));
  for (const { executionId } of live)
    await runCommand(engine, executionId, engineAsker(tenantId), () => [{ command: { type: "panic", mode: "party" } }]);
  if (id !== undefined) await exportFor(engine, tenantId, id);
}

/** This server's scanner missed canaries: it serves every tenant, so every tenant is locked. */
export async function lockEveryTenant(engine: EngineContext): Promise<void> {
  const cause: Cause = { cause: "canary_missed", canaries: engine.scanner.missed(), agentId: null };
  if (cause.canaries.length === 0) return;
  for (const tenantId of await engine.db.withSystem("party-mode", listTenantIds)) await lockTenant(engine, tenantId, cause);
}

const canaryId = /^[a-z]{1,20}-(dangerous|not-safe)-\d{1,3}$/;
const maxNamed = 20;

/** An agent says that its own scanner misses canaries: its tenant is locked. Names that are none of ours are left out. */
export async function lockForAgent(engine: EngineContext, tenantId: string, agentId: string, missed: readonly string[]): Promise<void> {
  if (missed.length === 0) return;
  const canaries = missed.filter((id) => canaryId.test(id)).slice(0, maxNamed);
  await lockTenant(engine, tenantId, { cause: "agent_canary_missed", canaries, agentId });
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

const wireCause = (record: PartyModeRecord) => ({
  cause: record.cause,
  explanation: explanations[record.cause] ?? "One of the product's own promises was broken.",
  canaries: [...detailsOf(record).canaries],
  agent_id: detailsOf(record).agent_id,
  since: record.enteredAt.toISOString(),
});

/** On as soon as this process knows, also before the record is written. */
export async function partyModeState(engine: EngineContext, tenantId: string): Promise<WirePartyModeState> {
  const records = await engine.db.withTenant(tenantId, activePartyModes);
  return { on: records.length > 0 || !engine.scanner.isSound(), causes: records.map(wireCause) };
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
