// One agent on a host of its own: a folder with its file, a small disk for its data, a wire that can be cut, a relay that can deliver twice.
// In: a name and the port of a server. Out: the agent under a supervisor, enrolled through the wire like any other.
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, clockOf } from "./clock.ts";
import { type Disk, mountDisk } from "./disk.ts";
import { type Program, program } from "./program.ts";
import { type Relay, startRelay } from "./relay.ts";
import { type TcpProxy, tcpProxy } from "./tcp-proxy.ts";

export interface AgentHost {
  readonly name: string;
  readonly dataFolder: string;
  readonly program: Program;
  readonly wire: TcpProxy;
  readonly disk: Disk | undefined;
  readonly clock: Clock | undefined;
  /** Starts at its first use; from then on streams go through it or past it, as the wire is routed. */
  relay(): Promise<Relay>;
  /** Streams go straight to a server from the next one on. */
  straight(): void;
  /** Takes the agent's memory away. */
  forgetJournal(): void;
  close(): Promise<void>;
}

export interface AgentHostOptions {
  readonly name: string;
  readonly folder: string;
  readonly work: string;
  readonly programs: readonly string[];
  /** Agent ports of the servers; each dial goes to the next one. */
  readonly serverPorts: readonly number[];
  readonly token: string;
  readonly authorityFile: string;
}

const diskMegabytes = 48;

export async function agentHost(options: AgentHostOptions): Promise<AgentHost> {
  const { name, folder, authorityFile } = options;
  const dataFolder = join(folder, "data");
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const disk = mountDisk(dataFolder, diskMegabytes);
  chmodSync(dataFolder, 0o700);
  const clock = clockOf(join(folder, "clock"));
  let dials = 0;
  const serverPort = (): number => options.serverPorts[dials++ % options.serverPorts.length] ?? 0;
  const wire = await tcpProxy(serverPort);
  const [configFile, tokenFile] = [join(folder, "agent.json"), join(folder, "token")];
  writeFileSync(configFile, JSON.stringify(configOf(options, dataFolder, wire.port)), { mode: 0o600 });
  writeFileSync(tokenFile, options.token, { mode: 0o600 });
  const agent = program({
    name,
    args: ["packages/agent/dist/main.js", "--config", configFile, "--enroll-token-file", tokenFile],
    env: () => ({ ...process.env, ...clock?.env }),
    ready: "connected",
  });
  let relay: Promise<Relay> | undefined;
  return {
    name,
    dataFolder,
    program: agent,
    wire,
    disk,
    clock,
    relay: () => (relay ??= startRelay({ authorityFile, agentFolder: dataFolder, serverPort })),
    straight: () => wire.route(serverPort),
    forgetJournal: () => rmSync(join(dataFolder, "journal"), { recursive: true, force: true }),
    async close() {
      await agent.stop();
      if (relay !== undefined) (await relay).close();
      await wire.close();
      disk?.unmount();
    },
  };
}

/** The customer's file: the two programs of the effects run under approval, and nobody is made to wait for a turn. */
const configOf = ({ name, work, programs }: AgentHostOptions, dataFolder: string, port: number) => ({
  server: `127.0.0.1:${port}`,
  name,
  dataFolder,
  workingDirectories: [work],
  rateLimit: { intervalMs: 0, burst: 1_000 },
  graceMs: 500,
  allow: programs.map((each) => ({ program: each, arguments: [], maxRisk: "unknown" })),
});

/** Heads of the audit chain that this agent keeps, for `dd0c verify-audit --witness`. */
export const witnessFile = ({ dataFolder }: AgentHost): string | undefined => {
  const file = join(dataFolder, "witness.jsonl");
  return existsSync(file) ? file : undefined;
};
