// What a thread is to hold now: the run's snapshot, the ends of its outputs and who is who in Slack are read, the messages are rendered.
import { TextDecoder } from "node:util";
import type { WireExecution } from "@dd0c/protocol/http";
import { changeSlackThread, findSlackThread, lastOutputBatches, listMembers, type SlackThread } from "../db/index.ts";
import { type Face, readerOf } from "./face.ts";
import type { PlannedMessage } from "./planned-message.ts";
import { renderRun } from "./render-run.ts";
import { alertOf } from "./on-match.ts";
import { renderMatch } from "./render-match.ts";
import { isTold } from "./render-step.ts";
import { type OutputTail, tailOf } from "./rich-text.ts";
import type { RunReports } from "./run-reports.ts";
import { overStatuses } from "./words.ts";

export interface ThreadPlan {
  readonly thread: SlackThread;
  readonly messages: readonly PlannedMessage[];
  /** The run is over, and nothing is asked any more. */
  readonly over: boolean;
}

/** Of the last pieces of an output; more than a message shows. */
const maxBatches = 40;
const endedStatuses: ReadonlySet<string> = new Set(["completed", "failed", "timed_out", "rolled_back"]);

/** What an attempt that has ended printed does not change: read once, kept as long as the run has a thread. */
export class OutputTails {
  private readonly ended = new Map<string, OutputTail>();
  private readonly face: Pick<Face, "app" | "tenantId">;

  constructor(face: Pick<Face, "app" | "tenantId">) {
    this.face = face;
  }

  async of({ steps }: WireExecution): Promise<ReadonlyMap<string, OutputTail>> {
    const tails = new Map<string, OutputTail>();
    for (const step of steps) {
      if (step.started_at === null || !isTold(step)) continue;
      const key = `${step.id}:${step.attempt}`;
      const tail = this.ended.get(key) ?? (await this.read(step.id, step.attempt));
      if (endedStatuses.has(step.status)) this.keep(key, tail);
      tails.set(step.id, tail);
    }
    return tails;
  }

  /** A few hundred runs' worth. */
  private keep(key: string, tail: OutputTail): void {
    this.ended.set(key, tail);
    const [oldest] = this.ended.keys();
    if (this.ended.size > 2_000 && oldest !== undefined) this.ended.delete(oldest);
  }

  private async read(stepExecutionId: string, attempt: number): Promise<OutputTail> {
    const { app, tenantId } = this.face;
    const batches = await app.db.readTenant(tenantId, (tx) => lastOutputBatches(tx, { stepExecutionId, attempt, limit: maxBatches }));
    const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
    const text = batches.map(({ stream, bytes }) => decoders[stream].decode(bytes, { stream: true })).join("");
    const tail = tailOf(text);
    return { ...tail, cut: tail.cut || batches.length === maxBatches };
  }
}

/** The run of this thread, or the message about its alert while nobody has started one. */
async function beforeRun(face: Face, thread: SlackThread): Promise<{ readonly executionId: string } | ThreadPlan> {
  const { executionId } = thread;
  const alertId = alertOf(thread);
  if (alertId === undefined) return { executionId: executionId ?? "" };
  const alert = await face.call("getAlert", readerOf(face.tenantId), { params: { id: alertId } });
  const { alert_offer: offer } = alert;
  const started = offer?.status === "started" ? offer.execution_id : null;
  if (started === null) {
    const over = offer?.status === "dismissed" || offer?.status === "lapsed";
    return { thread, messages: [renderMatch(alert, thread.id, face.webUrl())], over };
  }
  // Another runbook of those that were offered.
  if (started !== executionId)
    await face.app.db.withTenant(face.tenantId, (tx) => changeSlackThread(tx, thread.id, { executionId: started }));
  return { executionId: started };
}

/** What threads read that stays as it is. */
export interface ThreadReads {
  readonly tails: OutputTails;
  readonly reports: RunReports;
}

/** Undefined: there is no such thread. */
export async function planThread(face: Face, { tails, reports }: ThreadReads, threadId: string): Promise<ThreadPlan | undefined> {
  const { app, tenantId } = face;
  const { thread, members } = await app.db.readTenant(tenantId, async (tx) => ({
    thread: await findSlackThread(tx, { id: threadId }),
    members: await listMembers(tx),
  }));
  if (thread === undefined) return undefined;
  const found = await beforeRun(face, thread);
  if ("messages" in found) return found;
  const execution = await face.call("getExecution", readerOf(tenantId), { params: { id: found.executionId } });
  const messages = renderRun({
    execution,
    divergence: await reports.of(execution),
    outputs: await tails.of(execution),
    slackUsers: new Map(members.flatMap(({ userId, slackUserId }) => (slackUserId === null ? [] : [[userId, slackUserId] as const]))),
    webUrl: face.webUrl(),
    nowMs: app.clock.now(),
  });
  const over = overStatuses.has(execution.status) && !execution.steps.some(({ actions }) => actions.length > 0);
  return { thread, messages, over };
}
