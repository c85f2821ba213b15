// A name for an agent goes in, the one-time token that enrols it comes out. Shown once: the database keeps a hash of its secret.
// A name that is known already is enrolled again under its old id, so that its history stays its own.
import { newEnrolmentToken } from "../agents/enrolment-token.ts";
import type { CertificateAuthority } from "../agents/certificate-authority.ts";
import { appendEvents, insertEnrolmentToken, listAgents } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export interface IssuedToken {
  readonly token: string;
  readonly agentId: string;
  readonly expiresAt: Date;
}

const lifetimeMs = 60 * 60_000;

export async function createEnrolmentToken(
  app: Pick<AppContext, "db" | "newId">,
  ca: Pick<CertificateAuthority, "caDer">,
  deed: Deed,
  agentName: string,
): Promise<IssuedToken> {
  const { token, secretHash } = newEnrolmentToken(ca);
  const expiresAt = new Date(deed.atMs + lifetimeMs);
  const agentId = await app.db.withTenant(deed.tenantId, async (tx) => {
    const known = (await listAgents(tx)).find(({ name }) => name === agentName);
    const id = known?.id ?? app.newId();
    await insertEnrolmentToken(tx, { id: app.newId(), tokenHash: secretHash, agentId: id, agentName, createdBy: deed.actor.id, expiresAt });
    const data = { agent_id: id, agent_name: agentName, expires_at: expiresAt.toISOString(), again: known !== undefined };
    await appendEvents(tx, [auditDraft(deed, "agent.token_created", data)]);
    return id;
  });
  return { token, agentId, expiresAt };
}
