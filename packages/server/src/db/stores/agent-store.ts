// Agents and their certificates. In: a tenant's transaction. Out: records. Whether an agent is online is known by the gateway, not here.
import type { Risk } from "@dd0c/scanner";
import { sql } from "kysely";
import { toJsonColumn } from "../json-columns.ts";
import { safeInteger } from "../safe-integer.ts";
import type { TenantTx } from "../tenancy.ts";

export type AgentStatus = "active" | "blocked" | "revoked";

export type AgentRecord = {
  id: string;
  name: string;
  status: AgentStatus;
  version: string | null;
  patternVersion: string | null;
  capabilities: unknown;
  /** What holds commands back on its host, as it last said; null: it does not say. */
  hostFacts: unknown;
  /** As the agent last said; it decides by its own file. */
  ceiling: Risk | null;
  journalId: string | null;
  lastHeartbeat: Date | null;
  /** Beginning of its latest stream. */
  connectedAt: Date | null;
  registeredAt: Date;
  /** End of its latest certificate that is not revoked. */
  certificateExpiresAt: Date | null;
  /** SHA-256 of its program as it last said; null before it said one. */
  binaryHash: string | null;
  /** Somebody registered that program and nobody retired it. */
  isBinaryKnown: boolean;
};

export type NewAgent = { id: string; name: string; version: string; binaryHash?: string | null };

/** Registers an agent, or takes up a known one (same id) again with its new version and name. */
export async function upsertAgent(tx: TenantTx, agent: NewAgent): Promise<void> {
  const taken = { name: agent.name, status: "active", agent_version: agent.version, binary_hash: agent.binaryHash ?? null };
  const unknown = { capabilities: "{}", pattern_version: null, ceiling: null, journal_id: null, fencing_epoch: 0 };
  await tx.query
    .insertInto("agents")
    .values({ id: agent.id, tenant_id: tx.tenantId, ...taken, ...unknown, connected_at: null, last_heartbeat: null })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(taken))
    .execute();
}

export async function findAgent(tx: TenantTx, id: string): Promise<AgentRecord | undefined> {
  return (await selectAgents(tx).where("a.id", "=", id).execute()).map(agentRecord)[0];
}

/** All agents, revoked ones too, oldest first. */
export async function listAgents(tx: TenantTx): Promise<AgentRecord[]> {
  return (await selectAgents(tx).orderBy("a.registered_at").execute()).map(agentRecord);
}

/** The agent's name, once no stream of it is being admitted any more: what is decided after this is seen by the next one. */
export async function lockAgent(tx: TenantTx, id: string): Promise<string | undefined> {
  const row = await tx.query
    .selectFrom("agents")
    .select("name")
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row?.name;
}

/** Takes an agent out of service; only an enrolment brings it back. */
export async function retireAgent(tx: TenantTx, id: string): Promise<void> {
  await updateAgent(tx, id).set({ status: "revoked" }).execute();
}

export type AgentGreeting = {
  version: string;
  patternVersion: string;
  ceiling: Risk | null;
  journalId: string;
  capabilities: unknown;
  /** Left out or null: this agent does not say. */
  hostFacts?: unknown;
  binaryHash?: string | null;
};

/**
 * Records that an agent's stream was accepted. `fencingEpoch` grows with each. `previousJournalId` differing from the greeting's means that
 * the agent lost its journal: its steps in flight are outcome unknown. Undefined: no such agent.
 */
export async function recordConnection(
  tx: TenantTx,
  id: string,
  greeting: AgentGreeting,
  at: Date,
): Promise<{ fencingEpoch: number; previousJournalId: string | null } | undefined> {
  const before = await tx.query
    .selectFrom("agents")
    .select("journal_id")
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return undefined;
  const after = await updateAgent(tx, id)
    .set((row) => ({
      agent_version: greeting.version,
      pattern_version: greeting.patternVersion,
      ceiling: greeting.ceiling,
      journal_id: greeting.journalId,
      capabilities: toJsonColumn(greeting.capabilities),
      host_facts: greeting.hostFacts == null ? null : toJsonColumn(greeting.hostFacts),
      binary_hash: greeting.binaryHash ?? null,
      fencing_epoch: sql<number>`${row.ref("fencing_epoch")} + 1`,
      connected_at: at,
      last_heartbeat: at,
    }))
    .returning("fencing_epoch")
    .executeTakeFirstOrThrow();
  return { fencingEpoch: safeInteger(after.fencing_epoch), previousJournalId: before.journal_id };
}

/** A step whose processes outlived the agent that started them. */
export type SurvivingStepRecord = { stepExecutionId: string; processes: number };

export type HeartbeatRecord = {
  /** Left out where the heartbeat says none: the last one stands. */
  binaryHash?: string | null;
  surviving?: readonly SurvivingStepRecord[];
};

export async function recordHeartbeat(tx: TenantTx, id: string, at: Date, said: HeartbeatRecord = {}): Promise<void> {
  const binary = said.binaryHash == null ? {} : { binary_hash: said.binaryHash };
  const surviving = toJsonColumn(said.surviving ?? []);
  await updateAgent(tx, id)
    .set({ last_heartbeat: at, surviving, ...binary })
    .execute();
}

/** What of an earlier life of the agent still ran when it was last heard of. */
export async function listSurviving(tx: TenantTx, id: string): Promise<readonly SurvivingStepRecord[]> {
  const row = await tx.query
    .selectFrom("agents")
    .select("surviving")
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  return (row?.surviving ?? []) as readonly SurvivingStepRecord[];
}

const updateAgent = (tx: TenantTx, id: string) => tx.query.updateTable("agents").where("tenant_id", "=", tx.tenantId).where("id", "=", id);

const selectAgents = (tx: TenantTx) =>
  tx.query
    .selectFrom("agents as a")
    .selectAll("a")
    .select((row) =>
      row
        .selectFrom("agent_certificates as c")
        .whereRef("c.agent_id", "=", "a.id")
        .where("c.revoked_at", "is", null)
        .select(({ fn }) => fn.max("c.not_after").as("latest"))
        .as("certificate_not_after"),
    )
    .select((row) =>
      row
        .exists(
          row
            .selectFrom("agent_binaries as b")
            .whereRef("b.hash", "=", "a.binary_hash")
            .where("b.tenant_id", "=", tx.tenantId)
            .where("b.retired_at", "is", null)
            .select("b.hash"),
        )
        .as("binary_known"),
    )
    .where("a.tenant_id", "=", tx.tenantId);

type AgentRow = Awaited<ReturnType<ReturnType<typeof selectAgents>["execute"]>>[number];

function agentRecord(row: AgentRow): AgentRecord {
  return {
    id: row.id,
    name: row.name,
    status: row.status as AgentStatus,
    version: row.agent_version,
    patternVersion: row.pattern_version,
    capabilities: row.capabilities,
    hostFacts: row.host_facts,
    ceiling: row.ceiling as Risk | null,
    journalId: row.journal_id,
    lastHeartbeat: row.last_heartbeat,
    connectedAt: row.connected_at,
    registeredAt: row.registered_at,
    certificateExpiresAt: row.certificate_not_after,
    binaryHash: row.binary_hash,
    isBinaryKnown: row.binary_known === true,
  };
}
