// Takes due effects from the outbox and performs them: dispatches through the agents' streams held here, timers back into the engine.
// Woken after each commit and once a second. At least once: every effect is harmless when it comes twice.
import type { Effect as EngineEffect, TimerCommand } from "@dd0c/core";
import { claimEffects, completeEffect, type Effect as OutboxRow, postponeEffect } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { engineAsker, runCommand } from "./run-command.ts";
import { type DispatchEffect, sendDispatch } from "./send-dispatch.ts";

const pollMs = 1_000;
const leaseMs = 30_000;
const retryMs = 500;
const batch = 50;

export interface OutboxWorker {
  readonly wake: () => void;
  readonly start: () => void;
  /** Resolves when nothing is being performed any more. */
  readonly stop: () => Promise<void>;
}

type TimerEffect = Extract<EngineEffect, { readonly kind: "timer" }>;

export function createOutboxWorker(engine: EngineContext, streamOf: (agentId: string) => number | undefined): OutboxWorker {
  const worker = engine.newId();
  const announced = new Set<string>();
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;

  const now = (): Date => new Date(engine.clock.now());
  const done = (row: OutboxRow) => engine.db.withSystem("claim-outbox", (tx) => completeEffect(tx, row.id, worker, now()));
  const later = (row: OutboxRow) =>
    engine.db.withSystem("claim-outbox", (tx) => postponeEffect(tx, row.id, worker, new Date(engine.clock.now() + retryMs)));

  const dispatch = async (row: OutboxRow, effect: DispatchEffect): Promise<void> => {
    const sent = await sendDispatch(engine, announced, streamOf, { tenantId: row.tenantId, executionId: row.executionId ?? "", effect });
    await (sent === "later" && engine.clock.now() < effect.notAfterMs ? later(row) : done(row));
  };

  const fire = async (row: OutboxRow, command: TimerCommand): Promise<void> => {
    await runCommand(engine, row.executionId ?? "", engineAsker(row.tenantId), () => [{ command }]);
    await done(row);
  };

  const perform = async (row: OutboxRow): Promise<void> => {
    try {
      const effect = row.payload as EngineEffect;
      if (effect.kind === "dispatch") await dispatch(row, effect);
      else if (effect.kind === "timer") await fire(row, (effect as TimerEffect).command);
      else await done(row);
    } catch (error) {
      engine.logger.error(
        { outbox: row.id, kind: row.kind, error: error instanceof Error ? error.name : "unknown" },
        "an effect failed and is tried again",
      );
      await later(row);
    }
  };

  /** Dispatches first: somebody waits for them. */
  const claim = () =>
    engine.db.withSystem("claim-outbox", async (tx) => {
      const agentIds = (engine.gateway()?.onlineAgents() ?? []).map(({ agentId }) => agentId);
      const options = { worker, now: now(), leaseMs, limit: batch };
      const dispatches = await claimEffects(tx, { ...options, kinds: ["dispatch", "terminate"], agentIds });
      return [...dispatches, ...(await claimEffects(tx, { ...options, kinds: ["timer"] }))];
    });

  const drain = async (): Promise<void> => {
    do {
      again = false;
      const rows = await claim();
      for (const row of rows) await perform(row);
      if (rows.length === batch) again = true;
    } while (again && !stopped);
  };

  const wake = (): void => {
    if (stopped) return;
    again = true;
    running ??= drain()
      .catch((error: unknown) =>
        engine.logger.error({ error: error instanceof Error ? error.message : "unknown" }, "the outbox could not be read"),
      )
      .finally(() => {
        running = undefined;
        if (again && !stopped) setImmediate(wake);
      });
  };

  return {
    wake,
    start: () => {
      stopped = false;
      timer = setInterval(wake, pollMs);
      wake();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
