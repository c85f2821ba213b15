// Writes the checkpoints of every chain and hands each tenant's newest to the tenant's agents, who keep it where the database's hands do not reach.
// Every hundred events or every minute, whichever comes first, looked at every few seconds. A chain that does not verify is left unsigned and named.
import { signedText } from "@dd0c/core";
import { recordAuditKey, statementOf } from "../app/audit-keys.ts";
import { latestCheckpoint, type StoredCheckpoint } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { writeDueCheckpoints } from "./write-due-checkpoints.ts";

const lookEveryMs = 5_000;
/** A replica that died is followed by another after this time. */
const turnMs = 3 * lookEveryMs;

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
      if (await engine.isMyTurn("checkpoints", turnMs)) await writeDueCheckpoints(engine, named);
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
