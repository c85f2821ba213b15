// A secret from the agent's local store: the process gets its value, and nothing else does: no frame, no log, no journal, no output.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Agent } from "@dd0c/agent";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Host, newHost, startHere } from "./agent-host.ts";
import { type ControlPlane, dispatch, prepare, startControlPlane } from "./control-plane.ts";

const value = "correct horse battery staple";
let plane: ControlPlane;
let host: Host;
let agent: Agent;
const log: string[] = [];

beforeAll(async () => {
  plane = await startControlPlane();
  host = newHost(plane, { config: { secretsFile: "secrets.json", rateLimit: { intervalMs: 0, burst: 100 } } });
  const uses = [
    { program: "echo", arguments: ["key", "secret:API_KEY"] },
    { program: "test", arguments: ["secret:API_KEY", "=", value] },
  ];
  writeFileSync(join(host.folder, "secrets.json"), JSON.stringify({ API_KEY: { value, uses } }), { mode: 0o600 });
  agent = await startHere(plane, host, "agent-1", log);
});
afterAll(async () => {
  await agent.stop();
  await plane.close();
});

async function ends(command: string) {
  const prepared = prepare(command);
  dispatch(plane, prepared);
  const end = await plane.ending(prepared.step);
  const output = plane.about(prepared.step).flatMap((frame) => (frame.$case === "stepOutput" ? [frame.value.data.toString()] : []));
  return { end, output: output.join("") };
}

it("reaches the process, is masked in what it prints, and is nowhere else", async () => {
  const { end, output } = await ends("echo key secret:API_KEY");
  expect(end).toMatchObject({ $case: "stepResult", value: { exitCode: 0 } });
  expect(output).toBe("key [masked:secret]\n");
  expect((await ends("echo other secret:API_KEY")).end).toMatchObject({ $case: "stepRefused", value: { code: "SECRET_NOT_ALLOWED" } });
  expect((await ends("echo key secret:NO_KEY")).end).toMatchObject({ $case: "stepRefused", value: { code: "SECRET_MISSING" } });
  const data = join(host.folder, "agent-data");
  const stored = readdirSync(data, { recursive: true, encoding: "utf8" }).map((name) => join(data, name));
  const texts = stored.filter((name) => statSync(name).isFile()).map((name) => readFileSync(name, "utf8"));
  for (const text of [...texts, ...log, JSON.stringify(plane.frames)]) expect(text).not.toContain(value);
});
