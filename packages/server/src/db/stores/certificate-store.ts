// Certificates of agents by serial number. In: a tenant's transaction. Out: what was issued, and what of it still lets an agent in.
import type { SystemTx, TenantTx } from "../tenancy.ts";

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

/** Of these pairs of all tenants the agents whose certificate does not let them in any more. */
export async function listFallen(
  tx: SystemTx,
  held: readonly { readonly agentId: string; readonly serial: string }[],
  at: Date,
): Promise<readonly string[]> {
  if (held.length === 0) return [];
  const serials = held.map(({ serial }) => serial);
  const valid = await tx.query
    .selectFrom("agent_certificates as c")
    .innerJoin("agents as a", "a.id", "c.agent_id")
    .select(["c.serial", "c.agent_id"])
    .where("c.serial", "in", serials)
    .where("c.revoked_at", "is", null)
    .where("c.not_after", ">", at)
    .where("a.status", "=", "active")
    .execute();
  const stands = new Set(valid.map((row) => `${row.agent_id} ${row.serial}`));
  return held.flatMap(({ agentId, serial }) => (stands.has(`${agentId} ${serial}`) ? [] : [agentId]));
}

export type IssuedCertificate = { serial: string; agentId: string; issuedAt: Date; notAfter: Date; revokedAt: Date | null };

/** All certificates of the tenant's agents, newest first. */
export async function listCertificates(tx: TenantTx): Promise<IssuedCertificate[]> {
  const rows = await tx.query
    .selectFrom("agent_certificates")
    .select(["serial", "agent_id", "created_at", "not_after", "revoked_at"])
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("created_at", "desc")
    .execute();
  return rows.map((row) => ({
    serial: row.serial,
    agentId: row.agent_id,
    issuedAt: row.created_at,
    notAfter: row.not_after,
    revokedAt: row.revoked_at,
  }));
}

/** Revokes one certificate of an agent, or all (null). @returns the serials that were valid until now */
export async function revokeCertificates(tx: TenantTx, agentId: string, serial: string | null, at: Date): Promise<string[]> {
  const open = tx.query
    .updateTable("agent_certificates")
    .set({ revoked_at: at })
    .where("tenant_id", "=", tx.tenantId)
    .where("agent_id", "=", agentId)
    .where("revoked_at", "is", null);
  const rows = await (serial === null ? open : open.where("serial", "=", serial)).returning("serial").execute();
  return rows.map((row) => row.serial);
}
