// Takes due effects from the outbox and performs them: dispatches through the agents' streams held here, timers back into the engine, reports of runs
// that are over.
// Woken after each commit and once a second. At least once: every effect is harmless when it comes twice.
import type { Effect as EngineEffect, ExecutionState, TimerCommand } from "@dd0c/core";
import {
  claimEffects,
  completeDispatch,
  completeEffect,
  discardEffect,
  type Effect as OutboxRow,
  listMembers,
  postponeEffect,
} from "../db/index.ts";
import { type ClaimedDispatch, type EngineContext, outboxPollMs } from "./engine-context.ts";
import { type BuildAsks, engineAsker, runCommand } from "./run-command.ts";
import { announceFrame, createAnnouncements } from "./announcements.ts";
import { reportKind, writeReport } from "./report-divergence.ts";
import { type DispatchJob, sendDispatch, type Streams } from "./send-dispatch.ts";
import { escalatedTo } from "./wire-people.ts";

const leaseMs = 30_000;
const retryMs = 500;
/** Nobody waits for a report. */
const reportRetryMs = 10_000;
const batch = 50;

export interface OutboxWorker {
  readonly wake: () => void;
  /** Performs dispatches that this process claimed when it wrote them, without reading them again. */
  readonly sendNow: (state: ExecutionState, claimed: readonly ClaimedDispatch[]) => void;
  /** A run that waits has its plan's announcement made meanwhile. */
  readonly expect: (state: ExecutionState) => void;
  readonly start: () => void;
  /** Resolves when nothing is being performed any more. */
  readonly stop: () => Promise<void>;
}

/** The reminder after which a run stalls is told to everybody who may decide, as they are now. */
const timerAsks =
  (command: TimerCommand): BuildAsks =>
  async ({ tx }) =>
    command.type === "remind" && command.minutes === 30
      ? [{ command: { ...command, escalateTo: escalatedTo(await listMembers(tx)) } }]
      : [{ command }];

type TerminateEffect = Extract<EngineEffect, { readonly kind: "terminate" }>;
type TimerEffect = Extract<EngineEffect, { readonly kind: "timer" }>;

export function createOutboxWorker(engine: EngineContext, streamOf: (agentId: string) => number | undefined): OutboxWorker {
  const { worker } = engine;
  const streams: Streams = { announced: new Set(), announcements: createAnnouncements((state) => announceFrame(engine, state)), streamOf };
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;

  const now = (): Date => new Date(engine.clock.now());
  const done = (row: { readonly id: number }) => engine.db.withSystem("claim-outbox", (tx) => completeEffect(tx, row.id, worker, now()));
  const discard = (row: { readonly id: number }) => engine.db.withSystem("claim-outbox", (tx) => discardEffect(tx, row.id, worker, now()));
  const delivered = (row: { readonly id: number }) =>
    engine.db.withSystem("claim-outbox", (tx) => completeDispatch(tx, row.id, worker, now()));
  const later = (row: { readonly id: number }, afterMs = retryMs) =>
    engine.db.withSystem("claim-outbox", (tx) => postponeEffect(tx, row.id, worker, new Date(engine.clock.now() + afterMs)));

  const dispatch = async (row: { readonly id: number }, job: DispatchJob): Promise<void> => {
    const sent = await sendDispatch(engine, streams, job);
    if (sent === "later" && engine.clock.now() < job.effect.notAfterMs) return void (await later(row));
    if (sent !== "sent") await discard(row);
    // Sent where the agent is no more: whoever has its stream sends it again, and the agent runs nothing twice.
    else if (!(await delivered(row))) await later(row);
  };

  const sendNow = (state: ExecutionState, claimed: readonly ClaimedDispatch[]): void => {
    for (const { rowId, effect } of claimed) {
      const job = { tenantId: state.tenantId, executionId: state.id, effect, state };
      // Whatever goes wrong here, the claim lapses and the row is taken up again.
      void dispatch({ id: rowId }, job).catch((error: unknown) =>
        engine.logger.error(
          { outbox: rowId, error: error instanceof Error ? error.name : "unknown" },
          "a dispatch could not be sent at once",
        ),
      );
    }
  };

  const expect = (state: ExecutionState): void => {
    const { id, agentId, startedAtMs } = state;
    const stream = agentId === null || startedAtMs === null ? undefined : streamOf(agentId);
    if (stream !== undefined && !streams.announced.has(`${agentId}:${stream}:${id}`)) streams.announcements.prepare(state);
  };

  const terminate = async (row: OutboxRow, { agentId, stepExecutionId, attempt }: TerminateEffect): Promise<void> => {
    const step = { executionId: row.executionId ?? "", stepExecutionId, attempt };
    const sent = engine.gateway()?.send(agentId, { $case: "terminate", value: { step } }) ?? false;
    await (sent ? done(row) : later(row));
  };

  const fire = async (row: OutboxRow, command: TimerCommand): Promise<void> => {
    await runCommand(engine, row.executionId ?? "", engineAsker(row.tenantId), timerAsks(command));
    await done(row);
  };

  const report = async (row: OutboxRow): Promise<void> => {
    await writeReport(engine, row.tenantId, row.executionId ?? "");
    await done(row);
  };

  const perform = async (row: OutboxRow): Promise<void> => {
    try {
      const effect = row.payload as EngineEffect;
      if (row.kind === reportKind) await report(row);
      else if (effect.kind === "dispatch") await dispatch(row, { tenantId: row.tenantId, executionId: row.executionId ?? "", effect });
      else if (effect.kind === "timer") await fire(row, (effect as TimerEffect).command);
      else if (effect.kind === "terminate") await terminate(row, effect);
      else await done(row);
    } catch (error) {
      engine.logger.error(
        { outbox: row.id, kind: row.kind, error: error instanceof Error ? error.name : "unknown" },
        "an effect failed and is tried again",
      );
      await later(row, row.kind === reportKind ? reportRetryMs : retryMs);
    }
  };

  /** Dispatches first: somebody waits for them. */
  const claim = () =>
    engine.db.withSystem("claim-outbox", async (tx) => {
      const agentIds = (engine.gateway()?.onlineAgents() ?? []).map(({ agentId }) => agentId);
      const options = { worker, now: now(), leaseMs, limit: batch };
      const dispatches = await claimEffects(tx, { ...options, kinds: ["dispatch", "terminate"], agentIds, heldBy: worker });
      return [...dispatches, ...(await claimEffects(tx, { ...options, kinds: ["timer", reportKind] }))];
    });

  const drain = async (): Promise<void> => {
    do {
      again = false;
      const rows = await claim();
      for (const row of rows) await perform(row);
      if (rows.length >= batch) again = true;
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
    sendNow,
    expect,
    start: () => {
      stopped = false;
      timer = setInterval(wake, outboxPollMs);
      wake();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
