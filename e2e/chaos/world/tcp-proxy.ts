// The wire between an agent and its server, which can be cut, slowed down or left hanging. It sees bytes of TLS and nothing else.
// In: an upstream that may change from one connection to the next. Out: a port for the agent to dial.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** Where new connections go from now on; asked once for each. */
  route(upstream: () => number): void;
  /** Both ends hear that it is over. */
  drop(): void;
  /** What is sent arrives so much later, in order; 0 for at once. Counts for new and present connections. */
  delay(ms: number): void;
  /**
   * Nothing passes any more on the present connections. "agent": the agent hears that it is over and the server hears nothing;
   * "nobody": neither hears anything.
   */
  hang(whoHears: "agent" | "nobody"): void;
  close(): Promise<void>;
}

interface Pair {
  readonly agent: Socket;
  readonly server: Socket;
  hanging: boolean;
}

export async function tcpProxy(first: () => number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let upstream = first;
  let delayMs = 0;

  const forward = (pair: Pair, from: Socket, to: Socket): void => {
    /** Pieces leave in the order in which they came, also when the delay changes. */
    let last = Promise.resolve();
    from.on("data", (bytes) => {
      if (pair.hanging) return;
      if (delayMs > 0) {
        const due = new Promise<void>((wait) => setTimeout(wait, delayMs));
        last = last.then(() => due);
      }
      void last.then(() => {
        if (!pair.hanging && !to.destroyed) to.write(bytes);
      });
    });
  };
  const accept = (agent: Socket): void => {
    const server = connect(upstream(), "127.0.0.1");
    const pair: Pair = { agent, server, hanging: false };
    pairs.add(pair);
    for (const [one, other] of [
      [agent, server],
      [server, agent],
    ] as const) {
      one.setNoDelay(true);
      forward(pair, one, other);
      one.on("error", () => undefined);
      one.on("close", () => {
        pairs.delete(pair);
        if (!pair.hanging) other.destroy();
      });
    }
  };
  const listener = createServer(accept);
  await new Promise<void>((ready) => listener.listen(0, "127.0.0.1", ready));
  const hung = new Set<Socket>();
  return {
    port: (listener.address() as AddressInfo).port,
    route: (next) => void (upstream = next),
    drop() {
      for (const { agent } of pairs) agent.destroy();
    },
    delay: (ms) => void (delayMs = ms),
    hang(whoHears) {
      for (const pair of pairs) {
        pair.hanging = true;
        hung.add(pair.server);
        if (whoHears === "agent") pair.agent.destroy();
        else hung.add(pair.agent);
      }
    },
    close: () =>
      new Promise((closed) => {
        for (const { agent, server } of pairs) for (const socket of [agent, server]) socket.destroy();
        for (const socket of hung) socket.destroy();
        listener.close(() => closed());
      }),
  };
}
