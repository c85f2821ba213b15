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
  /** As the agent last said; it decides by its own file. */
  ceiling: Risk | null;
  journalId: string | null;
  lastHeartbeat: Date | null;
  registeredAt: Date;
  /** End of its latest certificate that is not revoked. */
  certificateExpiresAt: Date | null;
};

export type NewAgent = { id: string; name: string; version: string };

/** Registers an agent, or takes up a known one (same id) again with its new version and name. */
export async function upsertAgent(tx: TenantTx, agent: NewAgent): Promise<void> {
  const taken = { name: agent.name, status: "active", agent_version: agent.version };
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

/** Blocks, unblocks or revokes an agent; revoking ends its certificates too. False: no such agent. */
export async function setAgentStatus(tx: TenantTx, id: string, status: AgentStatus, at: Date): Promise<boolean> {
  const updated = await updateAgent(tx, id).set({ status }).executeTakeFirst();
  if (status === "revoked") {
    await tx.query
      .updateTable("agent_certificates")
      .set({ revoked_at: at })
      .where("tenant_id", "=", tx.tenantId)
      .where("agent_id", "=", id)
      .where("revoked_at", "is", null)
      .execute();
  }
  return updated.numUpdatedRows === 1n;
}

export type AgentGreeting = {
  version: string;
  patternVersion: string;
  ceiling: Risk | null;
  journalId: string;
  capabilities: unknown;
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
      fencing_epoch: sql<number>`${row.ref("fencing_epoch")} + 1`,
      connected_at: at,
      last_heartbeat: at,
    }))
    .returning("fencing_epoch")
    .executeTakeFirstOrThrow();
  return { fencingEpoch: safeInteger(after.fencing_epoch), previousJournalId: before.journal_id };
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
    ceiling: row.ceiling as Risk | null,
    journalId: row.journal_id,
    lastHeartbeat: row.last_heartbeat,
    registeredAt: row.registered_at,
    certificateExpiresAt: row.certificate_not_after,
  };
}

export type CertificateRecord = { serial: string; agentId: string; fingerprint: string; publicKeyPem: string; notAfter: Date };

/** Records an issued certificate; earlier ones stay valid until they expire or are revoked. */
export async function insertCertificate(tx: TenantTx, certificate: CertificateRecord): Promise<void> {
  const { serial, agentId, fingerprint, publicKeyPem, notAfter } = certificate;
  const values = { serial, agent_id: agentId, fingerprint, public_key: publicKeyPem, not_after: notAfter, revoked_at: null };
  await tx.query
    .insertInto("agent_certificates")
    .values({ tenant_id: tx.tenantId, ...values })
    .execute();
}

/** True only for a certificate that was issued to this agent, is not revoked, and whose agent may still connect. */
export async function isCertificateValid(tx: TenantTx, agentId: string, serial: string, at: Date): Promise<boolean> {
  const row = await tx.query
    .selectFrom("agent_certificates as c")
    .innerJoin("agents as a", "a.id", "c.agent_id")
    .select("c.serial")
    .where("c.tenant_id", "=", tx.tenantId)
    .where("c.agent_id", "=", agentId)
    .where("c.serial", "=", serial)
    .where("c.revoked_at", "is", null)
    .where("c.not_after", ">", at)
    .where("a.status", "=", "active")
    .executeTakeFirst();
  return row !== undefined;
}
