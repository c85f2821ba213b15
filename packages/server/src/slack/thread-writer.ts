// Makes every thread look as it should: reads what a thread is to hold, compares it with what was written, writes one difference, and looks again.
// At most one write per channel and second. What was missed while Slack was away is caught up with the same way; nothing is queued that could be
// stale. A message that was posted without an answer is looked for by its key before it is posted again.
import { textHash } from "../app/context.ts";
import type { SlackMessageRecord, SlackThread } from "../db/index.ts";
import type { PlannedMessage } from "./planned-message.ts";
import type { Place, SlackWeb, Told } from "./slack-web.ts";

export interface ThreadRecords {
  readonly messages: (threadId: string) => Promise<readonly SlackMessageRecord[]>;
  readonly put: (threadId: string, message: SlackMessageRecord) => Promise<void>;
  readonly forget: (threadId: string, key: string) => Promise<void>;
  /** Slack takes nothing in this channel any more, and says why. */
  readonly broken: (threadId: string, problem: string) => Promise<void>;
}

export interface WriterOptions {
  readonly web: SlackWeb;
  readonly records: ThreadRecords;
  /** The thread as it is now with what it is to hold; undefined: nothing any more. */
  readonly plan: (threadId: string) => Promise<{ readonly thread: SlackThread; readonly messages: readonly PlannedMessage[] } | undefined>;
  /** Told after every call whether Slack answered. */
  readonly heard: (answered: boolean) => void;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
  /** Between two writes to one channel, in milliseconds. */
  readonly paceMs: number;
}

export interface ThreadWriter {
  /** Something about this thread may have changed. */
  readonly look: (threadId: string, channelId: string) => void;
  /** Resolves when nothing is being written. */
  readonly stop: () => Promise<void>;
}

const firstBackOffMs = 500;
const maxBackOffMs = 30_000;

/** The message is not there any more, or cannot be changed any more: it is posted anew. */
const lostMessage: ReadonlySet<string> = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);
/** Nothing can be written in this channel until a person changes that. */
const closedChannel: ReadonlySet<string> = new Set([
  "channel_not_found",
  "is_archived",
  "not_in_channel",
  "restricted_action",
  "missing_scope",
]);

const hashOf = ({ text, blocks }: PlannedMessage): string => textHash(JSON.stringify([text, blocks]));

type Next =
  | { readonly do: "find"; readonly key: string }
  | { readonly do: "post"; readonly message: PlannedMessage }
  | { readonly do: "update"; readonly message: PlannedMessage; readonly ts: string };

/** Doubts first, then what is missing in its order, then what changed, the longest untouched first. */
export function nextWrite(planned: readonly PlannedMessage[], written: readonly SlackMessageRecord[]): Next | undefined {
  const doubt = written.find(({ ts }) => ts === null);
  if (doubt !== undefined) return { do: "find", key: doubt.key };
  const there = new Map(written.map((each) => [each.key, each]));
  const missing = planned.find(({ key, ifThere }) => ifThere !== true && !there.has(key));
  if (missing !== undefined) return { do: "post", message: missing };
  const changed = planned
    .flatMap((message) => {
      const record = there.get(message.key);
      return record === undefined || message.once === true || record.bodyHash === hashOf(message) ? [] : [{ message, record }];
    })
    .sort((a, b) => a.record.writtenAt.getTime() - b.record.writtenAt.getTime())[0];
  return changed === undefined ? undefined : { do: "update", message: changed.message, ts: changed.record.ts ?? "" };
}

/** One channel: its threads that may need something, and when the next write may go out. */
class Channel {
  readonly due = new Set<string>();
  private running: Promise<void> | undefined;
  private readyAt = 0;
  private backOffMs = firstBackOffMs;
  private readonly options: WriterOptions;
  private readonly isStopped: () => boolean;

  constructor(options: WriterOptions, isStopped: () => boolean) {
    this.options = options;
    this.isStopped = isStopped;
  }

  look(threadId: string): void {
    this.due.add(threadId);
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.due.size > 0 && !this.isStopped()) this.look([...this.due][0] ?? threadId);
    });
  }

  settled(): Promise<void> {
    return this.running ?? Promise.resolve();
  }

  private async run(): Promise<void> {
    while (this.due.size > 0 && !this.isStopped()) {
      await this.wait();
      const [threadId = ""] = this.due;
      // Looked at afresh after every write, and in turn with the channel's other threads.
      this.due.delete(threadId);
      if (this.isStopped()) return;
      if (await this.writeOne(threadId)) this.due.add(threadId);
    }
  }

  /** Stopping is not kept waiting. */
  private async wait(): Promise<void> {
    while (!this.isStopped()) {
      const left = this.readyAt - performance.now();
      if (left <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, 250)));
    }
  }

  /** True: there may be more to write. */
  private async writeOne(threadId: string): Promise<boolean> {
    try {
      const plan = await this.options.plan(threadId);
      if (plan === undefined || plan.thread.state === "broken") return false;
      const written = await this.options.records.messages(threadId);
      const next = nextWrite(plan.messages, written);
      if (next === undefined) return false;
      return await this.write(plan.thread, next, written);
    } catch (error) {
      this.options.onFault(error);
      this.rest();
      return true;
    }
  }

  private async write(thread: SlackThread, next: Next, written: readonly SlackMessageRecord[]): Promise<boolean> {
    const key = next.do === "find" ? next.key : next.message.key;
    const place: Place = { channelId: thread.channelId, threadTs: headTs(key, written), threadId: thread.id, key };
    return next.do === "find" ? this.seek(place) : this.send(thread, place, next);
  }

  private record({ threadId, key }: Place, ts: string | null, bodyHash: string): Promise<void> {
    const { records, now } = this.options;
    return records.put(threadId, { key, ts, bodyHash, writtenAt: new Date(now()) });
  }

  private async seek(place: Place): Promise<boolean> {
    const found = await this.call(() => this.options.web.find(place));
    // What stands there is not known: it is written over.
    if (found.is === "done" && found.value !== null) await this.record(place, found.value, "");
    // Without the right to look, once more is better than never.
    else if (found.is === "done" || found.is === "refused") await this.options.records.forget(place.threadId, place.key);
    return true;
  }

  private async send(thread: SlackThread, place: Place, next: Exclude<Next, { do: "find" }>): Promise<boolean> {
    const { web, records } = this.options;
    const hash = hashOf(next.message);
    if (next.do === "post") await this.record(place, null, hash);
    const answer = await this.call(() =>
      next.do === "post" ? web.post(place, next.message) : web.update(thread.channelId, next.ts, next.message),
    );
    if (answer.is === "done") await this.record(place, answer.value, hash);
    else if (next.do === "post" && answer.is !== "unknown") await records.forget(thread.id, place.key);
    if (answer.is === "refused") await this.onRefusal(thread, place.key, answer.error);
    return true;
  }

  private async call<T>(make: () => Promise<Told<T>>): Promise<Told<T>> {
    const answer = await make();
    this.options.heard(answer.is !== "unknown");
    this.readyAt = performance.now() + this.options.paceMs;
    if (answer.is === "done") this.backOffMs = firstBackOffMs;
    if (answer.is === "limited") this.readyAt = performance.now() + Math.max(answer.waitMs, this.options.paceMs);
    if (answer.is === "unknown") this.rest();
    return answer;
  }

  private async onRefusal(thread: SlackThread, key: string, error: string): Promise<void> {
    if (lostMessage.has(error)) return this.options.records.forget(thread.id, key);
    if (closedChannel.has(error)) return this.options.records.broken(thread.id, error);
    this.options.onFault(new Error(error));
    this.rest();
  }

  /** Doubles, so that a Slack that is away is not hammered. */
  private rest(): void {
    this.readyAt = performance.now() + this.backOffMs;
    this.backOffMs = Math.min(2 * this.backOffMs, maxBackOffMs);
  }
}

/** The message of the channel that everything else hangs below; null for that message itself. */
const headTs = (key: string, written: readonly SlackMessageRecord[]): string | null =>
  key === "head" ? null : (written.find((each) => each.key === "head")?.ts ?? null);

export function createThreadWriter(options: WriterOptions): ThreadWriter {
  const channels = new Map<string, Channel>();
  let stopped = false;
  return {
    look: (threadId, channelId) => {
      if (stopped) return;
      const channel = channels.get(channelId) ?? new Channel(options, () => stopped);
      channels.set(channelId, channel);
      channel.look(threadId);
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...channels.values()].map((channel) => channel.settled()));
    },
  };
}
