// A server of the past: restored from a backup, or a replica that was cut off. Its fencing epoch is behind, and the agent takes nothing from it.
import type { Agent } from "@dd0c/agent";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newHost, startHere } from "./agent-host.ts";
import { type ControlPlane, dispatch, prepare, startControlPlane, until } from "./control-plane.ts";

let plane: ControlPlane;
let agent: Agent;
const log: string[] = [];
const refusals = (): number => log.filter((line) => line.includes('"server_refused"')).length;

beforeAll(async () => {
  plane = await startControlPlane();
  agent = await startHere(plane, newHost(plane), "agent-1", log);
});
afterAll(async () => {
  await agent.stop();
  await plane.close();
});

it("is refused with every stream that it opens, runs nothing, and is served again when its epoch has passed", async () => {
  expect(plane.epoch).toBe(1);
  // A stream with the same epoch, then one behind: both are no news to this agent.
  plane.epoch = 0;
  agent.redial();
  await until("the refusal of an equal epoch", () => refusals() === 1);
  expect(agent.isConnected()).toBe(false);
  plane.epoch = -5;
  await until("the refusal of an older one", () => refusals() === 2);
  const stale = prepare("uptime");
  dispatch(plane, stale);
  plane.epoch = 10;
  await until("a stream with a newer epoch", () => agent.isConnected());
  expect(plane.about(stale.step)).toEqual([]);
  const fresh = prepare("uptime");
  dispatch(plane, fresh);
  expect((await plane.ending(fresh.step)).$case).toBe("stepResult");
});
