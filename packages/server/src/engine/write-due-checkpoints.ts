// Which chains are due for a checkpoint: those that passed a hundredth event, and those whose last one is a minute old while events came.
// One look at all chains. A chain that does not verify is left unsigned and named in the log; the others are signed all the same.
import { AppError, checkpointEvery } from "@dd0c/core";
import { takeCheckpoints } from "../app/take-checkpoints.ts";
import { listUncoveredChains } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";

export type WriterContext = Pick<EngineContext, "db" | "clock" | "engineKey"> & { readonly logger: Pick<EngineContext["logger"], "error"> };

const atLeastEveryMs = 60_000;

/** @param named what was said already about broken chains; grows */
export async function writeDueCheckpoints(engine: WriterContext, named: Set<string>): Promise<void> {
  const now = engine.clock.now();
  for (const { chain, seq, covered, takenAt } of await engine.db.withSystem("checkpoint", listUncoveredChains)) {
    const aged = takenAt === null || now - takenAt.getTime() >= atLeastEveryMs;
    const crossed = Math.floor(seq / checkpointEvery) > Math.floor(covered / checkpointEvery);
    if (aged || crossed) await writeOne(engine, chain, aged, named);
  }
}

/** One broken chain does not keep the others from being signed. It is named once, not every few seconds. */
async function writeOne(engine: WriterContext, chain: string, atHead: boolean, named: Set<string>): Promise<void> {
  try {
    await takeCheckpoints(engine, chain, atHead);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "AUDIT_CHAIN_BROKEN")) throw error;
    const what = JSON.stringify(error.details);
    if (named.has(what)) return;
    named.add(what);
    engine.logger.error({ code: error.code, ...error.details }, "the audit chain is broken: no checkpoint was signed over it");
  }
}
