// Faults that no product survives, put in on purpose to see that the checks see them: an agent without its memory that is handed its work once
// more, and an event that is gone after somebody was told of it.
import type { AgentHost } from "./world/agent-host.ts";
import { readEffects } from "./world/effects.ts";
import type { World } from "./world/world.ts";

const sleep = (ms: number): Promise<void> => new Promise((wait) => setTimeout(wait, ms));

/** As "delivered late", with one difference: the agent forgets its journal between the kill and the start. */
export async function plantDouble(world: World): Promise<void> {
  const [agent] = world.agents;
  if (agent === undefined) throw new Error("a world has agents");
  const relay = await agent.relay();
  agent.wire.route(() => relay.port);
  agent.wire.drop();
  const end = performance.now() + 30_000;
  const before = effects(world);
  while ((relay.remembered() < 2 || effects(world) < before + 2) && performance.now() < end) await sleep(20);
  await forgetAndRepeat(agent);
  relay.again();
  await sleep(1_500);
  agent.straight();
  agent.wire.drop();
}

const effects = (world: World): number => readEffects(world.effects.file).size;

const forgetAndRepeat = (agent: AgentHost): Promise<void> => agent.program.killAndStart(() => agent.forgetJournal());

/** @param look the observer's last look: what is gone afterwards was seen */
export async function plantLost(world: World, look: () => Promise<void>): Promise<void> {
  await look();
  await world.loseLastEvent();
}
