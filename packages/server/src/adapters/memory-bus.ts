// The Bus of a single process: listeners are called on the next turn of the event loop, in order of publishing.
// A listener that throws is reported and never stops the others.
import type { Bus } from "../ports.ts";

export const createMemoryBus = (onError: (error: unknown) => void): Bus => {
  const topics = new Map<string, Set<(message: string) => void>>();

  const deliver = (topic: string, message: string): void => {
    for (const listener of topics.get(topic) ?? []) {
      try {
        listener(message);
      } catch (error) {
        onError(error);
      }
    }
  };

  return {
    lookAgainMs: undefined,
    publish: (topic, message) => setImmediate(deliver, topic, message),
    subscribe: (topic, listener) => {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
  };
};
