// An agent whose clock is hours off (libfaketime on its process alone): it enrols, runs what is in time by the server's clock, refuses what is
// late by it, and the doctor says how far off it is.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentProgram, newHost, removeAgentProgram, startProcess } from "./agent-host.ts";
import { type ControlPlane, dispatch, prepare, startControlPlane } from "./control-plane.ts";

let plane: ControlPlane;
beforeAll(async () => {
  await agentProgram();
  plane = await startControlPlane();
}, 60_000);
afterAll(async () => {
  await plane.close();
  removeAgentProgram();
});

const library = readdirSync("/usr/lib")
  .map((name) => `/usr/lib/${name}/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));

describe.each([
  ["behind", "-7h"],
  ["ahead of", "+7h"],
] as const)("a clock seven hours %s the server's", (word, offset) => {
  it("lets in-time work run and late work not, and is named by the doctor", async () => {
    const agentId = `agent${offset.replace("+", "-ahead-").replace("-7", "-off-7")}`;
    const host = newHost(plane, { agentId, config: { rateLimit: { intervalMs: 0, burst: 10 } } });
    // Only what people call the time is wrong: no clock that counts on is ever set.
    const env = {
      LD_PRELOAD: library ?? "faketime is not installed",
      FAKETIME: offset,
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    };
    const agent = await startProcess(host, plane.newToken(agentId), env);
    try {
      await plane.online(agentId);
      const inTime = prepare("uptime", { agentId });
      dispatch(plane, inTime, agentId);
      expect((await plane.ending(inTime.step)).$case).toBe("stepResult");
      const late = prepare("uptime", { agentId });
      dispatch(plane, { ...late, execute: { ...late.execute, notAfterMs: Date.now() - 2_000 } }, agentId);
      expect(await plane.ending(late.step)).toMatchObject({ $case: "stepRefused", value: { code: "DISPATCH_LATE" } });
      const args = [await agentProgram(), "doctor", "--config", host.configFile, "--json"];
      const doctor = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
      const { findings } = JSON.parse(doctor.stdout) as {
        readonly findings: readonly { readonly code: string; readonly message: string }[];
      };
      const said = (code: string) => findings.find((each) => each.code === code)?.message;
      const seconds = Number(/is (\d+) s/.exec(said("CLOCK") ?? "")?.[1]);
      expect([said("CLOCK"), Math.abs(seconds - 25_200) <= 5]).toEqual([expect.stringContaining(`s ${word} the server's`), true]);
      expect(said("CERTIFICATE")).toMatch(/^The certificate is valid from .* until .*, (?:89|90) days from now\.$/);
    } finally {
      agent.child.kill("SIGKILL");
      await agent.exited;
    }
  });
});
