// An agent, or one certificate of it, goes in; what it held lets nobody in any more, and that is recorded in the same transaction.
// Its unused tokens die with the agent, so that whoever has one cannot bring it back. The caller ends live streams afterwards.
import { AppError } from "@dd0c/core";
import {
  appendEvents,
  listCertificates,
  lockAgent,
  retireAgent,
  revokeCertificates,
  type TenantTx,
  voidEnrolmentTokens,
} from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export interface Revocation {
  readonly agentId: string;
  /** Null: every certificate, and the agent itself. */
  readonly serial: string | null;
  readonly reason: string;
}

async function revokeOne(tx: TenantTx, { agentId, serial }: Revocation, at: Date): Promise<readonly string[]> {
  if (serial !== null && !(await listCertificates(tx)).some((each) => each.agentId === agentId && each.serial === serial))
    throw new AppError("CERTIFICATE_NOT_FOUND");
  if (serial === null) {
    await retireAgent(tx, agentId);
    await voidEnrolmentTokens(tx, agentId, at);
  }
  return revokeCertificates(tx, agentId, serial, at);
}

/** Revoking what is revoked changes nothing and records nothing. Errors: AGENT_NOT_FOUND, CERTIFICATE_NOT_FOUND. */
export function revokeAgent(app: Pick<AppContext, "db">, deed: Deed, revocation: Revocation): Promise<void> {
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const name = await lockAgent(tx, revocation.agentId);
    if (name === undefined) throw new AppError("AGENT_NOT_FOUND");
    const serials = await revokeOne(tx, revocation, new Date(deed.atMs));
    if (serials.length === 0) return;
    const { agentId, serial, reason } = revocation;
    const data = { agent_id: agentId, agent_name: name, certificate_serials: serials, whole_agent: serial === null, reason };
    await appendEvents(tx, [auditDraft(deed, "agent.revoked", data)]);
  });
}
