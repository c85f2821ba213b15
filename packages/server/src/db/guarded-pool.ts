// A pool of connections that refuses to be asked from inside a transaction's work. On the embedded database, which has one session, the
// second connection would wait for the first until that one is timed out; refusing at once makes the mistake visible on both kinds.
import { Pool, type PoolClient, type PoolConfig } from "pg";
import { refuseInsideTransaction } from "./transaction-mark.ts";

type ConnectCallback = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void;

export class GuardedPool extends Pool {
  constructor(config: PoolConfig) {
    super(config);
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    this.on("error", () => undefined);
    // One that breaks while it is in use tells its query too; the event on top of that must not end the process either.
    this.on("connect", (client) => client.on("error", () => undefined));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | undefined {
    refuseInsideTransaction();
    if (callback === undefined) return super.connect();
    super.connect(callback);
    return undefined;
  }
}
