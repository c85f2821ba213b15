// Three servers on one PostgreSQL and one Redis, with common keys, and agents whose every dial goes to the next server.
// In: how many agents. Out: a world that is up. Everything lies in one temporary folder, removed at the end.
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeFolder } from "../../../packages/executor/src/remove-folder.ts";
import { asSuperuserAt } from "../../../packages/server/test-support/as-superuser.ts";
import { startPostgres } from "../../../packages/server/test-support/postgres.ts";
import { startRedis } from "../../../packages/server/test-support/redis.ts";
import { environment, freePorts, type Ports } from "../../support/product.ts";
import { agentHost } from "./agent-host.ts";
import { enrolledAgents, hostLacks } from "./agents.ts";
import { clockOf } from "./clock.ts";
import { writeEffectPrograms } from "./effects.ts";
import { losingLastEvent } from "./lose-event.ts";
import { clientAt, type Seat, signInAnywhere } from "./person.ts";
import { program } from "./program.ts";
import type { ServerPart, World } from "./world.ts";

const serverCount = 3;

interface Replica extends ServerPart {
  readonly base: string;
  readonly link: () => string;
}

function replica(name: string, folder: string, ports: Ports, common: NodeJS.ProcessEnv): Replica {
  const data = join(folder, name);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const clock = clockOf(join(folder, `${name}-clock`));
  let link = "";
  const server = program({
    name,
    args: ["packages/server/dist/main.js"],
    env: () => ({ ...environment(ports, data), ...common, ...clock?.env }),
    ready: "ready",
    onReady: (message) => (link = message["signInUrl"] ?? ""),
  });
  const base = `http://127.0.0.1:${ports.web}`;
  return { program: server, webPort: ports.web, agentPort: ports.agent, clock, base, link: () => link };
}

export async function replicasWorld(agentCount: number): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-chaos-"));
  const [cluster, redis] = [await startPostgres(), await startRedis((await freePorts()).web)];
  const database = await cluster.createDatabase();
  const ports: Ports[] = [];
  while (ports.length < serverCount) ports.push(await freePorts());
  const page = `http://127.0.0.1:${ports[0]?.web ?? 0}`;
  const common = {
    DATABASE_URL: database.url.replace("@/", "@localhost/"),
    REDIS_URL: redis.url,
    KEYS_DIR: join(folder, "keys"),
    OBJECTS_DIR: join(folder, "objects"),
    PUBLIC_URL: page,
    SIGN_IN_LINK: "always",
    WRITES_PER_MINUTE: "100000",
    READS_PER_MINUTE: "100000",
    LOG_LEVEL: "warn",
  };
  const servers = ports.map((own, at) => replica(`server-${at + 1}`, folder, own, common));
  await Promise.all(servers.map((server) => server.program.start()));
  const cookie = await signInAnywhere(servers.map(({ link }) => ({ base: page, link: link() })));
  let turn = 0;
  /** At any of the servers that are up, each time at another. */
  const seat = async (): Promise<Seat> => {
    await Promise.race(servers.map((server) => server.program.up()));
    const up = servers.filter((server) => server.program.isUp());
    return { base: up[turn++ % up.length]?.base ?? page, cookie };
  };
  const person = async (key?: string) => clientAt(await seat(), key, page);
  const effects = writeEffectPrograms(folder);
  const agents = await enrolledAgents(await person(), agentCount, (name, token) =>
    agentHost({
      name,
      folder: join(folder, name),
      work: effects.work,
      programs: [effects.quick, effects.slow],
      serverPorts: ports.map(({ agent }) => agent),
      token,
      authorityFile: join(folder, "keys", "agent-ca.pem"),
    }),
  );
  return {
    folder,
    servers,
    agents,
    serverDisk: undefined,
    effects,
    killDatabase: () => cluster.restart(),
    killBus: () => redis.restart(),
    loseLastEvent: () => asSuperuserAt(database.superuserUrl, losingLastEvent),
    person,
    seat,
    cannot: hostLacks({ disk: agents[0]?.disk, clock: servers[0]?.clock }),
    async close() {
      await Promise.all(agents.map((agent) => agent.close()));
      await Promise.all(servers.map((server) => server.program.stop()));
      await Promise.all([cluster.stop(), redis.stop()]);
      removeFolder(folder);
    },
  };
}
