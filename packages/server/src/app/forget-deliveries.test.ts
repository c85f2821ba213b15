// Old messages go and the alerts that they were about stay: an end that we kept still meets its late beginning.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { type Sender, sendDelivery, until } from "../../test-support/send-delivery.ts";
import { keepHouseJob } from "../jobs/keep-house.ts";

let server: TestServer;
let admin: Session;
let sender: Sender;
const dayMs = 24 * 3_600_000;

beforeAll(async () => {
  server = await startTestServer({ environment: { ALERT_DELIVERIES_DAYS: "30" } });
  admin = await server.signIn();
  sender = await admin.call("createIntegration", { body: { kind: "generic", name: "g" } });
}, 60_000);
afterAll(() => server.stop());

const send = (body: object) => sendDelivery(server.url, sender, body);
const alerts = async () => (await admin.call("listAlerts", { query: {} })).items;
const house = (days: number) => keepHouseJob.work(server.jobContext, Date.now() + days * dayMs, new AbortController().signal);

it("takes messages away after their days, and no alert", async () => {
  const startedMs = Date.now();
  await send({ alert_id: "late", title: "an end alone", status: "resolved", occurred_at: startedMs });
  await send({ alert_id: "both", title: "a beginning", occurred_at: startedMs });
  const [newest] = await until("both to come in", alerts, (items) => items.length === 2);
  const id = newest?.id ?? "";
  const messages = async () => (await admin.call("getAlert", { params: { id } })).deliveries.length;

  await house(29);
  expect(await messages()).toBe(1);
  await house(31);
  expect([await messages(), (await alerts()).length]).toEqual([0, 2]);
  expect((await admin.call("getAlert", { params: { id } })).events).toEqual([]);

  await send({ alert_id: "late", title: "its beginning, at last", occurred_at: startedMs - 1_000 });
  await until(
    "the late beginning to be read",
    async () => (await admin.call("listAudit", { query: { type: "alert.received", limit: 10 } })).items.length,
    (count) => count === 3,
  );
  const late = (await alerts()).find(({ title }) => title === "an end alone");
  expect(late).toMatchObject({ status: "resolved", match_state: "not_needed", offer: null });
});
