// The real kubectl, dispatched as a read that runs by itself: in the sandbox, over the network, against an API server that speaks HTTPS and JSON.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Agent } from "@dd0c/agent";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Host, newHost, startHere } from "./agent-host.ts";
import { type ControlPlane, dispatch, prepare, startControlPlane } from "./control-plane.ts";
import { type FakeKubernetes, startFakeKubernetes } from "./fake-kubernetes.ts";

const token = "sha256~reader-of-the-shop";
let plane: ControlPlane;
let host: Host;
let agent: Agent;
let cluster: FakeKubernetes;
let evilHome: string;
let proof: string;
const own = { ...process.env };

/** A kubeconfig whose user is a program that leaves a proof, and then proves itself with the right token: kubectl believes it. */
function evilConfig(): string {
  const credential = { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token } };
  const args = ["-c", `echo ran >> ${proof}; echo '${JSON.stringify(credential)}'`];
  return cluster.kubeconfig({ exec: { apiVersion: credential.apiVersion, command: "sh", args, interactiveMode: "Never" } });
}

beforeAll(async () => {
  plane = await startControlPlane();
  cluster = await startFakeKubernetes(token);
  host = newHost(plane);
  const kubeconfig = join(host.folder, "kubeconfig");
  writeFileSync(kubeconfig, cluster.kubeconfig({ token }), { mode: 0o600 });
  const environment = { profile: { KUBECONFIG: kubeconfig } };
  host = newHost(plane, { config: { sandbox: "required", environment, rateLimit: { intervalMs: 0, burst: 100 } } });
  proof = join(plane.folder, "proof");
  evilHome = join(plane.folder, "evil-home");
  mkdirSync(join(evilHome, ".kube"), { recursive: true });
  writeFileSync(join(evilHome, ".kube/config"), evilConfig());
  writeFileSync(join(evilHome, "kubeconfig"), evilConfig());
  // The agent itself is started by somebody whose home and variables are hostile.
  Object.assign(process.env, { HOME: evilHome, KUBECONFIG: join(evilHome, "kubeconfig") });
  agent = await startHere(plane, host);
});
afterAll(async () => {
  delete process.env["KUBECONFIG"];
  Object.assign(process.env, own);
  await agent.stop();
  cluster.close();
  await plane.close();
});

async function run(command: string) {
  const prepared = prepare(command);
  dispatch(plane, prepared);
  const end = await plane.ending(prepared.step, 20_000);
  const output = plane.about(prepared.step).flatMap((frame) => (frame.$case === "stepOutput" ? [frame.value.data.toString()] : []));
  return { end, output: output.join("") };
}

const table = /NAME\s+STATUS\s*\ncheckout-7d9f\s+Running\s*\npayments-5c4b\s+Running\s*\n/;

describe("kubectl get pods, proven to only read", () => {
  it("works in the sandbox, with the kubeconfig of the agent's own file, and asks for nothing but reads", async () => {
    const { end, output } = await run("kubectl get pods");
    expect(output).toMatch(table);
    expect(end).toMatchObject({ $case: "stepResult", value: { outcome: "ok" } });
    expect(cluster.asked).toContainEqual({ what: "GET /api/v1/namespaces/shop/pods", token });
    expect(cluster.asked.filter(({ what }) => !what.startsWith("GET "))).toEqual([]);
    expect(output).not.toContain(token);
  });

  it("runs no program that the home or the variables of whoever started the agent name, though it would plainly", async () => {
    // Not waited for at once: the API server is in this process.
    const plainly = spawn("/usr/bin/kubectl", ["get", "pods"], {
      env: { PATH: own["PATH"], HOME: evilHome },
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect([await text(plainly.stdout), existsSync(proof)]).toEqual([expect.stringMatching(table), true]);
    rmSync(proof);
    expect((await run("kubectl get pods")).output).toMatch(table);
    expect(existsSync(proof)).toBe(false);
  });

  it("is refused where the text itself names another kubeconfig", async () => {
    const { end } = await run(`kubectl --kubeconfig ${join(evilHome, "kubeconfig")} get pods`);
    expect([end.$case, existsSync(proof)]).toEqual(["stepRefused", false]);
  });

  it("whose own home was given such a kubeconfig leaves nothing on the host: its program runs in the sandbox too", async () => {
    const file = join(host.folder, "agent-data/home/.kube/config");
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, evilConfig());
    await agent.stop();
    host = newHost(plane, { config: { sandbox: "required", rateLimit: { intervalMs: 0, burst: 100 } } });
    agent = await startHere(plane, host);
    await run("kubectl get pods");
    expect(existsSync(proof)).toBe(false);
  });
});
