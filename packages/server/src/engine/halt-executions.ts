// A halt reaches every execution of a tenant: what runs pauses, and no dispatch that was decided before the halt leaves any more.
// In: the tenant and which halt it is; the caller has switched it on before. Out: nothing; safe to repeat.
import { listOpenExecutions, voidEffects } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { dispatchKinds, engineAsker, runCommand } from "./run-command.ts";

/**
 * Dispatches are voided at the end, for the tenant as a whole: each execution was locked before, so that whoever decided without knowing of
 * the halt has committed. This is also what stops a way back in a run that is over, which has no pause to wait in.
 */
export async function haltExecutions(engine: EngineContext, tenantId: string, mode: "panic" | "party"): Promise<void> {
  try {
    for (const { executionId } of await engine.db.withTenant(tenantId, listOpenExecutions))
      await runCommand(engine, executionId, engineAsker(tenantId), () => [{ command: { type: "panic", mode } }]);
  } finally {
    await engine.db.withTenant(tenantId, (tx) => voidEffects(tx, { kinds: dispatchKinds }, new Date(engine.clock.now())));
  }
}
