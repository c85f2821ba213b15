// Party mode as people see it and end it: only signed-in admins, with a reason, one or two of them, and only when the scanner holds again.
// Nothing here begins it (lock-tenant.ts) and no time ends it.
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@dd0c/core";
import type { WirePartyModeState } from "@dd0c/protocol/http";
import { patternVersion } from "@dd0c/scanner";
import { auditDraft, type Deed } from "../app/audit-draft.ts";
import { type MemberNames, memberNames } from "../app/read-runbooks.ts";
import { activePartyModes, agreeToClear, appendEvents, clearPartyMode, type PartyModeRecord, type TenantTx } from "../db/index.ts";
import { wireActor } from "../http/wire/runbook.ts";
import type { EngineContext } from "./engine-context.ts";
import { type CauseDetails, explain } from "./party-cause.ts";

const wireCause = (record: PartyModeRecord, names: MemberNames) => {
  const details = record.details as CauseDetails;
  const { agreed } = record;
  return {
    cause: record.cause,
    explanation: explain(record.cause, details),
    canaries: [...(details.canaries ?? [])],
    agent_id: details.agent_id,
    runbook_id: details.runbook_id ?? null,
    since: record.enteredAt.toISOString(),
    agreed:
      agreed === null
        ? null
        : { by: wireActor({ type: "user", id: agreed.by, via: "web" }, names), at: agreed.at.toISOString(), reason: agreed.reason },
  };
};

/** On as soon as this process knows, also before the record is written. */
export async function partyModeState(engine: EngineContext, tenantId: string): Promise<WirePartyModeState> {
  // Asked first: what is written meanwhile stands in the records.
  const suspected = engine.suspects.has(tenantId);
  const { records, names } = await engine.db.readTenant(tenantId, async (tx) => ({
    records: await activePartyModes(tx),
    names: await memberNames(tx),
  }));
  return {
    on: records.length > 0 || !engine.scanner.isSound() || suspected,
    people_needed: engine.partyModePeople,
    causes: records.map((record) => wireCause(record, names)),
  };
}

/** Causes that this person's word clears, and those for which it is the first of two. */
function split(open: readonly PartyModeRecord[], by: string, people: number) {
  const clears = people < 2 ? open : open.filter(({ agreed }) => agreed !== null && agreed.by !== by);
  const agrees = people < 2 ? [] : open.filter(({ agreed }) => agreed === null);
  return { clears, agrees };
}

const idsOf = (records: readonly PartyModeRecord[]): readonly string[] => records.map(({ id }) => id);

async function speak(engine: EngineContext, tx: TenantTx, deed: Deed, reason: string): Promise<void> {
  const open = await activePartyModes(tx);
  if (open.length === 0) throw new AppError("EXECUTION_STATE_CONFLICT", "Party mode is not on.");
  const { clears, agrees } = split(open, deed.actor.id, engine.partyModePeople);
  if (clears.length + agrees.length === 0)
    throw new AppError("EXECUTION_STATE_CONFLICT", "Your word is on record already: another admin must clear party mode too.");
  const word = { by: deed.actor.id, reason, at: new Date(deed.atMs) };
  if ((await agreeToClear(tx, { ...word, ids: idsOf(agrees) })) < agrees.length)
    throw new AppError("EXECUTION_STATE_CONFLICT", "Another admin was faster: look again.");
  await clearPartyMode(tx, { ...word, ids: idsOf(clears) });
  const first = { party_mode_ids: idsOf(agrees), reason };
  const agreedBy = clears.map(({ agreed }) => agreed?.by ?? null).filter((by) => by !== null);
  const cleared = { party_mode_ids: idsOf(clears), reason, agreed_by: agreedBy, pattern_version: patternVersion };
  await appendEvents(tx, [
    ...(agrees.length === 0 ? [] : [auditDraft(deed, "party_mode.clear_agreed", first)]),
    ...(clears.length === 0 ? [] : [auditDraft(deed, "party_mode.cleared", cleared)]),
  ]);
}

const recordingMs = 5_000;
const lookAgainMs = 20;

/** A lock that is under way would be recorded after the word that ends it, and lock again: it is waited for, not for ever. */
async function isRecorded(engine: EngineContext, tenantId: string): Promise<boolean> {
  for (let waited = 0; engine.suspects.has(tenantId) && waited < recordingMs; waited += lookAgainMs) await delay(lookAgainMs);
  return !engine.suspects.has(tenantId);
}

/**
 * One admin's word that it may end. It does where one is enough, or where another admin has agreed to that cause before. Executions stay paused.
 * Errors: EXECUTION_STATE_CONFLICT (not on, or this person has spoken already), PARTY_MODE_ACTIVE (the scanner still misses, or a cause is
 * still being recorded).
 */
export async function leavePartyMode(engine: EngineContext, deed: Deed, reason: string): Promise<void> {
  if (!engine.scanner.checkAll()) {
    throw new AppError("PARTY_MODE_ACTIVE", "The scanner still misses canaries: install a release that does not.", {
      canaries: engine.scanner.missed(),
    });
  }
  if (!(await isRecorded(engine, deed.tenantId)))
    throw new AppError("PARTY_MODE_ACTIVE", "Why it is on is still being recorded. Look again in a moment.");
  await engine.db.withTenant(deed.tenantId, (tx) => speak(engine, tx, deed, reason));
}
