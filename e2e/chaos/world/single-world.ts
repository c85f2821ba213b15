// One server on the embedded database, as `npm start` runs it, and agents that reach it through wires of ours.
// In: how many agents. Out: a world that is up. Everything lies in one temporary folder, removed at the end.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeFolder } from "../../../packages/executor/src/remove-folder.ts";
import { asSuperuser } from "../../../packages/server/test-support/as-superuser.ts";
import { environment, freePorts } from "../../support/product.ts";
import { agentHost } from "./agent-host.ts";
import { enrolledAgents, hostLacks } from "./agents.ts";
import { clockOf } from "./clock.ts";
import { mountDisk } from "./disk.ts";
import { writeEffectPrograms } from "./effects.ts";
import { losingLastEvent } from "./lose-event.ts";
import { clientAt, signInAnywhere } from "./person.ts";
import { program } from "./program.ts";
import type { World } from "./world.ts";

const diskMegabytes = 1_024;

/** The process of the embedded database, a child of the server. */
function databasePid(serverPid: number): number | undefined {
  const found = readdirSync("/proc").find((pid) => {
    try {
      const isDatabase = readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("embedded-db.js");
      return isDatabase && readFileSync(`/proc/${pid}/stat`, "utf8").includes(` ${serverPid} `);
    } catch {
      return false;
    }
  });
  return found === undefined ? undefined : Number(found);
}

export async function singleWorld(agentCount: number): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-chaos-"));
  const ports = await freePorts();
  const data = join(folder, "server");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const disk = mountDisk(data, diskMegabytes);
  const clock = clockOf(join(folder, "server-clock"));
  const base = `http://127.0.0.1:${ports.web}`;
  let link = "";
  const server = program({
    name: "server",
    args: ["packages/server/dist/main.js"],
    env: () => ({ ...environment(ports, data), WRITES_PER_MINUTE: "100000", READS_PER_MINUTE: "100000", LOG_LEVEL: "warn", ...clock?.env }),
    ready: "ready",
    onReady: (message) => (link = message["signInUrl"] ?? ""),
  });
  await server.start();
  const cookie = await signInAnywhere([{ base, link }]);
  const effects = writeEffectPrograms(folder);
  const person = async (key?: string) => {
    await server.up();
    return clientAt({ base, cookie }, key);
  };
  const agents = await enrolledAgents(await person(), agentCount, (name, token) =>
    agentHost({
      name,
      folder: join(folder, name),
      work: effects.work,
      programs: [effects.quick, effects.slow],
      serverPorts: [ports.agent],
      token,
      authorityFile: join(data, "keys", "agent-ca.pem"),
    }),
  );
  return {
    folder,
    servers: [{ program: server, webPort: ports.web, agentPort: ports.agent, clock }],
    agents,
    serverDisk: disk,
    effects,
    async killDatabase() {
      const pid = databasePid(server.pid() ?? 0);
      if (pid === undefined) throw new Error("the embedded database has no process");
      process.kill(pid, "SIGKILL");
      await server.ended();
      await server.up();
    },
    killBus: undefined,
    loseLastEvent: () => asSuperuser(data, losingLastEvent),
    person,
    seat: async () => {
      await server.up();
      return { base, cookie };
    },
    cannot: hostLacks({ disk, clock }),
    async close() {
      await Promise.all(agents.map((agent) => agent.close()));
      await server.stop();
      disk?.unmount();
      removeFolder(folder);
    },
  };
}
