// A HOME, a working directory and an environment full of traps: set for each client, sprung without the executor, and never with it.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EvilClient, evilClients, touchProof } from "./testing/evil-clients.ts";
import { openFixture, run, single } from "./testing/run-fixture.ts";

const stubs = mkdtempSync(join(tmpdir(), "dd0c-stubs-"));
const programDirs = [stubs, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"];
// Without the sandbox: what keeps a trap from springing must not be that its proof cannot be written.
const fixture = openFixture({ programDirs, sandbox: "off" });
const folders = [stubs];
afterAll(() => {
  fixture.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function setTrap({ argv, files, real, stub }: EvilClient): string {
  const evil = mkdtempSync(join(tmpdir(), "dd0c-evil-"));
  folders.push(evil);
  for (const [path, text] of Object.entries(files?.(evil) ?? {})) {
    mkdirSync(dirname(join(evil, path)), { recursive: true });
    writeFileSync(join(evil, path), text, { mode: 0o755 });
  }
  const program = join(stubs, argv[0] ?? "");
  rmSync(program, { force: true });
  if (!(real ?? []).some((path) => existsSync(path))) writeFileSync(program, `#!/bin/sh\n${stub}\n`, { mode: 0o755 });
  return evil;
}

/** True if the trap sprang. The proof is gone afterwards. */
function sprang(evil: string): boolean {
  const proof = join(evil, "proof");
  const is = existsSync(proof);
  rmSync(proof, { recursive: true, force: true });
  return is;
}

/** As a person would start it who has this HOME, this folder and these variables. */
function startPlainly(argv: readonly string[], evil: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const [program = "", ...args] = argv;
  const child = spawn(program, args, { cwd: evil, stdio: "ignore", env: { PATH: programDirs.join(":"), HOME: evil, ...env } });
  return new Promise((resolve) => child.once("close", resolve));
}

/** The agent itself was started with that HOME and these variables. */
async function startByAgent(argv: readonly string[], evil: string, env: Readonly<Record<string, string>>): Promise<void> {
  const own = { ...process.env };
  Object.assign(process.env, { HOME: evil, ...env });
  try {
    await run(fixture, single(argv), { cwd: evil, readOnly: true });
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, own);
  }
}

describe.each(evilClients)("$name", (client) => {
  it("runs nothing of what its HOME, its folder and the agent's environment hold", async () => {
    const evil = setTrap(client);
    const env = client.env?.(evil) ?? {};
    await startPlainly(client.argv, evil, env);
    expect(sprang(evil)).toBe(client.ignoresHome !== true);
    await startByAgent(client.argv, evil, env);
    expect(sprang(evil)).toBe(false);
  });
});

describe("docs/agent.md", () => {
  it("names every client under whom it has met: the real program or a stub", () => {
    const page = readFileSync(new URL("../../../docs/agent.md", import.meta.url), "utf8").replace(/\s+/g, " ");
    const named = (sentence: RegExp): readonly string[] => (sentence.exec(page)?.[1] ?? "").split(/, (?:and )?/).sort();
    const clients = evilClients.filter(({ name, argv }) => name === argv[0]);
    const namesOf = (isReal: boolean): readonly string[] =>
      clients.filter(({ real }) => (real !== undefined) === isReal).map(({ name }) => name);
    expect(named(/only met a stub[^:]*: (.*?), and kuberc of kubectl\./)).toEqual([...namesOf(false)].sort());
    expect(named(/meet the real program[^:]*: (.*?)\. These/)).toEqual([...namesOf(true), "git", "psql"].sort());
  });
});

describe("psql", () => {
  let server: Server;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      // psql leaves without a word when it is done.
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => socket.write(answer(bytes)));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it("reads no start file", async () => {
    const evil = mkdtempSync(join(tmpdir(), "dd0c-evil-"));
    folders.push(evil);
    writeFileSync(join(evil, ".psqlrc"), `\\! ${touchProof(evil)}\n`);
    const { port } = server.address() as AddressInfo;
    const argv = ["psql", "-h", "127.0.0.1", "-p", String(port), "-U", "x", "-d", "x", "-c", "select 1"];
    await startPlainly(argv, evil, {});
    expect(sprang(evil)).toBe(true);
    await startByAgent(argv, evil, { PSQLRC: join(evil, ".psqlrc") });
    expect(sprang(evil)).toBe(false);
  });
});

/** As much of PostgreSQL's protocol as makes psql believe that it is connected: no encryption, welcome, and done with everything. */
function answer(bytes: Buffer): Buffer {
  const [encryption, welcome, done] = ["N", "R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I", "C\0\0\0\x0dSELECT 0\0Z\0\0\0\x05I"];
  if (bytes[0] === "Q".charCodeAt(0)) return Buffer.from(done, "latin1");
  const code = bytes.length >= 8 ? bytes.readInt32BE(4) : 0;
  return Buffer.from(code === 80_877_103 || code === 80_877_104 ? encryption : welcome, "latin1");
}
