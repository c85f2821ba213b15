// What each fault does to a world. In: a fault of the schedule. Out: nothing but the harm; each has done its worst and cleared up after itself
// when it resolves. A fault that this host cannot do is replaced by the kill of an agent, and the report says so.
import type { Fault, FaultKind } from "./schedule.ts";
import type { AgentHost } from "./world/agent-host.ts";
import type { Clock } from "./world/clock.ts";
import type { Disk } from "./world/disk.ts";
import type { ServerPart, World } from "./world/world.ts";

const sleep = (ms: number): Promise<void> => new Promise((wait) => setTimeout(wait, ms));

/** From the amount of a fault to a length between two. */
const between = (amount: number, least: number, most: number): number => least + amount * (most - least);

interface Scene {
  readonly world: World;
  readonly agent: AgentHost;
  readonly server: ServerPart;
  readonly amount: number;
}

type Act = (scene: Scene) => Promise<void>;

/** libfaketime looks at its file once a second. */
const clockNoticeMs = 1_300;
const hour = 3_600;

const fullFor = async (disk: Disk, ms: number): Promise<void> => {
  disk.fill();
  await sleep(ms);
  disk.clear();
};

/** Forwards or back, by up to three hours, and right again. */
const jump = async (clock: Clock, amount: number): Promise<void> => {
  clock.jump(Math.round(between(amount, -3, 3) * hour));
  await sleep(clockNoticeMs);
  clock.jump(0);
  await sleep(clockNoticeMs);
};

/** The agent's stream goes through the relay, does what it does there, and goes past it again. */
async function throughRelay(agent: AgentHost, work: (relay: Awaited<ReturnType<AgentHost["relay"]>>) => Promise<void>): Promise<void> {
  const relay = await agent.relay();
  agent.wire.route(() => relay.port);
  agent.wire.drop();
  try {
    await work(relay);
  } finally {
    relay.twice(false);
    agent.straight();
    agent.wire.drop();
  }
}

/** Until the relay has handed over a dispatch, or nothing comes. */
async function untilDispatched(relay: Awaited<ReturnType<AgentHost["relay"]>>, more: number): Promise<void> {
  const before = relay.remembered();
  const end = performance.now() + 4_000;
  while (relay.remembered() < before + more && performance.now() < end) await sleep(20);
}

const acts: Readonly<Record<FaultKind, Act>> = {
  "server killed": ({ server }) => server.program.killAndStart(),
  "database killed": ({ world }) => world.killDatabase(),
  "bus killed": async ({ world }) => world.killBus?.(),
  "agent killed": ({ agent }) => agent.program.killAndStart(),
  "connection dropped": async ({ agent }) => agent.wire.drop(),
  "connection delayed": async ({ agent, amount }) => {
    agent.wire.delay(between(amount, 50, 800));
    await sleep(between(amount, 1_000, 2_500));
    agent.wire.delay(0);
  },
  "connection half open": async ({ agent, amount }) => {
    agent.wire.hang(amount < 0.2 ? "nobody" : "agent");
    await sleep(1_000);
  },
  "agent's disk full": async ({ agent, amount }) => {
    if (agent.disk !== undefined) await fullFor(agent.disk, between(amount, 500, 1_500));
  },
  "server's disk full": async ({ world, amount }) => {
    if (world.serverDisk !== undefined) await fullFor(world.serverDisk, between(amount, 500, 1_500));
    await Promise.all(world.servers.map(({ program }) => program.up()));
  },
  "server's clock jumped": async ({ server, amount }) => {
    if (server.clock !== undefined) await jump(server.clock, amount);
  },
  "agent's clock jumped": async ({ agent, amount }) => {
    if (agent.clock !== undefined) await jump(agent.clock, amount);
  },
  "delivered twice": ({ agent }) =>
    throughRelay(agent, async (relay) => {
      relay.twice(true);
      await untilDispatched(relay, 3);
    }),
  "delivered late": ({ agent }) =>
    throughRelay(agent, async (relay) => {
      await untilDispatched(relay, 2);
      await agent.program.killAndStart();
      relay.again();
      await sleep(300);
    }),
  // A server that heard of the new journal sends nothing of before once more, and the relay stands for such a server.
  "journal replaced": async ({ agent }) => {
    (await agent.relay()).forget();
    await agent.program.killAndStart(() => agent.forgetJournal());
  },
};

/** Why this host cannot do it; null where it can. */
function lacking({ world, agent, server }: Scene, kind: FaultKind): string | null {
  const missing: Partial<Record<FaultKind, boolean>> = {
    "agent's disk full": agent.disk === undefined,
    "server's disk full": world.serverDisk === undefined,
    "server's clock jumped": server.clock === undefined,
    "agent's clock jumped": agent.clock === undefined,
  };
  return missing[kind] === true ? kind : null;
}

/** @returns the kind that was done */
export async function strike(world: World, { kind, target, amount }: Fault): Promise<FaultKind> {
  const agent = world.agents[target % world.agents.length];
  const server = world.servers[target % world.servers.length];
  if (agent === undefined || server === undefined) throw new Error("a world has agents and servers");
  const scene = { world, agent, server, amount };
  const done = lacking(scene, kind) === null ? kind : "agent killed";
  await acts[done](scene);
  return done;
}
