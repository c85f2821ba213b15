// Keeps the socket to Slack open: connects, and connects again a moment after every break, for as long as the server lives. Slack ends sockets by
// itself every few hours; a token that was taken back is tried more and more rarely. Waiting longer each time, because a client that comes back
// at once is refused for having too many sockets.
import type { SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "pino";

export interface SocketLink {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly isOpen: () => boolean;
}

const firstWaitMs = 500;
const maxWaitMs = 60_000;
/** A socket that stood this long was a good one. */
const steadyMs = 30_000;
const closeWaitMs = 2_000;

export function createSocketLink(client: SocketModeReceiver["client"], logger: Logger, onChange: (open: boolean) => void): SocketLink {
  let stopped = false;
  let open = false;
  let waitMs = firstWaitMs;
  let openedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const set = (is: boolean): void => {
    if (open === is) return;
    open = is;
    onChange(is);
  };
  const again = (): void => {
    set(false);
    if (stopped || timer !== undefined) return;
    if (openedAt > 0 && performance.now() - openedAt > steadyMs) waitMs = firstWaitMs;
    timer = setTimeout(connect, waitMs);
    timer.unref();
    waitMs = Math.min(2 * waitMs, maxWaitMs);
  };
  const connect = (): void => {
    timer = undefined;
    // Rejects where no socket is given out, and where one ends before it is greeted.
    client.start().then(
      () => {
        openedAt = performance.now();
        set(true);
      },
      (error: unknown) => {
        logger.warn({ error: error instanceof Error ? error.name : "closed" }, "no socket to Slack; tried again");
        again();
      },
    );
  };
  client.on("disconnected", again);

  return {
    start: connect,
    isOpen: () => open,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      const left = new Promise((resolve) => setTimeout(resolve, closeWaitMs).unref());
      await Promise.race([client.disconnect().catch(() => undefined), left]);
      set(false);
    },
  };
}
