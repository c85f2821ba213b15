// The Replicas of a server that has no others: its memory is the bus, and a name that is not its own belongs to a process that is no more.
import type { Replicas } from "../ports.ts";
import { createMemoryBus } from "./memory-bus.ts";

/** @param onError told of listeners that throw */
export const standAlone = (onError: (error: unknown) => void): Replicas => ({
  bus: createMemoryBus(onError),
  panic: undefined,
  counters: undefined,
  connection: () => 0,
  ask: async () => "gone",
  answerTo: () => undefined,
  close: async () => undefined,
});
