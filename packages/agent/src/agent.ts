// The agent put together: link, journal, executor, admission, panic. In: configuration and identity. Out: a running agent until it is stopped.
// It wires and keeps the order of things (panic before work, acknowledgements to the journal); decisions are in the files it names.

import { join } from "node:path";
import { assertNever } from "@dd0c/core";
import { type Executor, type Journal, openJournal, type StrandedStep } from "@dd0c/executor";
import type { Ack, AgentFrame, AgentHello, ServerHello } from "@dd0c/protocol/agent";
import { type CanaryJudge, patternVersion } from "@dd0c/scanner";
import { admission } from "./admission.ts";
import { announcedPlans } from "./announced-plans.ts";
import { backoff } from "./backoff.ts";
import { type CapsuleStore, openCapsuleStore } from "./capsule-store.ts";
import { commandExecutor } from "./command-executor.ts";
import type { AgentConfig } from "./config.ts";
import { type Dispatcher, dispatcher } from "./dispatcher.ts";
import type { AgentIdentity } from "./identity.ts";
import { type Instruction, type Link, openLink } from "./link.ts";
import type { Log } from "./log.ts";
import { type Outbox, outbox as newOutbox } from "./outbox.ts";
import { type OwnScanner, ownScanner } from "./own-scanner.ts";
import { type PanicSwitch, panicSwitch } from "./panic-switch.ts";
import { rateLimiter } from "./rate-limiter.ts";
import { recover } from "./recover.ts";
import { type ServerClock, serverClock } from "./server-clock.ts";
import { signedDocuments } from "./signed-documents.ts";
import { type StepRunner, stepRunner } from "./step-runner.ts";
import { agentVersion } from "./version.ts";
import { openWitness, type Witness } from "./witness.ts";

export interface AgentOptions {
  readonly config: AgentConfig;
  /** Read at each dial, so that a renewed certificate is used. */
  readonly identity: () => AgentIdentity;
  readonly log: Log;
  /** Every time a stream is open and the server has said hello. */
  readonly onConnected?: () => void;
  /** What the canaries are shown to; a test gives a scanner that errs. */
  readonly canaryJudge?: CanaryJudge;
}

export interface Agent {
  isConnected(): boolean;
  /** Ends running steps, reports them if the server is there, and closes everything. */
  stop(): Promise<void>;
}

interface Parts {
  readonly config: AgentConfig;
  readonly journal: Journal;
  readonly executor: Executor;
  readonly outbox: Outbox;
  readonly clock: ServerClock;
  readonly runner: StepRunner;
  readonly stranded: readonly StrandedStep[];
  readonly panic: PanicSwitch;
  readonly dispatcher: Dispatcher;
  readonly plans: ReturnType<typeof announcedPlans>;
  readonly scanner: OwnScanner;
  readonly witness: Witness;
  readonly capsules: CapsuleStore;
  readonly log: Log;
}

/** How long a stopping agent waits for its last words to be acknowledged. */
const lastWordsMs = 2_000;
const now = () => Date.now();
const monotonic = () => performance.now();

/**
 * Starts the agent and returns as soon as it dials.
 * An agent whose scanner misses a canary starts too: it says so to the server and refuses every step.
 * @throws ExecutorError when the data folder, its lock or its journal cannot be used
 */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const parts = await assemble(options);
  const { journal, outbox, clock, panic, log } = parts;
  const ending = new AbortController();
  await recover({ journal, outbox, stranded: parts.stranded, log, signal: ending.signal });
  let heartbeat: NodeJS.Timeout | undefined;

  const opened = (hello: ServerHello, send: (frame: AgentFrame) => void) => {
    clock.heard(hello.serverTimeMs);
    parts.capsules.settled(hello.settledCapsules);
    outbox.attach(send);
    panic.set(hello.panic, hello.panicId);
    const intervalMs = Math.min(60_000, Math.max(50, hello.heartbeatIntervalMs));
    heartbeat = setInterval(() => beat(parts), intervalMs);
    options.onConnected?.();
  };
  const closed = () => {
    clearInterval(heartbeat);
    outbox.detach();
    clock.lost();
  };
  const link: Link = openLink({
    server: options.config.server,
    identity: options.identity,
    hello: () => hello(parts),
    onOpen: opened,
    onInstruction: (instruction) => follow(parts, instruction),
    onClosed: closed,
    backoff: backoff(Math.random),
    log,
  });
  return {
    isConnected: () => link.isOpen(),
    async stop() {
      ending.abort();
      parts.dispatcher.wakeQueued();
      await parts.runner.stop();
      await lastWords(outbox, link);
      clearInterval(heartbeat);
      await link.close();
      await journal.close();
      parts.executor.close();
    },
  };
}

async function assemble({ config, identity, log, canaryJudge }: AgentOptions): Promise<Parts> {
  const { tenantId, agentId, engineKeys } = identity();
  const scanner = ownScanner(log, canaryJudge);
  const journal = await openJournal(join(config.dataFolder, "journal"));
  const stranded = journal.unfinished();
  const executor = commandExecutor(config);
  const outbox = newOutbox();
  const clock = serverClock(monotonic);
  const readSigned = signedDocuments(engineKeys);
  const plans = announcedPlans(readSigned);
  const capsules = openCapsuleStore({ folder: config.dataFolder, tenantId, agentId, readSigned, log });
  const panic: PanicSwitch = panicSwitch({
    runner: () => runner,
    outbox,
    onPanic: () => dispatch.wakeQueued(),
    keep: capsules.panicIs,
    log,
    now,
  });
  const runner: StepRunner = stepRunner({
    journal,
    executor,
    outbox,
    stranded,
    log,
    now,
    isPanic: panic.isOn,
    mayContinue: clock.isServed,
  });
  const dispatch: Dispatcher = dispatcher({
    agentId,
    config,
    journal,
    outbox,
    scanner,
    judge: admission({ tenantId, agentId, config, plans, readSigned }),
    limiter: rateLimiter(config.rateLimit),
    runner,
    log,
    moment: () => ({ panic: panic.isOn() || !clock.isServed(), serverNowMs: clock.now() }),
    monotonic,
  });
  const witness = openWitness({ folder: config.dataFolder, tenantId, readSigned, log });
  return {
    config,
    journal,
    executor,
    outbox,
    clock,
    runner,
    stranded,
    panic,
    dispatcher: dispatch,
    plans,
    scanner,
    witness,
    capsules,
    log,
  };
}

function follow(parts: Parts, instruction: Instruction): void {
  switch (instruction.$case) {
    case "panic":
      return parts.panic.set(instruction.value.on, instruction.value.panicId);
    case "announce":
      return told(parts, "announcement_refused", instruction.value.executionId, parts.plans.announce(instruction.value));
    case "amend":
      return told(parts, "amendment_refused", instruction.value.executionId, parts.plans.amend(instruction.value));
    case "executeStep":
      void parts.dispatcher.execute(instruction.value);
      return;
    case "ack":
      return acknowledged(parts, instruction.value);
    case "probe":
      return beat(parts);
    case "checkpoint":
      return parts.witness.offer(instruction.value);
    case "capsule":
      return parts.capsules.keep(instruction.value);
    default:
      assertNever(instruction, "an instruction of the server");
  }
}

function told({ log }: Parts, refused: string, execution: string, isBelieved: boolean): void {
  if (!isBelieved) log("error", refused, { execution });
}

/** The last frame of an attempt is stored at the server: a restart need not report it again. */
function acknowledged({ journal, outbox, log }: Parts, ack: Ack): void {
  if (!outbox.acknowledge(ack) || ack.step === undefined) return;
  const { stepExecutionId } = ack.step;
  const upTo = journal.recordsOf(stepExecutionId).at(-1)?.seq;
  if (upTo === undefined) return;
  journal
    .append({ type: "acknowledged", stepExecutionId, upTo })
    .catch(() => log("error", "journal_unavailable", { step: stepExecutionId }));
}

function hello({ config, journal, scanner, capsules }: Parts): AgentHello {
  return {
    agentVersion,
    patternVersion,
    journalId: journal.journalId,
    capabilities: ["plan", "mask", "freeze"],
    ceiling: config.ceiling,
    policyHash: config.policyHash,
    agentTimeMs: now(),
    missedCanaries: scanner.missed(),
    continuations: [...capsules.continuations()],
  };
}

function beat({ outbox, runner, dispatcher: dispatch, panic, scanner, witness }: Parts): void {
  const value = {
    agentTimeMs: now(),
    uptimeMs: Math.round(process.uptime() * 1_000),
    runningSteps: runner.running(),
    queuedSteps: dispatch.queued(),
    agentVersion,
    patternVersion,
    panicked: panic.isOn(),
    missedCanaries: scanner.missed(),
    witness: witness.state(),
  };
  outbox.mention(undefined, { $case: "heartbeat", value });
}

async function lastWords(outbox: Outbox, link: Link): Promise<void> {
  const until = monotonic() + lastWordsMs;
  while (link.isOpen() && !outbox.isEmpty() && monotonic() < until) await new Promise((resolve) => setTimeout(resolve, 20));
}
