// The outside world as the use cases see it: time, wake-ups between replicas, who is online, where objects are kept.
// An interface stands here only where there are, or will be, two implementations; wire.ts chooses them.
import type { Readable } from "node:stream";

export interface Clock {
  /** Wall clock, epoch milliseconds. */
  now(): number;
  /** Milliseconds from an arbitrary start that never goes backwards; for durations. */
  monotonic(): number;
}

/** Wakes readers of a topic. A message is a hint to look at the database: it may be lost or repeated, and decides nothing. */
export interface Bus {
  publish(topic: string, message: string): void;
  /** Returns the function that ends the subscription. */
  subscribe(topic: string, listener: (message: string) => void): () => void;
  /** After this time a reader looks without a hint, in milliseconds; undefined where no hint is ever lost. */
  readonly lookAgainMs: number | undefined;
}

/** What another replica says when it is asked: its answer, "gone" when it is not there any more, "silent" when nobody can tell. */
export type ReplicaAnswer = { readonly answer: string } | "gone" | "silent";

/** A value that all replicas share. Everything here rejects where the others cannot be reached. */
export interface SharedValue {
  /** Undefined: never written, or lost. */
  readonly read: () => Promise<string | undefined>;
  /** Writes `next` if `expected` stands there now. False: something else does. */
  readonly replace: (expected: string | undefined, next: string) => Promise<boolean>;
}

export interface SharedCount {
  readonly count: number;
  /** Until it begins again. */
  readonly leftMs: number;
}

/** Counts that all replicas share, for limits. Rejects soon where the others cannot be reached. */
export interface SharedCounters {
  /** Counts one more, from one again when `windowMs` are over since the first. */
  readonly add: (name: string, windowMs: number) => Promise<SharedCount>;
}

/** The servers on one database, this one among them. A server that stands alone has memory for a bus and nobody to ask. */
export interface Replicas {
  readonly bus: Bus;
  /** Undefined for a server that stands alone: its own word is the whole truth. */
  readonly panic: SharedValue | undefined;
  /** Undefined for a server that stands alone. */
  readonly counters: SharedCounters | undefined;
  /** A number that changes with every break; undefined while what the others say could go unheard. */
  readonly connection: () => number | undefined;
  /** Asks the replica of that name (`worker`). */
  readonly ask: (replica: string, question: string) => Promise<ReplicaAnswer>;
  /** From now on this process answers to `name`. */
  readonly answerTo: (name: string, answer: (question: string) => Promise<string>) => void;
  readonly close: () => Promise<void>;
}

/** What is known right now about an agent's stream; kept in memory by whoever holds the streams. */
export interface AgentPresence {
  readonly isOnline: (agentId: string) => boolean;
  /** Serial of the certificate that its stream was opened with; undefined without one. */
  readonly serialOf: (agentId: string) => string | undefined;
  /** "halted": acknowledged the panic that is on. "unreachable": cannot be told. */
  readonly panicStateOf: (agentId: string) => "running" | "halted" | "unreachable";
  /** When it acknowledged the panic that is on; undefined when it did not. */
  readonly haltedSince: (agentId: string) => number | undefined;
}

/** Bytes in memory, or a file that nobody changes meanwhile. */
export type ObjectBody = Uint8Array | { readonly file: string };

/**
 * Write-once storage for what outlives the database's tables. A key is `prefix` + SHA-256 of the content + "." + extension, so that an object
 * is what its name says or is found out. Nothing is changed or removed: how long objects stay is the bucket's business.
 * Errors of all: OBJECT_STORE_UNAVAILABLE. A key or prefix that is not of our form is a bug and throws.
 */
export interface ObjectStore {
  /** Durable when it returns. The same content again changes nothing. @param prefix lower-case path, `checkpoints/` @returns the key */
  readonly put: (prefix: string, extension: string, body: ObjectBody) => Promise<string>;
  /** The content; undefined where there is none. The stream fails with OBJECT_DAMAGED at its end if it is not what the key says. */
  readonly get: (key: string) => Promise<Readable | undefined>;
  /** Keys below a folder (`checkpoints/`), in the order of their characters. */
  readonly list: (folder: string) => Promise<readonly string[]>;
}
