// `agent resume EXECUTION`: a person goes on with a run at the agent's host while no server is there. In: the run's id, the agent's file, a
// terminal. Out: signed records that the agent hands over when the server is back. It refuses unless everything speaks for it: the agent is
// stopped, the server is away, no panic was on, the capsule is whole, in time and for this agent, and the person has its code.

import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AppError, type ErrorCode, errorTable, type ExecutionState, isErrorCode, vouchedRendering } from "@dd0c/core";
import {
  type CardView,
  exitCodes,
  labelled,
  type Journal,
  openJournal,
  openKeyboard,
  type Person,
  RunEnd,
  sentence,
  type Walk,
  walkRun,
  widthOf,
} from "@dd0c/executor";
import { paintFor } from "@dd0c/executor/paint";
import { type RecoveryKey, recoveryKey } from "@dd0c/protocol/agent";
import { type CapsuleStore, openCapsuleStore, type SignedCapsule } from "../capsule-store.ts";
import { commandExecutor } from "../command-executor.ts";
import { type AgentConfig, loadConfig } from "../config.ts";
import { type AgentIdentity, loadIdentity } from "../identity.ts";
import { jsonLog, type Log } from "../log.ts";
import { honourProxy } from "../proxy.ts";
import { serversInTurn } from "../servers.ts";
import { type ReadSigned, signedDocuments } from "../signed-documents.ts";
import { type CapsuleExecutor, capsuleExecutor } from "./capsule-executor.ts";
import { CapsuleSession } from "./capsule-session.ts";
import { openContinuationLog } from "./continuation-log.ts";
import { serverThere } from "./server-probe.ts";

interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly errors: NodeJS.WritableStream;
}

/** What has to be told apart at the next try, and cannot be guessed. */
const codeTries = 3;
/** Nobody can announce a new text or a new step while no server is there. */
const withheld: Walk["withheld"] = new Set(["edit", "again", "values", "look", "rollback"]);

interface Host {
  readonly config: AgentConfig;
  readonly identity: AgentIdentity;
  readonly readSigned: ReadSigned;
  readonly store: CapsuleStore;
  readonly log: Log;
}

interface Screen {
  readonly person: Person;
  readonly view: CardView;
  readonly say: Walk["say"];
  /** Filled while something can run. */
  readonly live: { executor: CapsuleExecutor | null };
}

function openHost(configFile: string): Host {
  honourProxy(process.env);
  const config = loadConfig(configFile);
  const identity = loadIdentity(config.dataFolder);
  if (identity === undefined) throw new AppError("CERTIFICATE_INVALID", "This agent is not enrolled.");
  const log = jsonLog((line) => appendFileSync(join(config.dataFolder, "resume.log"), line, { mode: 0o600 }), Date.now);
  const readSigned = signedDocuments(identity.engineKeys);
  const { tenantId, agentId } = identity;
  return { config, identity, readSigned, log, store: openCapsuleStore({ folder: config.dataFolder, tenantId, agentId, readSigned, log }) };
}

const refuse = (code: ErrorCode, message?: string): never => {
  throw new AppError(code, message);
};

/** One process has the journal: while it is here, no agent runs and no dispatch can arrive. */
async function takeJournal({ config }: Host): Promise<Journal> {
  try {
    return await openJournal(join(config.dataFolder, "journal"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "JOURNAL_LOCKED")
      throw new RunEnd("usage", "The agent is running. Stop it first (systemctl stop dd0c-agent): one process at a time has its journal.");
    throw error;
  }
}

/** The capsule of the run, if nothing speaks against going on with it. @throws AppError, RunEnd */
async function usableCapsule({ config, identity, store }: Host, executionId: string): Promise<SignedCapsule> {
  const there = await serverThere(serversInTurn(config), identity);
  if (there !== undefined) throw new RunEnd("usage", `The server ${there} is there: start the agent, and go on in the browser.`);
  if (!store.isPanicOff()) refuse("PANIC_ACTIVE", "The last word of a server was a panic, or there was none: nothing is run.");
  const found = store.find(executionId) ?? refuse("CAPSULE_NOT_FOUND");
  const { capsule } = found;
  if (store.isSettled(capsule.id)) refuse("CAPSULE_INVALID", "What was done with this code was handed over before. Get a new code.");
  if (Date.now() >= capsule.expires_at) refuse("CAPSULE_EXPIRED");
  const reason = capsule.state.pause?.reason;
  if (reason === "panic") refuse("PANIC_ACTIVE");
  if (reason === "party") refuse("PARTY_MODE_ACTIVE");
  return found;
}

/** The person proves to have the code; nothing of it is shown. */
async function askCode({ capsule }: SignedCapsule, { person, say, view }: Screen): Promise<RecoveryKey> {
  for (let tries = 0; tries < codeTries; tries += 1) {
    const key = recoveryKey(await person.secret("  recovery code: ", "The recovery code"));
    if (key?.spkiDer.toString("base64") === capsule.holder_key) return key;
    await say(sentence("That is not the code of this run.", view.width));
  }
  return refuse("RECOVERY_CODE_INVALID");
}

async function introduce({ capsule }: SignedCapsule, { say, view }: Screen): Promise<void> {
  const time = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
  await say([
    "",
    ...labelled("run", capsule.execution, view.width),
    ...labelled("server", `not there; this run was last signed at ${time(capsule.issued_at)}`, view.width),
    ...labelled("code of", `${capsule.holder} (${capsule.role}), until ${time(capsule.expires_at)}`, view.width),
    "",
  ]);
}

/** A run that a person, or the loss of its agent, had paused. */
async function goOnAfterPause(session: CapsuleSession): Promise<void> {
  const reason = session.state.pause?.reason;
  if (session.state.status === "paused" && (reason === "human" || reason === "agent_lost" || reason === "rollback"))
    await session.startUp();
}

const walkOf = (
  session: CapsuleSession,
  executor: CapsuleExecutor,
  log: { readonly capsule: SignedCapsule["capsule"] },
  screen: Screen,
): Walk => ({
  session,
  executor,
  lines: log.capsule.state.steps
    .filter(({ origin }) => origin === "runbook")
    .map(({ label }) => ({ template: { label }, step: { section: null }, variables: [], conditions: [] })),
  renderings: { next: async (_walk, step) => vouchedRendering(log.capsule, step), typed: async () => null },
  withheld,
  person: screen.person,
  view: screen.view,
  say: screen.say,
  given: new Map(),
  conditions: new Map(),
  printed: { last: null },
  retype: new Set(),
  shown: { heading: "", attempt: "" },
  asked: { exitCode: null },
});

async function walkCapsule(host: Host, journal: Journal, executionId: string, screen: Screen): Promise<ExecutionState> {
  const signed = await usableCapsule(host, executionId);
  await introduce(signed, screen);
  const key = await askCode(signed, screen);
  const log = openContinuationLog(host.store, signed, key, host.readSigned);
  const { config, identity } = host;
  const session = new CapsuleSession({
    log,
    now: Date.now,
    isServerThere: async () => (await serverThere(serversInTurn(config), identity)) !== undefined,
  });
  const executor = commandExecutor(config);
  try {
    const runs = capsuleExecutor({ config, capsule: log.capsule, key, session, journal, executor, log: host.log, say: screen.say });
    screen.live.executor = runs;
    await goOnAfterPause(session);
    return await walkRun(walkOf(session, runs, log, screen));
  } finally {
    screen.live.executor = null;
    executor.close();
  }
}

const handOver = "Start the agent when the server is back: it hands over what was done here, signed with your code.";

const endOf = ({ status }: ExecutionState): keyof typeof exitCodes =>
  status === "completed" ? "completed" : status === "aborted" ? "left" : "failed";

async function resume(executionId: string, configFile: string, screen: Screen): Promise<number> {
  const host = openHost(configFile);
  const journal = await takeJournal(host);
  try {
    const state = await walkCapsule(host, journal, executionId, screen);
    await screen.say(["", ...sentence(`The run is ${state.status}. ${handOver}`, screen.view.width)]);
    return exitCodes[endOf(state)].code;
  } finally {
    await journal.close();
  }
}

const codeOf = (error: unknown): ErrorCode =>
  error instanceof Error && "code" in error && isErrorCode(String(error.code)) ? (String(error.code) as ErrorCode) : "INTERNAL_ERROR";

/** @returns the exit code (those of `dd0c run`), or undefined on wrong usage: EXECUTION --config FILE */
export async function resumeCommand(args: readonly string[]): Promise<number | undefined> {
  const words = readWords(args);
  const { stdin: input, stdout: output, stderr: errors } = process;
  return words === undefined ? undefined : runResume(words.executionId, words.config, { input, output, errors });
}

function readWords(args: readonly string[]): { readonly executionId: string; readonly config: string } | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { config: { type: "string" } }, allowPositionals: true });
    const [executionId, ...more] = positionals;
    const { config } = values;
    return executionId === undefined || config === undefined || more.length > 0 ? undefined : { executionId, config };
  } catch {
    return undefined;
  }
}

async function runResume(executionId: string, configFile: string, { input, output, errors }: Terminal): Promise<number> {
  const fail = (message: string): void => void errors.write(`dd0c: ${message}\n`);
  if (!input.isTTY || !output.isTTY) {
    fail("A person goes on with a run, in a terminal: the standard input or output is none.");
    return exitCodes.human.code;
  }
  const live: Screen["live"] = { executor: null };
  const person = openKeyboard({ input, output, onInterrupt: () => void live.executor?.stop() });
  const view: CardView = { width: widthOf(output.columns), paint: paintFor(output) };
  const say: Walk["say"] = async (lines) => {
    if (lines.length > 0) output.write(`${lines.join("\n")}\n`);
  };
  try {
    return await resume(executionId, configFile, { person, view, say, live });
  } catch (error) {
    if (error instanceof RunEnd) {
      fail(error.message);
      return error.code;
    }
    const code = codeOf(error);
    fail(`${code}: ${error instanceof Error ? error.message : ""}\n${errorTable[code].action}`);
    return exitCodes.usage.code;
  } finally {
    person.close();
  }
}
