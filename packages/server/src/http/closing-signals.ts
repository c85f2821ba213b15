// Gives every request a signal that fires when its client is gone or the server stops, so that no stream outlives either.
import type { FastifyReply } from "fastify";

export interface ClosingSignals {
  readonly of: (reply: FastifyReply) => AbortSignal;
  /** The server stops: ends every open stream. */
  readonly abortAll: () => void;
}

export function createClosingSignals(): ClosingSignals {
  const open = new Set<AbortController>();
  return {
    of: (reply) => {
      const controller = new AbortController();
      open.add(controller);
      reply.raw.once("close", () => {
        open.delete(controller);
        controller.abort();
      });
      return controller.signal;
    },
    abortAll: () => {
      for (const controller of open) controller.abort();
    },
  };
}
