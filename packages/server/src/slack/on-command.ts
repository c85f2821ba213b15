// /dd0c: the words after it choose what is done, always as the linked member. Answers are private; what starts a run stands in the channel.
import { AppError } from "@dd0c/core";
import type { WireExecutionSummary } from "@dd0c/protocol/http";
import { deedOf } from "../app/audit-draft.ts";
import { createSlackLink, removeSlackLink, slackLinkPath } from "../app/slack-link.ts";
import type { Caller } from "../identity/caller.ts";
import { explain } from "./explain.ts";
import { callerOf, type Face, type Gesture } from "./face.ts";
import { openWhenReady } from "./open-view.ts";
import { prose } from "./rich-text.ts";
import { runbookLine } from "./runbook-words.ts";
import { allRunbooks, runbooksNamed, runInChannel } from "./start-run.ts";
import { panicView, parseView } from "./views.ts";
import { overStatuses, runWords, spell } from "./words.ts";

interface Typed {
  readonly face: Face;
  readonly gesture: Gesture;
  readonly caller: Caller;
  /** Everything after the name of the command. */
  readonly rest: string;
}

type OnCommand = (typed: Typed) => Promise<unknown>;

const help = [
  "/dd0c run <runbook> [name=value ...] [agent=<name>]: start a runbook, in a thread of this channel",
  "/dd0c list: runbooks · /dd0c status: what runs now · /dd0c history [runbook]: what ran",
  "/dd0c parse: see the steps of a text · /dd0c trust <runbook> <level> <reason>: change how far a runbook may go (admins)",
  "/dd0c panic: stop everything · /dd0c link, /dd0c unlink: say who you are",
].join("\n");

const maxShown = 20;
const shown = (all: readonly string[], none: string): string => {
  const more = all.length > maxShown ? [`and ${all.length - maxShown} more, on the web`] : [];
  return all.length === 0 ? none : [...all.slice(0, maxShown), ...more].join("\n");
};

/** The one that is meant. @throws AppError RUNBOOK_NOT_FOUND, VALIDATION_FAILED (several) */
async function runbookNamed(face: Face, caller: Caller, name: string) {
  const found = runbooksNamed(await allRunbooks(face, caller), name);
  const [only, second] = found;
  if (only === undefined) throw new AppError("RUNBOOK_NOT_FOUND", `No runbook is called ${prose(name, 100)}. /dd0c list shows them.`);
  if (second === undefined) return only;
  throw new AppError(
    "VALIDATION_FAILED",
    `Several runbooks fit: ${found
      .slice(0, 5)
      .map(({ title }) => prose(title, 100))
      .join("; ")}. Say more of the name.`,
  );
}

const assignment = /(?:^|\s)([A-Za-z_][\w.-]{0,99})=("[^"]*"|\S*)/g;

/** "payment latency region=eu-1 agent=edge" -> the name, the values, the agent. */
export function readRun(text: string): {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly agent: string | undefined;
} {
  const pairs = [...text.matchAll(assignment)].map(([, name = "", value = ""]): [string, string] => [name, value.replaceAll(/^"|"$/g, "")]);
  const { agent, ...values } = Object.fromEntries(pairs) as Record<string, string>;
  return { name: text.replaceAll(assignment, " ").trim(), values, agent };
}

const run: OnCommand = async ({ face, gesture, caller, rest }) => {
  const { name, values, agent } = readRun(rest);
  if (name === "") return gesture.whisper("Say which runbook: /dd0c run <runbook>. /dd0c list shows them.");
  const runbook = await runbookNamed(face, caller, name);
  const agentId = agent === undefined ? undefined : await agentNamed(face, caller, agent);
  return runInChannel(face, gesture, caller, { runbookId: runbook.id, variables: values, agentId });
};

async function agentNamed(face: Face, caller: Caller, name: string): Promise<string> {
  const { items } = await face.call("listAgents", caller, {});
  const found = items.find((agent) => agent.name === name);
  if (found === undefined) throw new AppError("AGENT_NOT_FOUND", `No agent is called ${prose(name, 100)}.`);
  return found.id;
}

const runLine = (face: Face, run: WireExecutionSummary): string => {
  const took = run.mttr_seconds === null ? "" : ` · ${spell(run.mttr_seconds)}`;
  const when = `${run.started_at.slice(0, 16).replace("T", " ")} UTC`;
  return `${prose(run.runbook_title, 150)} · ${runWords[run.status]}${took} · ${when} · ${face.webUrl()}/executions/${run.id}`;
};

const listRuns = async (face: Face, caller: Caller, runbookId?: string): Promise<readonly WireExecutionSummary[]> =>
  (await face.call("listExecutions", caller, { query: { limit: 100, ...(runbookId === undefined ? {} : { runbook_id: runbookId }) } }))
    .items;

const trust: OnCommand = async ({ face, gesture, caller, rest }) => {
  const [, name = "", level = "", reason = ""] = /^(.+?)\s+([0-2])(?:\s+(.+))?$/.exec(rest) ?? [];
  if (name === "" || reason === "")
    return gesture.whisper("Say the runbook, the level (0, 1 or 2) and why: /dd0c trust <runbook> <level> <reason>");
  const runbook = await runbookNamed(face, caller, name);
  const changed = await face.call("updateRunbook", caller, { params: { id: runbook.id }, body: { trust_level: Number(level), reason } });
  return gesture.whisper(`${prose(changed.title, 150)} has trust level ${changed.trust_level} from the next run on.`);
};

const commands: Readonly<Record<string, OnCommand>> = {
  run,
  trust,
  list: async ({ face, gesture, caller }) =>
    gesture.whisper(shown((await allRunbooks(face, caller)).map(runbookLine), "There are no runbooks yet. Paste one on the web.")),
  status: async ({ face, gesture, caller }) => {
    const running = (await listRuns(face, caller)).filter(({ status }) => !overStatuses.has(status));
    await gesture.whisper(
      shown(
        running.map((each) => runLine(face, each)),
        "Nothing runs now.",
      ),
    );
  },
  history: async ({ face, gesture, caller, rest }) => {
    const runbookId = rest === "" ? undefined : (await runbookNamed(face, caller, rest)).id;
    const ran = await listRuns(face, caller, runbookId);
    await gesture.whisper(
      shown(
        ran.map((each) => runLine(face, each)),
        "Nothing ran yet.",
      ),
    );
  },
  parse: ({ face, gesture }) => openWhenReady(face, gesture, "Read a runbook", async () => parseView(`${face.webUrl()}/runbooks/new`)),
  panic: ({ face, gesture }) => openWhenReady(face, gesture, "Stop everything", async () => panicView()),
};

/** Every word that /dd0c understands; anything else is told what there is. */
export const commandNames: readonly string[] = [...Object.keys(commands), "link", "unlink"];

async function link(face: Face, { slackUserId, slackName, whisper }: Gesture): Promise<void> {
  const code = await createSlackLink(face.app, face.tenantId, { id: slackUserId, name: slackName });
  await whisper(
    `Open this in the browser where you are signed in, within fifteen minutes: ${face.webUrl()}${slackLinkPath(code)}\nDo not pass it on.`,
  );
}

async function unlink(face: Face, caller: Caller, { whisper }: Gesture): Promise<void> {
  await removeSlackLink(face.app, deedOf(caller, face.app.clock.now()));
  await whisper("This Slack account is nobody's any more. /dd0c link says who you are again.");
}

/** "run list" is "list": both spellings are in use. A runbook of that name is found by more of its title. */
function chosen(text: string): readonly [name: string, rest: string] {
  const [name = "", ...more] = text.trim().split(/\s+/);
  const rest = text.trim().slice(name.length).trim();
  const second = more[0] ?? "";
  return name === "run" && second !== "run" && Object.hasOwn(commands, second) ? [second, rest.slice(second.length).trim()] : [name, rest];
}

/** Acknowledged before this is called. */
export async function onCommand(face: Face, gesture: Gesture, text: string): Promise<void> {
  const [name, rest] = chosen(text);
  try {
    if (name === "link") return await link(face, gesture);
    const caller = await callerOf(face, gesture.slackUserId);
    if (caller === null) return await gesture.whisper("This Slack account is not linked to a member of dd0c/run yet. Type /dd0c link.");
    if (name === "unlink") return await unlink(face, caller, gesture);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    await (command === undefined ? gesture.whisper(help) : command({ face, gesture, caller, rest }));
  } catch (error) {
    if (!(error instanceof AppError))
      face.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "a command in Slack failed");
    await gesture.whisper(explain(error));
  }
}
