// Three servers on one PostgreSQL and one Redis, each a process with ports and a data folder of its own, the keys common; agents of any of them.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startPostgres, type TestCluster } from "../../packages/server/test-support/postgres.ts";
import { startRedis, type TestRedis } from "../../packages/server/test-support/redis.ts";
import { type Part, startAgent, startServer } from "./parts.ts";
import { freePorts, type Ports, temporaryFolder } from "./product.ts";
import { clientWith, type Session, signIn } from "./session.ts";

export type Server = Awaited<ReturnType<typeof startServer>>;

export interface Replica {
  readonly ports: Ports;
  readonly base: string;
  server: Server;
  /** Starts the process again, after it ended, on the same ports and data folder. */
  readonly start: () => Promise<void>;
}

export interface ReplicaSet {
  readonly all: readonly [Replica, Replica, Replica];
  readonly cluster: TestCluster;
  readonly redis: TestRedis;
  /** Where the superuser reaches the database. */
  readonly superuserUrl: string;
  readonly folder: string;
  /** What every replica is started with. */
  readonly environment: NodeJS.ProcessEnv;
  /** The first admin, signed in once: the same session on each replica. */
  readonly sessions: () => Promise<readonly [Session, Session, Session]>;
  /** An agent with a name, which dials these replicas in this order, starting at a place of chance. */
  readonly enrol: (session: Session, name: string, dials: readonly Replica[], config: object) => Promise<AgentFiles>;
  readonly stop: () => Promise<void>;
}

export interface AgentFiles {
  readonly agentConfigFile: string;
  readonly enrolmentTokenFile: string;
}

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error("there is no such replica");
  return found;
};

const three = <T>(list: readonly T[]): readonly [T, T, T] => [at(list, 0), at(list, 1), at(list, 2)];

/** All three start at the same time, for the first time. */
export async function startReplicas(): Promise<ReplicaSet> {
  const folder = temporaryFolder();
  const cluster = await startPostgres();
  const redis = await startRedis((await freePorts()).web);
  const database = await cluster.createDatabase();
  const ports = [await freePorts(), await freePorts(), await freePorts()];
  const page = `http://127.0.0.1:${at(ports, 0).web}`;
  const environment = {
    DATABASE_URL: database.url.replace("@/", "@localhost/"),
    REDIS_URL: redis.url,
    KEYS_DIR: join(folder.path, "keys"),
    OBJECTS_DIR: join(folder.path, "objects"),
    PUBLIC_URL: page,
    SIGN_IN_LINK: "always",
    DEMO: "0",
  };
  const launch = (index: number) => startServer(at(ports, index), join(folder.path, `replica-${index}`), environment);
  const servers = await Promise.all([0, 1, 2].map(launch));
  const replicas = [0, 1, 2].map((index): Replica => {
    const replica: Replica = {
      ports: at(ports, index),
      base: `http://127.0.0.1:${at(ports, index).web}`,
      server: at(servers, index),
      start: async () => {
        replica.server = await launch(index);
      },
    };
    return replica;
  });
  const all = three(replicas);
  return {
    all,
    cluster,
    redis,
    superuserUrl: database.superuserUrl,
    folder: folder.path,
    environment,
    sessions: async () => {
      const { cookie } = await signIn(page, all[0].server.ready.signInUrl);
      return three(all.map(({ base }): Session => ({ ...clientWith(base, { cookie, origin: page }), cookie, base })));
    },
    enrol: async (session, name, dials, config) => {
      const home = join(folder.path, `agent-${name}`);
      mkdirSync(home, { mode: 0o700 });
      const files = { agentConfigFile: join(home, "agent.json"), enrolmentTokenFile: join(home, "token") };
      const [server, ...otherServers] = dials.map((replica) => `127.0.0.1:${replica.ports.agent}`);
      writeFileSync(files.agentConfigFile, JSON.stringify({ server, otherServers, name, ...config }), { mode: 0o600 });
      const { token } = await session.call("createEnrolmentToken", { body: { agent_name: name } });
      writeFileSync(files.enrolmentTokenFile, token, { mode: 0o600 });
      return files;
    },
    stop: async () => {
      await Promise.all(all.map(({ server }) => server.stop()));
      await Promise.all([cluster.stop(), redis.stop()]);
      folder.remove();
    },
  };
}

export const startAgents = (files: readonly AgentFiles[]): Promise<readonly Part<unknown>[]> => Promise.all(files.map(startAgent));
