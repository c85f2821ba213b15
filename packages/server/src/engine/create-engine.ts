// Puts the engine together: handlers for people, ports for the agents' door, the outbox worker, presence. The server's one view of engine/.
import { join } from "node:path";
import type { AgentGateway, ConnectedAgent, DisconnectReason } from "../agents/gateway-ports.ts";
import type { EngineDependencies, EnginePart } from "../app/engine-part.ts";
import type { AgentPresence } from "../ports.ts";
import { onAgentFrame } from "./agent-frames.ts";
import { agentStandingTopic, checkStandings, settleIn, watchStandings } from "./agent-standing.ts";
import { type AgentDirectory, agentsTopic, createAgentDirectory } from "./agent-directory.ts";
import { onHeartbeat } from "./agent-heartbeat.ts";
import { onAgentConnected, pauseExecutions } from "./agent-presence.ts";
import { auditDraft } from "../app/audit-draft.ts";
import { runGovernance } from "../app/run-governance.ts";
import { appendEvents, type OpenDatabase, readSystemSetting, takeTurn } from "../db/index.ts";
import { capsulesTopic, renewCapsule, renewFor } from "./capsules.ts";
import { createCheckpointWriter } from "./checkpoint-writer.ts";
import { takeInContinuations } from "./continuations.ts";
import { type EngineContext, isConnected } from "./engine-context.ts";
import { engineHandlers } from "./handlers.ts";
import { createOutboxWorker, type OutboxWorker } from "./outbox-worker.ts";
import { panicSetting } from "./panic.ts";
import { openPanicFlag, type PanicFacts } from "./panic-flag.ts";
import { createMissReaction, lockEveryTenant, lockForAgent } from "./lock-for-canaries.ts";
import { lockOnce } from "./lock-once.ts";
import { lockTenant } from "./lock-tenant.ts";
import { type Cause, replayDiffers, tenantBreach } from "./party-cause.ts";
import { createQueuedSteps } from "./queued-steps.ts";
import { createWithheld } from "./withheld.ts";
import { createSharedPanic, lonePanic } from "./shared-panic.ts";
import { shareSuspects } from "./share-suspects.ts";
import { answerForStream, release, sweepLost } from "./stream-lease.ts";
import { openSuspects } from "./suspects.ts";
import { onContradiction } from "./witness-contradiction.ts";
import { createWitnessReports } from "./witness-reports.ts";
import { checkChain, checkEveryTenant } from "./watch-invariants.ts";
import { type AlertOptions, createAlerts } from "../webhooks/create-alerts.ts";

/** Invariants are checked a moment after the start, when what hurries is done, and then every hour. */
const firstCheckMs = 60_000;
const checkEveryMs = 3_600_000;
const lockAgainMs = 5_000;
const sweepEveryMs = 5_000;
const outboxTopic = "outbox";
/** Governance is looked at soon after the start, so that weeks in which the server was down are made up for, and then every hour. */
const firstGovernanceMs = 30_000;
const governEveryMs = 3_600_000;

export interface EngineOptions extends EngineDependencies {
  readonly dataDir: string;
  readonly database: OpenDatabase["kind"];
  readonly partyModePeople: number;
  readonly absenceMs: number;
  readonly alerts: AlertOptions;
  readonly announceTo: readonly string[];
}

export function createEngine(options: EngineOptions): EnginePart {
  let gateway: AgentGateway | undefined;
  let worker: OutboxWorker | undefined;
  let stopped = false;
  let endWatch: () => void = () => undefined;
  const timers = new Set<NodeJS.Timeout>();

  const { replicas, db, logger } = options;
  const { bus } = replicas;
  const workerName = options.newId();
  const local = openPanicFlag(join(options.dataDir, "panic.json"));
  const followPanic = ({ on, panicId }: PanicFacts): void => {
    gateway?.broadcastPanic(on, panicId);
    if (!on) worker?.wake();
  };
  const recorded = async () => (await db.withSystem("panic", (tx) => readSystemSetting(tx, panicSetting))) as PanicFacts | undefined;
  const panic =
    replicas.panic === undefined
      ? lonePanic(local)
      : createSharedPanic({ local, replicas, recorded, onChange: followPanic, clock: options.clock, logger }, replicas.panic);
  const ownSuspects = openSuspects(join(options.dataDir, "suspects.json"), (error) =>
    logger.error({ error: error instanceof Error ? error.name : "unknown" }, "a locked tenant could not be noted on disk"),
  );
  const suspects = shareSuspects(ownSuspects, bus, ({ tenantId, cause }) => lockSoon(tenantId, cause));
  const agents: AgentDirectory = createAgentDirectory({ ...options, worker: workerName });

  const engine: EngineContext = {
    ...options,
    bus,
    panic,
    agents,
    suspects,
    queued: createQueuedSteps(bus),
    withheld: createWithheld(),
    lockSoon: (tenantId, cause) => lockSoon(tenantId, cause),
    gateway: () => gateway,
    wakeOutbox: () => {
      worker?.wake();
      bus.publish(outboxTopic, "");
    },
    worker: workerName,
    isMyTurn: async (name, leaseMs) =>
      bus.lookAgainMs === undefined || (await db.withSystem("schedule", (tx) => takeTurn(tx, name, workerName, leaseMs))),
    renewCapsule: (state) => renewCapsule(engine, state, (work) => schedule(work, 0)),
    sendNow: (state, claimed) => worker?.sendNow(state, claimed),
    expectDispatch: (state) => worker?.expect(state),
  };

  const alerts = createAlerts(engine, options.alerts);
  const checkpoints = createCheckpointWriter(engine);
  const witnesses = createWitnessReports(engine);
  engine.scanner.onMiss(createMissReaction(engine));

  /** Work that nobody waits for: its failure is told to the log, and it is dropped when the engine stops. */
  const schedule = (work: () => Promise<void>, delayMs: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (stopped) return;
      void work().catch((error: unknown) =>
        engine.logger.error({ error: error instanceof Error ? error.message : "unknown" }, "work behind the scenes failed"),
      );
    }, delayMs);
    timers.add(timer);
  };

  /** For causes that are found where nothing may be awaited. The tenant is locked in memory at once. */
  const lockSoon = (tenantId: string, cause: Cause, delayMs = 0): void => {
    engine.suspects.add({ tenantId, cause });
    schedule(async () => {
      try {
        await lockTenant(engine, tenantId, cause);
      } catch (error) {
        engine.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "party mode is on but could not be recorded");
        lockSoon(tenantId, cause, lockAgainMs);
      }
    }, delayMs);
  };

  const watch = (delayMs: number): void =>
    schedule(async () => {
      const check = async (): Promise<void> => {
        // One replica at a time reads every chain.
        if (await engine.isMyTurn("watch-invariants", checkEveryMs - 60_000)) await checkEveryTenant(engine);
      };
      await check().finally(() => watch(checkEveryMs));
    }, delayMs);

  const govern = (delayMs: number): void =>
    schedule(async () => {
      const onFault = (tenant: string, error: unknown): void =>
        engine.logger.error(
          { tenant, error: error instanceof Error ? error.name : "unknown" },
          "governance of a tenant failed; tried again soon",
        );
      await runGovernance(engine, engine.clock.now(), onFault).finally(() => govern(governEveryMs));
    }, delayMs);

  /** Agents whose time is over are dealt with by one replica, soon after; at first they get time to come to this one. */
  const sweep = (delayMs: number): void =>
    schedule(async () => {
      await sweepLost(engine, (tenantId, agentId) => pauseExecutions(engine, tenantId, agentId)).finally(() =>
        sweep(Math.min(sweepEveryMs, options.absenceMs)),
      );
    }, delayMs);

  const presence: AgentPresence = {
    isOnline: (agentId) => isConnected(engine, agentId),
    serialOf: (agentId) => gateway?.serialOf(agentId),
    panicStateOf: (agentId) => {
      if (!isConnected(engine, agentId)) return "unreachable";
      return agents.haltedSince(agentId) === undefined ? "running" : "halted";
    },
    haltedSince: agents.haltedSince,
  };

  /** Releases that are under way: the database is not closed before they are done. */
  const releases = new Set<Promise<void>>();
  const giveBack = async (agent: ConnectedAgent, reason: DisconnectReason): Promise<void> => {
    const claim = agents.closed(agent.agentId);
    if (claim === undefined) return;
    // One whose certificate was revoked is not waited for.
    const isLost = reason === "heartbeat_lost" || reason === "dismissed";
    await release(engine, agent, claim, isLost).catch((error: unknown) =>
      // The lease ends by itself.
      logger.error({ error: error instanceof Error ? error.name : "unknown" }, "the end of a stream could not be recorded"),
    );
    bus.publish(agentsTopic, agent.agentId);
    if (isLost) schedule(() => sweepLost(engine, (tenantId, agentId) => pauseExecutions(engine, tenantId, agentId)), 0);
  };

  const notePanicAck = async (agent: ConnectedAgent, panicId: string, on: boolean, steps: number): Promise<void> => {
    await agents.halted(agent, on);
    const deed = {
      tenantId: agent.tenantId,
      actor: { type: "agent", id: agent.agentId, via: "agent" },
      sourceIp: agent.peerAddress,
      atMs: engine.clock.now(),
    } as const;
    await engine.db.withTenant(agent.tenantId, (tx) =>
      appendEvents(tx, [auditDraft(deed, "panic.acknowledged", { panic_id: panicId, on, steps })]),
    );
  };

  return {
    handlers: engineHandlers(engine, presence),
    acceptAlert: alerts.intake.accept,
    presence,
    gatewayPorts: {
      onConnected: async (agent) => {
        const greeted = await onAgentConnected(engine, agent);
        if ("refused" in greeted) return greeted;
        checkpoints.forget(agent.agentId);
        await lockForAgent(engine, agent.tenantId, agent.agentId, agent.hello.missedCanaries);
        // Before anybody is told that the agent is there: what was done at its host comes first.
        const settledCapsules = await takeInContinuations(engine, agent);
        agents.opened(agent.agentId, greeted.fencingEpoch);
        // A frame from before the halt never reaches this stream: nothing is dispatched while panic is on.
        schedule(() => settleIn(engine, agent), 0);
        return { fencingEpoch: greeted.fencingEpoch, settledCapsules };
      },
      onDisconnected: async (agent, reason) => {
        const release = giveBack(agent, reason);
        releases.add(release);
        await release.finally(() => releases.delete(release));
      },
      onFrame: async (agent, inbound) => {
        const { frame } = inbound;
        if (frame.$case === "panicAck") return notePanicAck(agent, frame.value.panicId, frame.value.on, frame.value.steps);
        if (frame.$case !== "heartbeat") return onAgentFrame(engine, agent, inbound);
        await onHeartbeat(engine, agent, frame.value);
        await lockForAgent(engine, agent.tenantId, agent.agentId, frame.value.missedCanaries);
        await witnesses.heard(agent, frame.value);
      },
      currentPanic: () => engine.panic.current(),
    },
    onStandingChanged: (agentId) => bus.publish(agentStandingTopic, agentId),
    lockEveryTenant: () => lockEveryTenant(engine),
    checkChain: (tenantId) => checkChain(engine, tenantId),
    onReplayDifference: (tenantId, { executionId, runbookId, events, differs }) =>
      lockOnce(engine, tenantId, replayDiffers(executionId, runbookId, events, differs)),
    onContradiction: (chain, witness, found) => onContradiction(engine, chain, witness, found),
    onTenantBreach: (tenantId, breach) => lockSoon(tenantId, tenantBreach(breach)),
    open: async () => {
      await panic.start();
      replicas.answerTo(workerName, answerForStream(engine));
      agents.start();
    },
    start: async (opened) => {
      gateway = opened;
      bus.subscribe(agentStandingTopic, (agentId) => schedule(() => checkStandings(engine, agentId), 0));
      endWatch = watchStandings(engine);
      bus.subscribe(capsulesTopic, (executionRef) => schedule(() => renewFor(engine, executionRef), 0));
      worker = createOutboxWorker(engine, agents.epochOf);
      if (bus.lookAgainMs !== undefined) bus.subscribe(outboxTopic, () => worker?.wake());
      // Locked by the process before this one, which could not put it on record.
      for (const { tenantId, cause } of engine.suspects.open()) lockSoon(tenantId, cause);
      worker.start();
      alerts.start();
      await checkpoints.start();
      watch(firstCheckMs);
      govern(firstGovernanceMs);
      sweep(options.absenceMs);
    },
    stop: async () => {
      stopped = true;
      endWatch();
      for (const timer of timers) clearTimeout(timer);
      await worker?.stop();
      await alerts.stop();
      await checkpoints.stop();
      suspects.stop();
      await Promise.all([...releases, agents.stop(), panic.stop()]);
    },
  };
}
