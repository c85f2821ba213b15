// Puts the engine together: handlers for people, ports for the agents' door, the outbox worker, presence. The server's one view of engine/.
import { join } from "node:path";
import type { AgentGateway, ConnectedAgent } from "../agents/gateway-ports.ts";
import type { EngineDependencies, EnginePart } from "../app/engine-part.ts";
import type { AgentPresence } from "../ports.ts";
import { onAgentFrame } from "./agent-frames.ts";
import { onAgentConnected, onAgentGone, takeUpExecutions } from "./agent-presence.ts";
import { auditDraft } from "../app/audit-draft.ts";
import { runGovernance } from "../app/run-governance.ts";
import { appendEvents, type OpenDatabase } from "../db/index.ts";
import { openCapsule, sendCapsule } from "./capsules.ts";
import { createCheckpointWriter } from "./checkpoint-writer.ts";
import type { EngineContext } from "./engine-context.ts";
import { takeInContinuations } from "./continuations.ts";
import { engineHandlers } from "./handlers.ts";
import { createOutboxWorker, type OutboxWorker } from "./outbox-worker.ts";
import { openPanicFlag } from "./panic-flag.ts";
import { createMissReaction, lockEveryTenant, lockForAgent } from "./lock-for-canaries.ts";
import { lockOnce } from "./lock-once.ts";
import { lockTenant } from "./lock-tenant.ts";
import { type Cause, replayDiffers, tenantBreach } from "./party-cause.ts";
import { createQueuedSteps } from "./queued-steps.ts";
import { openSuspects } from "./suspects.ts";
import { onContradiction } from "./witness-contradiction.ts";
import { createWitnessReports } from "./witness-reports.ts";
import { checkChain, checkEveryTenant } from "./watch-invariants.ts";

/** Invariants are checked a moment after the start, when what hurries is done, and then every hour. */
const firstCheckMs = 60_000;
const checkEveryMs = 3_600_000;
const lockAgainMs = 5_000;
/** Governance is looked at soon after the start, so that weeks in which the server was down are made up for, and then every hour. */
const firstGovernanceMs = 30_000;
const governEveryMs = 3_600_000;

export interface EngineOptions extends EngineDependencies {
  readonly dataDir: string;
  readonly database: OpenDatabase["kind"];
  readonly partyModePeople: number;
}

export function createEngine(options: EngineOptions): EnginePart {
  let gateway: AgentGateway | undefined;
  let worker: OutboxWorker | undefined;
  let stopped = false;
  const streams = new Map<string, number>();
  const halted = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();

  const engine: EngineContext = {
    ...options,
    panic: openPanicFlag(join(options.dataDir, "panic.json")),
    queued: createQueuedSteps(),
    suspects: openSuspects(join(options.dataDir, "suspects.json"), (error) =>
      options.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "a locked tenant could not be noted on disk"),
    ),
    lockSoon: (tenantId, cause) => lockSoon(tenantId, cause),
    gateway: () => gateway,
    wakeOutbox: () => worker?.wake(),
    worker: options.newId(),
    renewCapsule: (state) => {
      if (openCapsule(engine, state) !== undefined) schedule(() => sendCapsule(engine, state), 0);
    },
    sendNow: (state, claimed) => worker?.sendNow(state, claimed),
  };

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
      await checkEveryTenant(engine).finally(() => watch(checkEveryMs));
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

  const presence: AgentPresence = {
    isOnline: (agentId) => gateway?.isOnline(agentId) ?? false,
    panicStateOf: (agentId) => {
      if (gateway?.isOnline(agentId) !== true) return "unreachable";
      return halted.has(agentId) ? "halted" : "running";
    },
    haltedSince: (agentId) => halted.get(agentId),
  };

  const notePanicAck = async (agent: ConnectedAgent, panicId: string, on: boolean, steps: number): Promise<void> => {
    if (on) halted.set(agent.agentId, engine.clock.now());
    else halted.delete(agent.agentId);
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
    presence,
    gatewayPorts: {
      onConnected: async (agent) => {
        const greeted = await onAgentConnected(engine, agent);
        if ("refused" in greeted) return greeted;
        streams.set(agent.agentId, greeted.fencingEpoch);
        checkpoints.forget(agent.agentId);
        await lockForAgent(engine, agent.tenantId, agent.agentId, agent.hello.missedCanaries);
        // A frame from before the halt never reaches this stream: nothing is dispatched while panic is on.
        const settledCapsules = await takeInContinuations(engine, agent);
        schedule(() => takeUpExecutions(engine, agent.tenantId, agent.agentId), 0);
        return { fencingEpoch: greeted.fencingEpoch, settledCapsules };
      },
      onDisconnected: async (agent, reason) => {
        streams.delete(agent.agentId);
        halted.delete(agent.agentId);
        onAgentGone(engine, agent, reason, schedule);
      },
      onFrame: async (agent, inbound) => {
        const { frame } = inbound;
        if (frame.$case === "panicAck") await notePanicAck(agent, frame.value.panicId, frame.value.on, frame.value.steps);
        else await onAgentFrame(engine, agent, inbound);
        if (frame.$case !== "heartbeat") return;
        await lockForAgent(engine, agent.tenantId, agent.agentId, frame.value.missedCanaries);
        await witnesses.heard(agent, frame.value);
      },
      currentPanic: () => engine.panic.current(),
    },
    lockEveryTenant: () => lockEveryTenant(engine),
    checkChain: (tenantId) => checkChain(engine, tenantId),
    onReplayDifference: (tenantId, { executionId, runbookId, events, differs }) =>
      lockOnce(engine, tenantId, replayDiffers(executionId, runbookId, events, differs)),
    onContradiction: (chain, witness, found) => onContradiction(engine, chain, witness, found),
    onTenantBreach: (tenantId, breach) => lockSoon(tenantId, tenantBreach(breach)),
    start: async (opened) => {
      gateway = opened;
      worker = createOutboxWorker(engine, (agentId) => streams.get(agentId));
      // Locked by the process before this one, which could not put it on record.
      for (const { tenantId, cause } of engine.suspects.open()) lockSoon(tenantId, cause);
      worker.start();
      await checkpoints.start();
      watch(firstCheckMs);
      govern(firstGovernanceMs);
    },
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await worker?.stop();
      await checkpoints.stop();
    },
  };
}
