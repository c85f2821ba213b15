// The halt of an installation with several replicas: memory and a file here, one value that all share, a push to the others in the same step.
// Two rules keep them together without a clock: a panic is over only for those who know it by its id, and whoever knows of one that nobody
// lifted says so again. While the shared value cannot be read nobody knows, and nothing may go on by itself.
import { AppError } from "@dd0c/core";
import type { Logger } from "pino";
import type { Bus, Clock, Replicas, SharedValue } from "../ports.ts";
import type { PanicFacts, PanicFlag } from "./panic-flag.ts";

export interface SharedPanic extends PanicFlag {
  /** Reads what stands. Nothing may be served before. @throws AppError REPLICAS_UNREACHABLE */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface SharedPanicOptions {
  readonly local: PanicFlag;
  readonly replicas: Replicas;
  /** The record in the database: the last word where the shared value was lost, and all there is while it cannot be reached. */
  readonly recorded: () => Promise<PanicFacts | undefined>;
  /** Told when the halt changes because of another replica. Must not throw. */
  readonly onChange: (facts: PanicFacts) => void;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "error">;
}

const topic = "panic";
const lookEveryMs = 500;
/** A look that is older than this says nothing about now. */
const certainForMs = 3_000;

/** What this replica makes of what stands: follow it, say what is here instead, or leave both. */
function resolve(here: PanicFacts, stands: PanicFacts | undefined): "follow" | "say" | "agree" {
  if (stands === undefined) return here.panicId === "" ? "agree" : "say";
  if (here.on === stands.on && here.panicId === stands.panicId) return "agree";
  if (stands.on || !here.on) return "follow";
  return here.panicId === stands.panicId ? "follow" : "say";
}

const parse = (text: string | undefined): PanicFacts | undefined => (text === undefined ? undefined : (JSON.parse(text) as PanicFacts));

/** One process: its own word is the whole truth. */
export const lonePanic = (local: PanicFlag): SharedPanic => ({ ...local, start: async () => undefined, stop: async () => undefined });

export function createSharedPanic(options: SharedPanicOptions, shared: SharedValue): SharedPanic {
  const { local, replicas, clock, logger } = options;
  const { bus }: { readonly bus: Bus } = replicas;
  /** When, and over which connection, the last good look began: what was said across a break may have gone unheard. */
  let last: { readonly atMs: number; readonly connection: number | undefined } | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const follow = (facts: PanicFacts): void => {
    const before = local.current();
    try {
      local.set(facts);
    } catch (error) {
      logger.error({ error: error instanceof Error ? error.name : "unknown" }, "the panic state could not be written to disk");
    }
    if (before.on !== facts.on || before.panicId !== facts.panicId) options.onChange(facts);
  };
  const meet = async (): Promise<void> => {
    const began = { atMs: clock.monotonic(), connection: replicas.connection() };
    const text = await shared.read();
    const stands = parse(text);
    const way = resolve(local.current(), stands);
    if (way === "follow" && stands !== undefined) follow(stands);
    if (way === "say" && !(await shared.replace(text, JSON.stringify(local.current())))) again = true;
    last = began;
  };
  /** Another replica may have recorded a panic that could not be told. A record of its end is not believed: that is for the shared value. */
  const askRecord = async (): Promise<void> => {
    const recorded = await options.recorded();
    if (recorded?.on === true && resolve(local.current(), recorded) === "follow" && recorded.panicId !== local.current().panicId)
      follow(recorded);
  };
  const meetAll = async (): Promise<void> => {
    try {
      do {
        again = false;
        await meet();
      } while (again && !stopped);
    } catch {
      await askRecord();
    }
  };
  const look = (): Promise<void> => {
    again = true;
    running ??= meetAll()
      .catch(() => undefined)
      .finally(() => (running = undefined));
    return running;
  };
  const hear = (message: string): void => {
    const facts = parse(message);
    // Stopping needs no proof; going on does.
    if (facts?.on === true && resolve(local.current(), facts) === "follow") follow(facts);
    void look();
  };
  return {
    current: local.current,
    isCertain: () => {
      const connection = replicas.connection();
      return connection !== undefined && connection === last?.connection && clock.monotonic() - last.atMs < certainForMs;
    },
    set: (facts) => {
      bus.publish(topic, JSON.stringify(facts));
      try {
        local.set(facts);
      } finally {
        void look();
      }
    },
    lift: async (facts) => {
      const text = await shared.read();
      const stands = parse(text);
      const lifted: PanicFacts = { ...facts, on: false };
      if (stands?.on === true && stands.panicId !== facts.panicId)
        throw new AppError("EXECUTION_STATE_CONFLICT", "Another panic is on by now.");
      if (!(await shared.replace(text, JSON.stringify(lifted)))) throw new AppError("EXECUTION_STATE_CONFLICT", "Panic changed meanwhile.");
      await local.lift(facts);
      bus.publish(topic, JSON.stringify(lifted));
    },
    start: async () => {
      const text = await shared.read().catch(() => {
        throw new AppError("REPLICAS_UNREACHABLE");
      });
      const stands = parse(text) ?? (local.current().on ? undefined : await options.recorded());
      if (stands !== undefined) follow(stands);
      await meet();
      bus.subscribe(topic, hear);
      timer = setInterval(() => void look(), lookEveryMs);
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
