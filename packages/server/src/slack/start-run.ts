// Starting a run from Slack: a runbook by the name that somebody typed, a run, a thread for it, and what is asked before the first step.
import { AppError } from "@dd0c/core";
import type { WireExecution, WireRunbookSummary } from "@dd0c/protocol/http";
import type { types } from "@slack/bolt";
import { findSlackThread, insertSlackThread } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import type { Face, Gesture } from "./face.ts";
import { openWhenReady } from "./open-view.ts";
import { openAnswers } from "./render-run.ts";
import { prose } from "./rich-text.ts";
import { preflightView } from "./views.ts";

/** All of them; a team has dozens. */
export async function allRunbooks(face: Face, caller: Caller): Promise<readonly WireRunbookSummary[]> {
  const found: WireRunbookSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await face.call("listRunbooks", caller, { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } });
    found.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The one with exactly this title, else all that hold every word. */
export function runbooksNamed(all: readonly WireRunbookSummary[], name: string): readonly WireRunbookSummary[] {
  const wanted = wordsOf(name);
  if (wanted.length === 0) return [];
  const exact = all.filter(({ title }) => wordsOf(title).join(" ") === wanted.join(" "));
  if (exact.length > 0) return exact;
  return all.filter(({ title }) => wanted.every((word) => wordsOf(title).some((has) => has.startsWith(word))));
}

export interface WantedRun {
  readonly runbookId: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly agentId?: string | undefined;
}

/** A conversation of two is no place for a run. @throws AppError VALIDATION_FAILED */
export function channelFor(face: Face, channelId: string | null): string {
  if (channelId !== null && !channelId.startsWith("D")) return channelId;
  if (face.channelId !== undefined) return face.channelId;
  throw new AppError("VALIDATION_FAILED", "A run needs a channel where its thread can stand. Use the command there.");
}

export const startFor = (face: Face, caller: Caller, wanted: WantedRun) =>
  face.call("startExecution", caller, {
    body: {
      runbook_id: wanted.runbookId,
      trigger_source: "slack_command",
      beside_live_run: true,
      ...(wanted.agentId === undefined ? {} : { agent_id: wanted.agentId }),
      ...(wanted.variables === undefined ? {} : { variable_overrides: wanted.variables }),
    },
  });

/** Opens a thread in the channel; a run has one. */
async function openThread({ app, tenantId, look }: Face, executionId: string, channelId: string): Promise<string> {
  const id = app.newId();
  const createdAt = new Date(app.clock.now());
  const thread = await app.db.withTenant(tenantId, async (tx) => {
    const made = await insertSlackThread(tx, { id, channelId, executionId, alert: null, createdAt });
    return made ? { id, channelId } : await findSlackThread(tx, { executionId });
  });
  if (thread !== undefined) look(thread.id, thread.channelId);
  return thread?.id ?? id;
}

const maxNamed = 10;

/** Long enough for the first message. */
const firstMessageMs = 3_000;

/** Where the thread cannot be posted, the person who started it is told. */
function watchFirstMessage(face: Face, gesture: Gesture, threadId: string, page: string): void {
  const timer = setTimeout(() => {
    void face.app.db
      .readTenant(face.tenantId, (tx) => findSlackThread(tx, { id: threadId }))
      .then((thread) =>
        thread?.state === "broken"
          ? gesture.whisper(
              `The run has begun, but I cannot post in this channel: invite the app there. Meanwhile it is on the web: ${page}`,
            )
          : undefined,
      )
      .catch(() => face.logger.warn("a person could not be told that a thread is missing"));
  }, firstMessageMs);
  timer.unref();
}

/** Goes on to the first step where nothing has to be asked; otherwise gives the window that asks. */
export async function beginOrAsk(face: Face, caller: Caller, execution: WireExecution): Promise<types.ModalView | null> {
  const { id, status } = execution;
  if (status !== "preflight") return null;
  const { variables, items } = openAnswers(execution);
  if (variables.length + items.length > 0) return preflightView(execution, { e: id }, `${face.webUrl()}/executions/${id}`);
  await face.call("confirmPreflight", caller, { params: { id }, body: { variables: {}, confirmed: [] } });
  return null;
}

export interface AgentName {
  readonly id: string;
  readonly name: string;
}

/** The agents among which a person has to choose; empty where the engine knows by itself. */
export async function agentsInDoubt(face: Face, caller: Caller): Promise<readonly AgentName[]> {
  const { items } = await face.call("listAgents", caller, {});
  const online = items.filter(({ status }) => status === "online");
  const possible = online.length > 0 ? online : items.filter(({ status }) => status === "offline");
  return possible.length > 1 ? possible : [];
}

/** @throws AppError whatever the start refuses */
export async function runInChannel(face: Face, gesture: Gesture, caller: Caller, wanted: WantedRun): Promise<void> {
  const channelId = channelFor(face, gesture.channelId);
  const inDoubt = wanted.agentId === undefined ? await agentsInDoubt(face, caller) : [];
  if (inDoubt.length > 0) {
    const ways = inDoubt.slice(0, maxNamed).map(({ name }) => `agent=${prose(name, 100)}`);
    throw new AppError("VALIDATION_FAILED", `There are several agents. Say on which one it runs: ${ways.join(", ")}.`);
  }
  const started = startFor(face, caller, wanted).then(async (execution) => {
    const threadId = await openThread(face, execution.id, channelId);
    watchFirstMessage(face, gesture, threadId, `${face.webUrl()}/executions/${execution.id}`);
    return execution;
  });
  await openWhenReady(face, gesture, "Start", async () => beginOrAsk(face, caller, await started));
}
