// The scanner's endpoints over real HTTP: what they answer, what they leave in the audit log, what they count, and their limits.
import { routePath } from "@dd0c/protocol/http";
import { patternVersion } from "@dd0c/scanner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../../test-support/running-server.ts";
import { sha256 } from "../../app/context.ts";

let server: TestServer;
let admin: Session;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn();
}, 60_000);
afterAll(() => server.stop());

const classified = async (query: Readonly<Record<string, string>> = {}) =>
  (await admin.call("listAudit", { query: { type: "runbook.classified", ...query } })).items;

describe("POST /classify", () => {
  it("answers with both keys and leaves verdict, opinions and pattern version in the audit log, but not the text", async () => {
    const command = "kubectl -n shop delete deploy hunter2";
    const answer = await admin.call("classify", { body: { command } });
    expect([answer.risk, answer.scanner.pattern_version]).toEqual(["dangerous", patternVersion]);
    const [event] = await classified();
    expect(event).toMatchObject({
      runbook_id: null,
      data: {
        version: null,
        scanner_version: patternVersion,
        per_step_classifications: [
          {
            step_id: null,
            command_hash: sha256(Buffer.from(command)),
            final_classification: "dangerous",
            merge_rule: "rule_1_scanner_dangerous",
            scanner: { risk: "dangerous", pattern_version: patternVersion, rule_ids: expect.any(Array) as unknown },
            advisors: [{ advisor: "intent" }],
          },
        ],
      },
    });
    expect(JSON.stringify(event)).not.toContain("hunter2");
    expect(await admin.call("verifyAudit")).toMatchObject({ ok: true });
  });
});

describe("a saved runbook", () => {
  it("has the pattern version of every step in the audit log", async () => {
    const text = "# R\n\n1. A.\n\n   ```\n   df -h\n   rm -rf /srv/cache\n   ```\n";
    const { id } = await admin.call("createRunbook", { body: { raw_text: text } });
    const [event] = await classified({ runbook_id: id });
    const steps = event?.data["per_step_classifications"] as { command: string; scanner: { pattern_version: string } }[];
    expect(event?.data["scanner_version"]).toBe(patternVersion);
    expect(steps.map(({ command, scanner }) => [command, scanner.pattern_version])).toEqual([
      ["df -h", patternVersion],
      ["rm -rf /srv/cache", patternVersion],
    ]);
  });
});

describe("unknown commands", () => {
  it("are counted where something is saved or asked, by program and reason, without their arguments", async () => {
    const text =
      "# R\n\n1. A.\n\n   ```bash\n   frobnicate --password hunter2\n   /opt/bin/frobnicate hunter2\n   date --hunter2\n   ```\n";
    await admin.call("createRunbook", { body: { raw_text: text } });
    await admin.call("classify", { body: { command: "frobnicate hunter2" } });
    const { items } = await admin.call("unknownCommands", { query: {} });
    expect(items.map(({ program, reason, seen }) => [program, reason, seen])).toEqual([
      ["frobnicate", "program", 3],
      ["date", "option", 1],
    ]);
    expect(JSON.stringify(items)).not.toContain("hunter2");
  });

  it("are not counted while somebody only looks", async () => {
    await admin.call("parsePreview", { body: { raw_text: "1. `lookatme now`\n" } });
    await admin.call("scannerTest", { body: { command: "lookatme now" } });
    const { items } = await admin.call("unknownCommands", { query: {} });
    expect(items.map(({ program }) => program)).not.toContain("lookatme");
  });

  it("are for those who write runbooks", async () => {
    const { key } = await admin.call("createApiKey", { body: { name: "reader", role: "viewer" } });
    await expect(server.withKey(key).call("unknownCommands", { query: {} })).rejects.toMatchObject({ status: 403 });
    await expect(server.anonymous.call("unknownCommands", { query: {} })).rejects.toMatchObject({ status: 401 });
  });
});

describe("the scanner's answer about one command", () => {
  it("holds the read-only twin that lists what the command would touch, or says that there is none", async () => {
    const twinOf = async (command: string) => (await admin.call("scannerTest", { body: { command } })).twin;
    expect(await twinOf("kubectl --context prod delete pods -l app=x -n pay")).toMatchObject({
      command: expect.stringMatching(/^kubectl --context=prod get pods -l app=x -n pay /),
      lists: "objects",
    });
    expect(await twinOf("mysql shop -e 'DELETE FROM orders WHERE id = 3'")).toEqual({
      command: "mysql -N -B -e 'SELECT count(*) FROM orders WHERE id = 3' shop",
      lists: "rows",
    });
    expect(await twinOf("kubectl delete -f x.yaml")).toBeNull();
    expect(await twinOf("ls")).toBeNull();
  });
});

describe("limits of the scanner's endpoints", () => {
  it("are those of previews for questions and those of reads for the rest, each with Retry-After", async () => {
    const limited = await startTestServer({ config: { previewsPerMinute: 24, readsPerMinute: 4 } });
    try {
      const session = await limited.signIn();
      const post = (name: "classify" | "scannerTest") =>
        fetch(limited.url + routePath(name), {
          method: "POST",
          headers: { ...session.headers, "content-type": "application/json" },
          body: JSON.stringify({ command: "ls" }),
        });
      const get = (path: string) => fetch(limited.url + path, { headers: session.headers });
      const asked: Response[] = [];
      for (let at = 0; at < 26; at++) asked.push(await post(at % 2 === 0 ? "classify" : "scannerTest"));
      expect(asked.map(({ status }) => status).indexOf(429)).toBe(24);
      const read: Response[] = [];
      for (const name of ["scannerPatterns", "unknownCommands", "scannerPatterns", "unknownCommands", "scannerPatterns"] as const)
        read.push(await get(routePath(name)));
      expect(read.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
      for (const refused of [...asked.slice(24), ...read.slice(4)]) {
        expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
        expect(await refused.json()).toMatchObject({ error: { code: "RATE_LIMITED" } });
      }
    } finally {
      await limited.stop();
    }
  });
});
