// Three hundred deliveries as fast as they come: each is answered, counted once, and matched. The figures for a thousand are bench/alerts.ts.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds } from "../../test-support/test-database.ts";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { type Sender, sendDelivery, until } from "../../test-support/send-delivery.ts";

const count = 300;

describe.each(databaseKinds)("a storm on %s", (kind) => {
  let cluster: TestCluster | undefined;
  let server: TestServer;
  let admin: Session;
  let sender: Sender & { readonly id: string };

  beforeAll(async () => {
    cluster = kind === "postgres" ? await startPostgres() : undefined;
    const databaseUrl = (await cluster?.createDatabase())?.url;
    server = await startTestServer(databaseUrl === undefined ? {} : { databaseUrl });
    admin = await server.signIn();
    await admin.call("createRunbook", { body: { raw_text: "# Checkout errors\n\n1. Look: `kubectl get pods -n shop`\n" } });
    sender = await admin.call("createIntegration", { body: { kind: "alertmanager", name: "am" } });
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await cluster?.stop();
  });

  const delivery = (at: number) => ({
    version: "4",
    groupKey: `g${at}`,
    alerts: [
      {
        status: "firing",
        labels: { alertname: "CheckoutErrors", service: "shop", instance: `10.0.${at >> 8}.${at & 255}` },
        annotations: { summary: "checkout errors" },
        startsAt: "2026-11-17T02:40:12Z",
        fingerprint: randomUUID(),
      },
    ],
  });

  it("loses none, doubles none, matches all", async () => {
    const deliveries = Array.from({ length: count }, (_, at) => delivery(at));
    // Every tenth comes twice, as from a pair of senders.
    const sent = deliveries.flatMap((one, at) => (at % 10 === 0 ? [one, one] : [one]));
    const answers = await Promise.all(sent.map((one) => sendDelivery(server.url, sender, one)));
    expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
    expect(answers.filter(({ body }) => body.status === "duplicate")).toHaveLength(count / 10);
    const rows = await until(
      "all to be matched",
      () =>
        server.database.withTenant(server.tenantId, ({ query }) =>
          query.selectFrom("alerts").select(["episode_key", "match_state"]).where("integration_id", "=", sender.id).execute(),
        ),
      (found) => found.length === count && found.every(({ match_state: state }) => state === "matched"),
    );
    expect(new Set(rows.map(({ episode_key: key }) => key)).size).toBe(count);
    const stored = await server.database.withTenant(server.tenantId, ({ query }) =>
      query.selectFrom("alert_deliveries").select("id").execute(),
    );
    expect(stored).toHaveLength(count);
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  });
});
