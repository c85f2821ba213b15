// `dd0c agent doctor` against real faults, one at a time: each is named by its code with a way to mend it, and a healthy agent has none.
// A real gateway, real TLS, a real proxy; the agent's files are broken by hand.
import { spawn } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Agent, enrol, examine, loadConfig, loadIdentity, saveIdentity } from "@dd0c/agent";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openCertificateAuthority } from "../../packages/server/src/agents/certificate-authority.ts";
import { agentProgram, type Host, newHost, removeAgentProgram, startHere } from "./agent-host.ts";
import { type ControlPlane, startControlPlane } from "./control-plane.ts";

let plane: ControlPlane;
let host: Host;
let dataFolder: string;
let count = 0;

beforeAll(async () => {
  plane = await startControlPlane();
});
beforeEach(async () => {
  const agentId = `agent-${++count}`;
  host = newHost(plane, { agentId });
  const config = loadConfig(host.configFile);
  ({ dataFolder } = config);
  saveIdentity(dataFolder, await enrol(config.server, config.name, plane.newToken(agentId)));
});
afterAll(async () => {
  removeAgentProgram();
  await plane.close();
});

const page = readFileSync(new URL("../../docs/agent.md", import.meta.url), "utf8");
const faults = async (): Promise<readonly string[]> => {
  const findings = await examine(host.configFile);
  // Every code is explained in the documentation.
  expect(findings.filter(({ code }) => !page.includes(`\`${code}\``))).toEqual([]);
  return findings.filter(({ level }) => level === "problem").map(({ code }) => code);
};
const finding = async (code: string) => (await examine(host.configFile)).find((each) => each.code === code);
const change = (fields: Readonly<Record<string, unknown>>): void =>
  writeFileSync(host.configFile, JSON.stringify({ ...(JSON.parse(readFileSync(host.configFile, "utf8")) as object), ...fields }));
const secretsFile = (mode: number, text: string): void => {
  change({ secretsFile: "secrets.json" });
  writeFileSync(join(host.folder, "secrets.json"), text);
  chmodSync(join(host.folder, "secrets.json"), mode);
};
const identityFile = () => join(dataFolder, "identity.json");

describe("a healthy agent", () => {
  let agent: Agent | undefined;
  afterEach(() => agent?.stop());

  it("has no problem, running or not, and every remedy stands beside something to mend", async () => {
    const findings = await examine(host.configFile);
    expect(findings.filter(({ level }) => level === "problem")).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        "CONFIG",
        "IDENTITY",
        "CERTIFICATE",
        "NAME",
        "CONNECTION",
        "TLS",
        "STANDING",
        "CLOCK",
        "JOURNAL",
        "DISK_SPACE",
      ]),
    );
    expect(findings.filter(({ level, remedy }) => (level === "ok") !== (remedy === null))).toEqual([]);
    agent = await startHere(plane, host, `agent-${count}`);
    expect(await faults()).toEqual([]);
    expect((await finding("JOURNAL_LOCK"))?.message).toBe("An agent runs on this data folder.");
    expect(agent.isConnected()).toBe(true);
  });
});

describe("a fault", () => {
  const cases: readonly [string, () => void, readonly string[]][] = [
    ["a file that others may write", () => chmodSync(host.configFile, 0o666), ["CONFIG"]],
    ["a misspelt field", () => change({ celing: "dangerous" }), ["CONFIG"]],
    ["no identity", () => rmSync(identityFile()), ["NOT_ENROLLED"]],
    ["an identity that others may read", () => chmodSync(identityFile(), 0o644), ["IDENTITY"]],
    ["a data folder that is open", () => chmodSync(dataFolder, 0o755), ["DATA_FOLDER"]],
    ["a server that nobody can find", () => change({ server: "no-such-host.invalid:4401" }), ["NAME"]],
    ["a port where nobody listens", () => change({ server: "127.0.0.1:1" }), ["CONNECTION"]],
    ["a name that the server does not have", () => change({ server: `${hostname()}:${plane.port}` }), ["TLS"]],
    ["a secrets file that others may read", () => secretsFile(0o644, "{}"), ["SECRETS_FILE"]],
    ["a secrets file with a misspelt field", () => secretsFile(0o600, '{"A":{"valeu":"123456"}}'), ["SECRETS_FILE"]],
    ["a working directory that is gone", () => rmSync(host.work, { recursive: true }), ["WORKING_DIRECTORY"]],
  ];
  it.each(cases)("%s", async (_what, breakIt, expected) => {
    breakIt();
    expect(await faults()).toEqual(expected);
  });

  it("another authority behind the same address", async () => {
    const other = await startControlPlane();
    change({ server: `127.0.0.1:${other.port}` });
    expect(await faults()).toEqual(["TLS"]);
    expect((await finding("TLS"))?.message).toContain("authority that was pinned");
    await other.close();
  });

  it("an expired certificate, in words that say until when it was valid", async () => {
    const ca = await openCertificateAuthority(join(plane.folder, "ca.pem"), Date.now());
    const request = await certificateRequest();
    const past = Date.now() - 91 * 86_400_000;
    const { certificatePem, notAfterMs } = await ca.issueAgentCertificate(request.der, { tenantId: "tenant-1", agentId: "agent-1" }, past);
    saveIdentity(dataFolder, { ...loadIdentity(dataFolder)!, keyPem: request.keyPem, certificatePem, notAfterMs });
    expect(await faults()).toEqual(["CERTIFICATE_EXPIRED", "STANDING"]);
    const { message, remedy } = (await finding("CERTIFICATE_EXPIRED"))!;
    expect([message, remedy]).toEqual([
      expect.stringContaining(new Date(notAfterMs).toISOString().slice(0, 10)),
      expect.stringContaining("--enroll-token-file"),
    ]);
  });

  it("a journal whose middle was changed; a torn end is no fault", async () => {
    const agent = await startHere(plane, host, `agent-${count}`);
    await agent.stop();
    const file = join(dataFolder, "journal", "journal.jsonl");
    appendFileSync(file, '{"half":');
    expect([await faults(), (await finding("JOURNAL_TORN"))?.level]).toEqual([[], "warning"]);
    writeFileSync(file, `{"changed":true}\n${readFileSync(file, "utf8")}\n`);
    expect(await faults()).toEqual(["JOURNAL_CORRUPT"]);
  });

  it("no prlimit while limits require it: the agent would not start; without limits there is a warning", async () => {
    const program = await agentProgram();
    const hidden = ["--dev-bind", "/", "/", "--ro-bind", "/dev/null", realpathSync("/usr/bin/prlimit"), "--", process.execPath, program];
    // Not waited for at once: the server that it asks is in this process.
    const without = async (...args: readonly string[]) => {
      const child = spawn("/usr/bin/bwrap", [...hidden, ...args, "--config", host.configFile]);
      const status = new Promise((resolve) => child.once("close", resolve));
      return { stdout: await text(child.stdout), stderr: await text(child.stderr), status: await status };
    };
    const seen = async () => {
      const { status, stdout } = await without("doctor", "--json");
      const { findings } = JSON.parse(stdout) as { findings: readonly { code: string; level: string }[] };
      return [status, findings.find(({ code }) => code === "TOOL_PRLIMIT")?.level];
    };
    expect(await seen()).toEqual([1, "problem"]);
    const refusal = expect.stringMatching(/^EXECUTOR_SETUP_FAILED: prlimit/m) as string;
    expect(await without("start")).toMatchObject({ status: 1, stderr: refusal });
    change({ limits: { mode: "off" } });
    expect(await seen()).toEqual([0, "warning"]);
  }, 30_000);

  it("a folder of programs that everybody may write to", async () => {
    const open = join(host.folder, "bin");
    mkdirSync(open);
    chmodSync(open, 0o777);
    change({ programDirs: [open] });
    expect(await faults()).toEqual(["PROGRAM_DIR"]);
  });
});

describe("a proxy", () => {
  let proxy: Server;
  const asked: string[] = [];
  let refuse = false;

  beforeAll(async () => {
    proxy = createServer();
    proxy.on("connect", ({ url = "" }, client) => {
      asked.push(url);
      if (refuse) return void client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      const [name, port] = url.split(":");
      const onward = connect(Number(port), name);
      onward.once("connect", () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        onward.pipe(client).pipe(onward);
      });
      for (const end of [client, onward]) end.on("error", () => [client, onward].forEach((each) => each.destroy()));
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = proxy.address();
    process.env["HTTPS_PROXY"] = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  });
  afterAll(() => {
    for (const name of ["HTTPS_PROXY", "https_proxy"]) Reflect.deleteProperty(process.env, name);
    proxy.closeAllConnections();
    proxy.close();
  });

  it("of the environment is used, by the doctor and by the agent; TLS goes through it untouched", async () => {
    expect(await faults()).toEqual([]);
    expect((await finding("PROXY"))?.level).toBe("ok");
    asked.length = 0;
    const agent = await startHere(plane, host, `agent-${count}`);
    expect(new Set(asked)).toEqual(new Set([`127.0.0.1:${plane.port}`]));
    await agent.stop();
    refuse = true;
    expect(await faults()).toEqual(["PROXY"]);
  });
});

async function certificateRequest(): Promise<{ readonly keyPem: string; readonly der: Buffer }> {
  const { newRequest } = await import("../../packages/server/src/agents/test/gateway-fixture.ts");
  return newRequest();
}
