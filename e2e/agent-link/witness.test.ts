// The witness with everything real: a server, its database and an agent over mTLS. Somebody who has the whole database in hand shortens the
// chain and removes every checkpoint; the server, who signs what it finds, notices nothing by itself. The agent does.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Agent, enrol, loadConfig, startAgent } from "@dd0c/agent";
import { routePath } from "@dd0c/protocol/http";
import { afterEach, expect, it } from "vitest";
import { asSuperuser } from "../../packages/server/test-support/as-superuser.ts";
import { startTestServer, type TestServer } from "../../packages/server/test-support/running-server.ts";
import { root } from "../support/product.ts";
import { until } from "../support/session.ts";

let server: TestServer | undefined;
let agent: Agent | undefined;
afterEach(async () => {
  await agent?.stop();
  await server?.stop();
});

it("keeps checkpoints, refuses a shorter chain, and proves it against a freshly signed export", async () => {
  server = await startTestServer({ environment: { DEMO: "1", AGENT_PORT: "0" } });
  const { folder, tenantId, url, log } = server;
  const admin = await server.signIn();
  const config = loadConfig(server.agentConfigFile ?? "");
  const identity = await enrol(config.server, config.name, readFileSync(server.enrolmentTokenFile ?? "", "utf8"));
  const agentLog: string[] = [];
  agent = await startAgent({
    config,
    identity: () => identity,
    log: (_level, event, facts) => void agentLog.push(`${event} ${JSON.stringify(facts)}`),
  });
  const witness = join(config.dataFolder, "witness.jsonl");
  await until("a kept checkpoint", async () => existsSync(witness), Boolean, 20_000);

  const verify = async (...args: readonly string[]) => {
    const file = join(folder, "audit.jsonl");
    writeFileSync(file, await (await fetch(url + routePath("exportAudit"), { headers: admin.headers })).text());
    const { status, stdout } = spawnSync(process.execPath, [join(root, "packages/cli/bin/dd0c.js"), "verify-audit", file, ...args], {
      encoding: "utf8",
    });
    return { status, stdout };
  };
  expect(await verify("--witness", witness)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: /) });

  await asSuperuser(
    folder,
    `SET session_replication_role = replica;
     DELETE FROM run.audit_checkpoints WHERE chain = '${tenantId}';
     DELETE FROM run.audit_events WHERE chain = '${tenantId}' AND seq > 1;
     UPDATE run.audit_heads SET seq = 1, hash = (SELECT hash FROM run.audit_events WHERE chain = '${tenantId}') WHERE chain = '${tenantId}'`,
  );
  await until(
    "the agent's alarm",
    async () => agentLog.some((line) => line.startsWith('witness_alarm {"alarm":"lower_count"')),
    Boolean,
    20_000,
  );
  expect(await verify()).toMatchObject({ status: 0 });
  expect(await verify("--witness", witness)).toMatchObject({ status: 1, stdout: expect.stringMatching(/witness/) });
  await until(
    "the server's word about it",
    async () => log.some((line) => line.includes("an agent refused a checkpoint")),
    Boolean,
    25_000,
  );
  expect(log.some((line) => /the audit chain (lost its tail|was rewritten)/.test(line))).toBe(true);
  // The agent brought our own signature. On the embedded database it looks like a power loss: on record, and no lock.
  const recorded = async () => (await admin.call("listAudit", { query: { type: "audit.witness_contradicted" } })).items;
  await until("the record", recorded, (items) => items.length > 0, 20_000);
  expect(await recorded()).toMatchObject([{ actor: { id: "witness" }, data: { witness: identity.agentId, looks_lost: true } }]);
  expect((await admin.call("getPartyMode")).on).toBe(false);
}, 120_000);
