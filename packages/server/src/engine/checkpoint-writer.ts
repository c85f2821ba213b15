// Writes the checkpoints of every chain and hands each tenant's newest to the tenant's agents, who keep it where the database's hands do not reach.
// Every hundred events or every minute, whichever comes first, looked at every few seconds. A chain that does not verify is left unsigned and named.
import { AppError, checkpointEvery, signedText } from "@dd0c/core";
import { recordAuditKey, statementOf } from "../app/audit-keys.ts";
import { takeCheckpoints } from "../app/take-checkpoints.ts";
import { latestCheckpoint, listUncoveredChains, type StoredCheckpoint } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";

const lookEveryMs = 5_000;
const atLeastEveryMs = 60_000;

export interface CheckpointWriter {
  readonly start: () => Promise<void>;
  /** The agent's stream is a new one: it is told the newest checkpoint again. */
  readonly forget: (agentId: string) => void;
  readonly stop: () => Promise<void>;
}

export function createCheckpointWriter(engine: EngineContext): CheckpointWriter {
  /** Agent -> signature of the last checkpoint that its stream was given. A shorter chain than before is told too: the agent is there to notice. */
  const told = new Map<string, string>();
  const named = new Set<string>();
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    try {
      await writeDue(engine, named);
      await tellAgents(engine, told);
    } catch (error) {
      engine.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "checkpoints could not be written; tried again soon");
    } finally {
      busy = false;
    }
  };
  const turn = (): void => {
    if (busy) return;
    busy = true;
    running = look();
  };
  return {
    start: async () => {
      await recordAuditKey(engine);
      timer = setInterval(turn, lookEveryMs).unref();
    },
    forget: (agentId) => void told.delete(agentId),
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

async function writeDue(engine: EngineContext, named: Set<string>): Promise<void> {
  const now = engine.clock.now();
  for (const { chain, seq, covered, takenAt } of await engine.db.withSystem("checkpoint", listUncoveredChains)) {
    const aged = takenAt === null || now - takenAt.getTime() >= atLeastEveryMs;
    const crossed = Math.floor(seq / checkpointEvery) > Math.floor(covered / checkpointEvery);
    if (aged || crossed) await writeOne(engine, chain, aged, named);
  }
}

/** One broken chain does not keep the others from being signed. It is named once, not every few seconds. */
async function writeOne(engine: EngineContext, chain: string, atHead: boolean, named: Set<string>): Promise<void> {
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

async function tellAgents(engine: EngineContext, told: Map<string, string>): Promise<void> {
  const gateway = engine.gateway();
  const agents = gateway?.onlineAgents() ?? [];
  for (const tenantId of new Set(agents.map((agent) => agent.tenantId))) {
    const newest = await engine.db.withTenant(tenantId, (tx) => latestCheckpoint(tx, tenantId));
    if (newest === undefined) continue;
    for (const { agentId } of agents.filter((agent) => agent.tenantId === tenantId)) {
      if (told.get(agentId) === newest.signature) continue;
      if (gateway?.send(agentId, checkpointFrame(newest)) === true) told.set(agentId, newest.signature);
    }
  }
}

const checkpointFrame = (checkpoint: StoredCheckpoint) =>
  ({
    $case: "checkpoint",
    value: {
      payload: Buffer.from(signedText(statementOf(checkpoint))),
      signature: Buffer.from(checkpoint.signature, "base64"),
      keyId: checkpoint.keyId,
    },
  }) as const;
