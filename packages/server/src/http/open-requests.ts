// Counts requests that are being answered, so that a server that is to end lets them finish and sends nobody back to itself.
// In: a Fastify server before its routes. Out: a wait for the moment in which nothing is being answered, or for as long as may be waited.
import type { FastifyInstance } from "fastify";

/** Longer than any decision takes; a page that streams is ended before. */
const drainWithinMs = 3_000;

export interface OpenRequests {
  /** From now on every answer closes its connection. Resolves when none is open, or when the time is over. */
  readonly drain: () => Promise<void>;
}

export function countOpenRequests(app: FastifyInstance): OpenRequests {
  const open = new Set<string>();
  let draining = false;
  let settled: () => void = () => undefined;
  app.addHook("onRequest", async (request, reply) => {
    open.add(request.id);
    // Also where the client goes away before the answer.
    reply.raw.once("close", () => {
      open.delete(request.id);
      if (open.size === 0) settled();
    });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (draining) reply.header("connection", "close");
  });
  return {
    drain: async () => {
      draining = true;
      if (open.size === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, drainWithinMs);
        settled = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
