// `dd0c panic on|status|off`: stops everything from a terminal or a script, with an API key.
// Exit 0; 1 while panic is on and not every agent has confirmed its halt, or for `off` while it is on; 4 no server; 5 key refused.
// It never lifts panic: `off` prints where a signed-in person does.
import { createClient, type WirePanicState } from "@dd0c/protocol/http";
import { type CommandLine, readOptions, UsageError, write } from "../command-line.ts";
import { isHaltConfirmed, showPanic } from "../panic/show-panic.ts";
import { readServerAccess, type ServerAccess } from "../server/server-access.ts";
import { serverFailure } from "../server/server-failure.ts";
import { jsonLine, visibleLine } from "@dd0c/executor/paint";

const requestTimeoutMs = 10_000;
/** How long agents get to confirm before the state is printed as it is then. */
const confirmWithinMs = 3_000;
const askAgainMs = 50;

type Verb = "on" | "status" | "off";

interface Request {
  readonly verb: Verb;
  readonly reason: string;
  readonly json: boolean;
}

const isVerb = (word: string | undefined): word is Verb => word === "on" || word === "status" || word === "off";

function readRequest(line: CommandLine): Request {
  const { values, positionals } = readOptions(line.args, { reason: { type: "string" }, json: { type: "boolean" } });
  const [verb] = positionals;
  if (!isVerb(verb) || positionals.length > 1)
    throw new UsageError("panic takes one word: dd0c panic on, dd0c panic status or dd0c panic off.");
  if (values.reason !== undefined && verb !== "on")
    throw new UsageError("--reason belongs to panic on; a reason for lifting is asked for in the browser.");
  const reason = values.reason ?? "Stopped from the command line";
  if (reason.trim() === "" || reason.length > 2_000) throw new UsageError("--reason takes 1 to 2,000 characters.");
  return { verb, reason, json: values.json === true };
}

const clientOf = ({ url, key }: ServerAccess) =>
  createClient({
    baseUrl: url,
    // A redirect would carry the key to somebody else.
    fetch: (address, init) => fetch(address, { ...init, redirect: "error", signal: AbortSignal.timeout(requestTimeoutMs) }),
    headers: { authorization: `Bearer ${key}` },
  });

type PanicClient = ReturnType<typeof clientOf>;

/** An answer of another program may be JSON too. */
function readState(state: WirePanicState): WirePanicState {
  if (typeof state.on !== "boolean" || !Array.isArray(state.agents)) throw new SyntaxError("no panic state");
  return state;
}

const readPanic = async (client: PanicClient): Promise<WirePanicState> => readState(await client.call("getPanic", {}));

/** Switches panic on and gives connected agents a moment to say that they stopped. */
async function stopEverything(client: PanicClient, reason: string): Promise<WirePanicState> {
  let state = readState(await client.call("panicOn", { body: { reason } }));
  const until = performance.now() + confirmWithinMs;
  while (state.agents.some((agent) => agent.state === "running") && performance.now() < until) {
    await new Promise((wait) => setTimeout(wait, askAgainMs));
    // The halt is in force; a later question that fails takes nothing of that back.
    state = await readPanic(client).catch(() => state);
  }
  return state;
}

async function answerOff(state: WirePanicState, url: string, { json }: Request, { stdout }: CommandLine): Promise<number> {
  const link = `${url}/#lift-the-stop`;
  if (json) await write(stdout, jsonLine({ on: state.on, lifted: false, confirm_url: state.on ? link : null }));
  else if (!state.on) await write(stdout, "Panic is not on.\n");
  else await write(stdout, `Panic stays on: only a signed-in admin lifts it, with a reason. Open\n\n${link}\n\n${showPanic(state)}`);
  return state.on ? 1 : 0;
}

async function answer(access: ServerAccess, request: Request, line: CommandLine): Promise<number> {
  const client = clientOf(access);
  const state = request.verb === "on" ? await stopEverything(client, request.reason) : await readPanic(client);
  if (request.verb === "off") return answerOff(state, access.url, request, line);
  await write(line.stdout, request.json ? jsonLine(state) : showPanic(state));
  return state.on && !isHaltConfirmed(state) ? 1 : 0;
}

export const run = async (line: CommandLine): Promise<number> => {
  const request = readRequest(line);
  const access = readServerAccess(process.env);
  try {
    return await answer(access, request, line);
  } catch (error) {
    const { code, message, exit } = serverFailure(error, access.url);
    const warning = request.verb === "on" ? "The stop is not confirmed: steps may still be running. " : "";
    if (request.json) await write(line.stdout, jsonLine({ error: { code, message: `${warning}${message}` } }));
    else await write(line.stderr, `dd0c: ${warning}${visibleLine(message)} (${code})\n`);
    return exit;
  }
};
