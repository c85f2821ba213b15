// Scanners that err, on either side: an agent that misses a canary runs nothing and says so; an honest agent runs nothing of what a doctored
// server calls safe. Real gateway, real agent, real mTLS. Programs lie in an empty folder, so that even a failing test destroys nothing.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Agent } from "@dd0c/agent";
import { canaries, loadSql, scan, sqlCanaries } from "@dd0c/scanner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newHost, startHere } from "./agent-host.ts";
import { type ControlPlane, dispatch, prepare, type Prepared, startControlPlane, until } from "./control-plane.ts";

let plane: ControlPlane;
const agents: Agent[] = [];
beforeAll(async () => {
  await loadSql();
  plane = await startControlPlane();
});
afterAll(async () => {
  for (const agent of agents) await agent.stop();
  await plane.close();
});

/** A judge that calls one command safe. */
const doctored = (command: string) => (text: string) => (text === command ? { risk: "safe" as const } : scan(text));

async function start(agentId: string, options: { readonly erring?: string; readonly programDirs?: readonly string[] } = {}): Promise<void> {
  const programs = options.programDirs === undefined ? {} : { programDirs: options.programDirs };
  const host = newHost(plane, { agentId, config: { rateLimit: { intervalMs: 0, burst: 1_000 }, ...programs } });
  const more = options.erring === undefined ? {} : { canaryJudge: doctored(options.erring) };
  agents.push(await startHere(plane, host, agentId, [], more));
}

const helloOf = (agentId: string) =>
  plane
    .gateway()
    .onlineAgents()
    .find((agent) => agent.agentId === agentId)?.hello;
const endOf = async (agentId: string, prepared: Prepared): Promise<string> => {
  dispatch(plane, prepared, agentId);
  const end = await plane.ending(prepared.step);
  return end.$case === "stepRefused" ? end.value.code : end.$case;
};

describe("an agent whose scanner misses a canary", () => {
  it("at the start is online, names it, and refuses even the safest command", async () => {
    const [canary] = canaries;
    await start("agent-early", { erring: canary!.command });
    expect(helloOf("agent-early")?.missedCanaries).toEqual([canary!.id]);
    expect(await endOf("agent-early", prepare("uptime", { agentId: "agent-early" }))).toBe("PARTY_MODE_ACTIVE");
    expect(await endOf("agent-early", prepare("uptime", { agentId: "agent-early", approved: true }))).toBe("PARTY_MODE_ACTIVE");
  });

  it("of SQL runs until the first SQL comes, then nothing, and the next heartbeat names it", async () => {
    const [canary] = sqlCanaries;
    const agentId = "agent-sql";
    await start(agentId, { erring: canary!.command });
    expect(helloOf(agentId)?.missedCanaries).toEqual([]);
    expect(await endOf(agentId, prepare("uptime", { agentId }))).toBe("stepResult");
    expect(await endOf(agentId, prepare("psql -c 'select 1'", { agentId }))).toBe("PARTY_MODE_ACTIVE");
    expect(await endOf(agentId, prepare("uptime", { agentId }))).toBe("PARTY_MODE_ACTIVE");
    const named = () => plane.frames.some(({ frame }) => frame.$case === "heartbeat" && frame.value.missedCanaries.includes(canary!.id));
    await until("a heartbeat that names the canary", named);
  });
});

describe("an honest agent under a server whose scanner calls everything safe", () => {
  const agentId = "agent-honest";
  // Of a text without a plan no server can make a digest; a program with a path would be looked for outside the empty folder.
  const runnable = [...canaries, ...sqlCanaries].map(({ id, command }) => [id, command] as const);

  beforeAll(async () => {
    const empty = join(plane.folder, "no-programs");
    mkdirSync(empty, { recursive: true });
    await start(agentId, { programDirs: [empty] });
  });

  it("refuses every canary, sent by itself and granted as safe", async () => {
    const plans = runnable.filter(([, command]) => {
      const { plan } = scan(command);
      return plan !== undefined && !JSON.stringify(plan).includes('"argv":["/');
    });
    expect(plans.length).toBeGreaterThan(200);
    const answers: string[] = [];
    for (const [id, command] of plans) {
      for (const approved of [false, true]) {
        const code = await endOf(agentId, prepare(command, { agentId, approved, risk: "safe" }));
        if (code !== "AGENT_STRICTER") answers.push(`${id} ${approved ? "granted" : "by itself"}: ${code}`);
      }
    }
    expect(answers).toEqual([]);
  });
});
