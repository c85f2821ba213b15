// The agent put together: link, journal, executor, admission, panic. In: configuration and identity. Out: a running agent until it is stopped.
// It wires and keeps the order of things (panic before work, acknowledgements to the journal); decisions are in the files it names.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assertNever } from "@dd0c/core";
import { type Executor, type Journal, openJournal, type StrandedStep } from "@dd0c/executor";
import type { Ack, AgentFrame, AgentHello, ServerHello, StepRef } from "@dd0c/protocol/agent";
import { type CanaryJudge, patternVersion } from "@dd0c/scanner";
import { admission } from "./admission.ts";
import { announcedPlans, type Disbelief } from "./announced-plans.ts";
import { backoff } from "./backoff.ts";
import { binaryHash } from "./binary-hash.ts";
import { type CapsuleStore, openCapsuleStore } from "./capsule-store.ts";
import { commandExecutor } from "./command-executor.ts";
import type { AgentConfig } from "./config.ts";
import { type Dispatcher, dispatcher } from "./dispatcher.ts";
import type { AgentIdentity } from "./identity.ts";
import { type Instruction, type Link, openLink } from "./link.ts";
import type { Log } from "./log.ts";
import { notes, type TakeNote } from "./notes.ts";
import { type Outbox, outbox as newOutbox } from "./outbox.ts";
import { type OwnScanner, ownScanner } from "./own-scanner.ts";
import { type PanicSwitch, panicSwitch } from "./panic-switch.ts";
import { guardCapabilities, hostFacts, reportGuard } from "./host-guard-facts.ts";
import { rateLimiter } from "./rate-limiter.ts";
import { recover, unknownMessage } from "./recover.ts";
import { secretsOf } from "./resolve-secrets.ts";
import { type ServerClock, serverClock } from "./server-clock.ts";
import { serversInTurn } from "./servers.ts";
import { signedDocuments } from "./signed-documents.ts";
import { unknownOutcomeFrame } from "./step-frames.ts";
import { recordUnknown, type StepRunner, stepRunner } from "./step-runner.ts";
import { type Survivors, watchSurvivors } from "./survivors.ts";
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
  /** Opens the next stream with the identity as it is now; running steps go on, their frames wait for the new stream. */
  redial(): void;
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
  readonly survivors: Survivors;
  readonly panic: PanicSwitch;
  readonly dispatcher: Dispatcher;
  readonly plans: ReturnType<typeof announcedPlans>;
  readonly scanner: OwnScanner;
  readonly witness: Witness;
  readonly capsules: CapsuleStore;
  readonly note: TakeNote;
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
  const ending = new AbortController();
  const parts = await assemble(options, ending.signal);
  const { journal, outbox, clock, panic, log } = parts;
  await recover(parts);
  let heartbeat: NodeJS.Timeout | undefined;

  const opened = (hello: ServerHello, send: (frame: AgentFrame) => void) => {
    clock.heard(hello.serverTimeMs);
    parts.capsules.settled(hello.settledCapsules);
    outbox.attach(send);
    panic.set(hello.panic, hello.panicId);
    const intervalMs = Math.min(60_000, Math.max(50, hello.heartbeatIntervalMs));
    heartbeat = setInterval(() => beat(parts), intervalMs);
    // People are told of what still runs before they decide anything.
    if (parts.survivors.alive().length > 0) beat(parts);
    options.onConnected?.();
  };
  const closed = () => {
    clearInterval(heartbeat);
    outbox.detach();
    clock.lost();
  };
  const link: Link = openLink({
    servers: serversInTurn(options.config, Math.random),
    identity: options.identity,
    hello: () => hello(parts),
    onOpen: opened,
    onInstruction: (instruction) => follow(parts, instruction),
    onClosed: closed,
    onDisbelieved: parts.note,
    backoff: backoff(Math.random),
    log,
  });
  return {
    isConnected: () => link.isOpen(),
    redial: () => link.redial(),
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

async function assemble({ config, identity, log, canaryJudge }: AgentOptions, ending: AbortSignal): Promise<Parts> {
  const { tenantId, agentId, engineKeys } = identity();
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const scanner = ownScanner(log, canaryJudge);
  const journal = await openJournal(join(config.dataFolder, "journal"));
  const stranded = journal.unfinished();
  const executor = commandExecutor(config);
  reportGuard(executor.guard, log);
  const outbox = newOutbox();
  const note = notes(journal, log);
  const readSigned = signedDocuments(engineKeys);
  const witness = openWitness({ folder: config.dataFolder, tenantId, readSigned, log });
  const clock = serverClock({
    monotonic,
    wall: now,
    notBeforeMs: witness.newestMs(),
    onBack: (byMs) => note("clock_back", { ms: String(byMs) }),
  });
  const plans = announcedPlans(readSigned);
  const survivors = watchSurvivors({
    graceMs: config.graceMs,
    log,
    signal: ending,
    onGone: async (step) => {
      await recordUnknown(journal, step);
      outbox.finish(step, unknownOutcomeFrame(unknownMessage));
    },
  });
  const onDisbelieved = (execution: string): void => note("unsigned_capsule", { execution });
  const capsules = openCapsuleStore({ folder: config.dataFolder, tenantId, agentId, readSigned, onDisbelieved, log });
  const panic: PanicSwitch = panicSwitch({
    runner: () => runner,
    outbox,
    onPanic: () => dispatch.wakeQueued(),
    keep: capsules.panicIs,
    note,
    log,
    now,
  });
  const runner: StepRunner = stepRunner({
    journal,
    resolveSecrets: secretsOf(config),
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
    note,
    log,
    moment: () => ({ panic: panic.isOn() || !clock.isServed(), serverNowMs: clock.now() }),
    monotonic,
  });
  return {
    config,
    journal,
    executor,
    outbox,
    clock,
    runner,
    stranded,
    survivors,
    panic,
    dispatcher: dispatch,
    plans,
    scanner,
    witness,
    capsules,
    note,
    log,
  };
}

function follow(parts: Parts, instruction: Instruction): void {
  switch (instruction.$case) {
    case "panic":
      return parts.panic.set(instruction.value.on, instruction.value.panicId);
    case "announce":
      return planned(parts, instruction.value.executionId, parts.plans.announce(instruction.value));
    case "amend":
      return planned(parts, instruction.value.executionId, parts.plans.amend(instruction.value));
    case "executeStep":
      void parts.dispatcher.execute(instruction.value);
      return;
    case "ack":
      return acknowledged(parts, instruction.value);
    case "probe":
      return beat(parts);
    case "terminate":
      return terminate(parts, instruction.value.step);
    case "checkpoint":
      return parts.witness.offer(instruction.value);
    case "capsule":
      return parts.capsules.keep(instruction.value);
    default:
      assertNever(instruction, "an instruction of the server");
  }
}

/** A document about a plan that was not believed. */
function planned({ log, note }: Parts, execution: string, disbelief: Disbelief | null): void {
  if (disbelief === null) return;
  log("error", "document_refused", { execution: execution.slice(0, 100), why: disbelief });
  note(disbelief, { execution });
}

/** What an earlier life of the agent left of the step, or what runs of it now; a step is never both. */
function terminate({ survivors, runner }: Parts, step: StepRef | undefined): void {
  if (survivors.terminate(step) === undefined) runner.terminate(step);
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

function hello({ config, executor, journal, scanner, capsules }: Parts): AgentHello {
  return {
    agentVersion,
    patternVersion,
    journalId: journal.journalId,
    capabilities: ["plan", "mask", "freeze", ...guardCapabilities(executor.guard)],
    ceiling: config.ceiling,
    policyHash: config.policyHash,
    agentTimeMs: now(),
    missedCanaries: scanner.missed(),
    binaryHash: binaryHash(),
    continuations: [...capsules.continuations()],
    host: hostFacts(executor.guard, config),
  };
}

function beat({ outbox, runner, dispatcher: dispatch, panic, scanner, witness, survivors }: Parts): void {
  const steps = survivors.alive();
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
    binaryHash: binaryHash(),
    ...(steps.length === 0 ? {} : { surviving: { steps } }),
  };
  outbox.mention(undefined, { $case: "heartbeat", value });
}

async function lastWords(outbox: Outbox, link: Link): Promise<void> {
  const until = monotonic() + lastWordsMs;
  while (link.isOpen() && !outbox.isEmpty() && monotonic() < until) await new Promise((resolve) => setTimeout(resolve, 20));
}
