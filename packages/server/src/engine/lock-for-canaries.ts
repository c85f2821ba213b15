// Party mode by canaries: those that this server's scanner missed, and those that an agent says its own misses (party-cause.ts has all causes).
// The scanner guard has locked this process before anything of this runs.
import { AsyncResource } from "node:async_hooks";
import { listTenantIds } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { lockTenant } from "./lock-tenant.ts";
import { agentCanaries, serverCanaries } from "./party-cause.ts";

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
