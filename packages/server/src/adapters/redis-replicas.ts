// The Replicas behind one Redis: hints by publish and subscribe, one shared value, questions from replica to replica.
// Nothing is queued for later: what cannot be said now fails or is dropped, because every reader looks by itself again.
// Two connections, one to speak and one to listen; both come back by themselves. No URL, password or message is ever logged.
import { randomUUID } from "node:crypto";
import { AppError } from "@dd0c/core";
import { createClient, type RedisClientType } from "redis";
import type { Bus, ReplicaAnswer, Replicas, SharedCounters, SharedValue } from "../ports.ts";
import { createMemoryBus } from "./memory-bus.ts";

export interface RedisReplicasOptions {
  readonly url: string;
  /** Keeps installations on one Redis apart; the same on all replicas of one. */
  readonly installation: string;
  /** Told of a connection that broke and of listeners that throw. */
  readonly onError: (error: unknown) => void;
  /** How long a start waits for Redis. */
  readonly connectForMs?: number;
}

interface Envelope {
  readonly from: string;
  readonly message: string;
}

const lookAgainMs = 1_000;
const retryMs = 200;
const connectWithinMs = 2_000;
/** A command without an answer in this time has failed; a connection that is silent for longer is dead. */
const commandWithinMs = 2_000;
const silenceMs = 4_000;
const pingEveryMs = 1_000;
const answerWithinMs = 5_000;
/** A limit is not worth a longer wait. */
const countWithinMs = 100;

const replaceScript = `
local stands = redis.call("GET", KEYS[1])
if (stands == false and ARGV[1] == "") or stands == ARGV[1] then
  redis.call("SET", KEYS[1], ARGV[2])
  return 1
end
return 0`;

const countScript = `
local count = redis.call("INCR", KEYS[1])
if count == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
return {count, redis.call("PTTL", KEYS[1])}`;

/** Rejects when the work takes longer; the work itself is not ended. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError("REPLICAS_UNREACHABLE")), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws AppError REPLICAS_UNREACHABLE when Redis does not answer */
export async function redisReplicas({ url, installation, onError, connectForMs = 15_000 }: RedisReplicasOptions): Promise<Replicas> {
  const me = randomUUID();
  let breaks = 0;
  const keyOf = (name: string): string => `dd0c:${installation}:${name}`;
  const newClient = (disableOfflineQueue: boolean): RedisClientType => {
    const socket = { reconnectStrategy: () => retryMs, connectTimeout: connectWithinMs, socketTimeout: silenceMs };
    const client = createClient({ url, disableOfflineQueue, pingInterval: pingEveryMs, socket });
    client.on("error", onError);
    client.on("reconnecting", () => (breaks += 1));
    return client as RedisClientType;
  };
  const speaker = newClient(true);
  // A subscription is no message: it waits for the connection and is made again after every break.
  const ears = newClient(false);
  await within(connectForMs, Promise.all([speaker.connect(), ears.connect()])).catch(() => {
    speaker.destroy();
    ears.destroy();
    throw new AppError("REPLICAS_UNREACHABLE");
  });
  const bus = redisBus({ me, speaker, ears, keyOf, onError });
  return {
    bus,
    panic: sharedValue(speaker, keyOf("panic")),
    counters: sharedCounters(speaker, keyOf),
    connection: () => (speaker.isReady && ears.isReady ? breaks : undefined),
    ask: (replica, question) => ask({ me, speaker, ears, keyOf }, replica, question),
    answerTo: (name, answer) => {
      const reply = async (text: string): Promise<void> => {
        const { from, message } = JSON.parse(text) as Envelope;
        await speaker.publish(from, await answer(message));
      };
      ears.subscribe(keyOf(`replica:${name}`), (text) => void reply(text).catch(onError)).catch(onError);
    },
    close: async () => {
      speaker.destroy();
      ears.destroy();
    },
  };
}

interface Line {
  readonly me: string;
  readonly speaker: RedisClientType;
  readonly ears: RedisClientType;
  readonly keyOf: (name: string) => string;
}

/** Listeners here are told at once, as on the memory bus; those elsewhere by Redis, which also brings our own words back: they are ignored. */
function redisBus({ me, speaker, ears, keyOf, onError }: Line & { readonly onError: (error: unknown) => void }): Bus {
  const here = createMemoryBus(onError);
  const heard = new Map<string, number>();
  const onText = (topic: string) => (text: string) => {
    const { from, message } = JSON.parse(text) as Envelope;
    if (from !== me) here.publish(topic, message);
  };
  const dropped = (error: unknown): void => {
    if (speaker.isReady && ears.isReady) onError(error);
  };
  return {
    lookAgainMs,
    publish: (topic, message) => {
      here.publish(topic, message);
      speaker.publish(keyOf(`topic:${topic}`), JSON.stringify({ from: me, message } satisfies Envelope)).catch(dropped);
    },
    subscribe: (topic, listener) => {
      const listeners = heard.get(topic) ?? 0;
      heard.set(topic, listeners + 1);
      if (listeners === 0) ears.subscribe(keyOf(`topic:${topic}`), onText(topic)).catch(dropped);
      const end = here.subscribe(topic, listener);
      return () => {
        end();
        const left = (heard.get(topic) ?? 1) - 1;
        if (left > 0) return void heard.set(topic, left);
        heard.delete(topic);
        ears.unsubscribe(keyOf(`topic:${topic}`)).catch(dropped);
      };
    },
  };
}

const sharedValue = (speaker: RedisClientType, key: string): SharedValue => ({
  read: async () => (await within(commandWithinMs, speaker.get(key))) ?? undefined,
  replace: async (expected, next) => {
    const options = { keys: [key], arguments: [expected ?? "", next] };
    return (await within(commandWithinMs, speaker.eval(replaceScript, options))) === 1;
  },
});

const sharedCounters = (speaker: RedisClientType, keyOf: (name: string) => string): SharedCounters => ({
  add: async (name, windowMs) => {
    const options = { keys: [keyOf(`count:${name}`)], arguments: [String(windowMs)] };
    const [count = 0, leftMs = 0] = (await within(countWithinMs, speaker.eval(countScript, options))) as number[];
    return { count, leftMs };
  },
});

/** The number of listeners that Redis reports is what tells a replica that is gone from one that does not answer. */
async function ask({ me, speaker, ears, keyOf }: Line, replica: string, question: string): Promise<ReplicaAnswer> {
  const back = keyOf(`answer:${me}:${randomUUID()}`);
  try {
    let resolve: (answer: string) => void = () => undefined;
    const answered = new Promise<string>((take) => (resolve = take));
    await within(
      commandWithinMs,
      ears.subscribe(back, (text) => resolve(text)),
    );
    const envelope = JSON.stringify({ from: back, message: question } satisfies Envelope);
    const listeners = await within(commandWithinMs, speaker.publish(keyOf(`replica:${replica}`), envelope));
    if (listeners === 0) return "gone";
    return { answer: await within(answerWithinMs, answered) };
  } catch {
    return "silent";
  } finally {
    ears.unsubscribe(back).catch(() => undefined);
  }
}
