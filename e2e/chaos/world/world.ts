// What a chaos run works on: servers, agents, a database, and a person who is signed in. Runs, faults and checks know only this; how many
// servers there are, and on which database, is the world's own business.
import type { Client } from "@dd0c/protocol/http";
import type { AgentHost } from "./agent-host.ts";
import type { Clock } from "./clock.ts";
import type { Disk } from "./disk.ts";
import type { EffectPrograms } from "./effects.ts";
import type { Program } from "./program.ts";

export interface ServerPart {
  readonly program: Program;
  readonly webPort: number;
  readonly agentPort: number;
  readonly clock: Clock | undefined;
}

export interface World {
  readonly folder: string;
  readonly servers: readonly ServerPart[];
  readonly agents: readonly AgentHost[];
  /** The disk that the server writes to; undefined where it cannot be made small, or there is none to fill. */
  readonly serverDisk: Disk | undefined;
  readonly effects: EffectPrograms;
  /** Kill -9 of the database; resolves when it serves again. */
  killDatabase(): Promise<void>;
  /** Kill -9 of the bus between servers; undefined where there is none. */
  readonly killBus: (() => Promise<void>) | undefined;
  /** Takes the last event out of the tenant's chain as only the database's own hands can: trigger off, head set back. */
  loseLastEvent(): Promise<void>;
  /** A signed-in person at one of the servers that is up. @param key makes a repetition of the same POST harmless */
  person(key?: string): Promise<Client>;
  /** The same person's cookie and a server, for streams. */
  seat(): Promise<{ readonly base: string; readonly cookie: string }>;
  /** What this host cannot do, in words. */
  readonly cannot: readonly string[];
  close(): Promise<void>;
}
