// What a stream and a heartbeat ask of the database. Five hundred agents come back within seconds of a restart, and the embedded database has
// one session: each transaction more is seconds more for the last of them. Bare clients of the protocol, real certificates, the embedded database.
import { X509Certificate } from "node:crypto";
import { parseEnrolmentToken } from "@dd0c/protocol/agent";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import {
  type ClientIdentity,
  type Door,
  enrol,
  heartbeatFrame,
  openStream,
  type TestStream,
  until,
} from "../agents/test/gateway-fixture.ts";
import type { OpenDatabase } from "../db/index.ts";

const agents = 12;
/** The checkpoint writer looks every five seconds, and may do so meanwhile. */
const aside = 3;

let server: TestServer;
let admin: Session;
let door: Door;
let transactions = 0;
const identities: ClientIdentity[] = [];
const streams: TestStream[] = [];

const counting = (opened: OpenDatabase): OpenDatabase => ({
  ...opened,
  withTenant: (tenantId, work) => {
    transactions += 1;
    return opened.withTenant(tenantId, work);
  },
});

beforeAll(async () => {
  server = await startTestServer({ environment: { AGENT_PORT: "0" }, watch: counting });
  admin = await server.signIn();
  for (let at = 0; at < agents; at += 1) {
    const { token } = await admin.call("createEnrolmentToken", { body: { agent_name: `herd-${at}` } });
    const ca = new X509Certificate(parseEnrolmentToken(token)?.caDer ?? "").toString();
    door = { gateway: { port: server.agentPort }, ca: { caPem: ca } };
    identities.push(await enrol(door, token));
  }
}, 60_000);
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await until(() => server.gateway.onlineAgents().length === 0);
});
afterAll(() => server.stop());

const openAll = async (): Promise<void> => {
  streams.push(...identities.map((identity) => openStream(door, identity)));
  await until(() => server.gateway.onlineAgents().length === agents, 20_000);
};
/** Resolves when nothing was asked for a moment. */
const settled = async (): Promise<number> => {
  for (let before = -1; before !== transactions; ) {
    before = transactions;
    await new Promise((next) => setTimeout(next, 300));
  }
  return transactions;
};

it("a herd of agents costs three transactions each: may it come, it has come, what waits for it", async () => {
  const before = await settled();
  await openAll();
  const asked = (await settled()) - before;
  expect(asked).toBeGreaterThanOrEqual(3 * agents);
  expect(asked).toBeLessThanOrEqual(3 * agents + aside);
});

it("a heartbeat costs one: its lease, what the agent says, and its standing", async () => {
  await openAll();
  const before = await settled();
  for (let round = 0; round < 3; round += 1) for (const stream of streams) stream.send(heartbeatFrame);
  await until(() => transactions >= before + 3 * agents);
  expect((await settled()) - before).toBeLessThanOrEqual(3 * agents + aside);
});

it("an agent whose certificate is revoked between two heartbeats loses its stream with the next one", async () => {
  await openAll();
  const agentId = server.gateway.onlineAgents()[0]?.agentId ?? "";
  const at = identities.findIndex(({ response }) => response.agentId === agentId);
  // Not over HTTP, which tells the gateway: only the database knows.
  await server.database.withTenant(server.tenantId, (tx) =>
    tx.query
      .updateTable("agent_certificates")
      .set({ revoked_at: new Date() })
      .where("tenant_id", "=", tx.tenantId)
      .where("agent_id", "=", agentId)
      .execute(),
  );
  streams[at]?.send(heartbeatFrame);
  await expect(streams[at]?.ended).resolves.toMatch(/^CERTIFICATE_INVALID: revoked/);
  expect(server.gateway.isOnline(agentId)).toBe(false);
});
