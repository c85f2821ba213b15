// An incident from its webhook to the end of the run that somebody starts for it, on a server of the test's own: every step is done by hand.
import { randomUUID } from "node:crypto";
import type { WireAlert, WireExecution } from "@dd0c/protocol/http";
import { upsertAgent } from "../src/db/index.ts";
import { type Session, startTestServer, type TestServer } from "./running-server.ts";
import { type Sender, sendDelivery, until } from "./send-delivery.ts";

export interface IncidentServer {
  readonly server: TestServer;
  readonly admin: Session;
  /** Runbook of two steps that a person does by hand. */
  readonly runbookId: string;
}

export const quickRetries = { OUTBOUND_RETRY_SECONDS: "0.2,0.2,0.2" };

export async function startIncidentServer(
  hosts: readonly string[],
  environment: Record<string, string> = quickRetries,
): Promise<IncidentServer> {
  const server = await startTestServer({ environment: { OUTBOUND_ALLOW_HOSTS: hosts.join(","), ...environment } });
  const admin = await server.signIn();
  await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: randomUUID(), name: "edge", version: "0.1.0" }));
  const text = "# Checkout recovery\n\n1. Tell the customers.\n\n2. Switch the traffic back.\n";
  const { id } = await admin.call("createRunbook", { body: { raw_text: text, service_tag: "checkout-api" } });
  return { server, admin, runbookId: id };
}

const pages = (admin: Session) => admin.call("listAlerts", { query: { limit: 200 } });

/** Sends the beginning of an incident and waits until it is an alert of ours. @param episode the provider's own name of it */
export async function raise({ server, admin }: IncidentServer, sender: Sender, body: unknown, episode: string): Promise<string> {
  const title = `checkout-api is slow ${episode}`;
  const known = new Set((await pages(admin)).items.map(({ id }) => id));
  await sendDelivery(server.url, sender, body, { "x-webhook-id": randomUUID(), "webhook-id": randomUUID() });
  const { items } = await until(
    `${title} to come in`,
    () => pages(admin),
    (page) => page.items.some(({ id, match_state: state }) => !known.has(id) && state !== "waiting"),
  );
  return items.find(({ id }) => !known.has(id))?.id ?? "";
}

const stepNow = (run: WireExecution): string => run.current_step_id ?? "";

/** Starts the runbook for the alert and confirms what is asked. */
export async function startRun({ admin, runbookId }: IncidentServer, alertId: string): Promise<WireExecution> {
  const started = await admin.call("startAlert", { params: { id: alertId }, body: { runbook_id: runbookId } });
  return admin.call("confirmPreflight", { params: { id: started.id }, body: { confirmed: [], variables: {} } });
}

/** Walks it to its end. The first step is skipped where `skips`. */
export async function completeRun(ground: IncidentServer, alertId: string, skips = false): Promise<WireExecution> {
  const { admin } = ground;
  let run = await startRun(ground, alertId);
  const params = { id: run.id };
  const call = { params: { ...params, sid: stepNow(run) } };
  run = skips
    ? await admin.call("skipStep", { ...call, body: { reason: "they know" } })
    : await admin.call("reportStep", { ...call, body: { outcome: "done" } });
  return admin.call("reportStep", { params: { ...params, sid: stepNow(run) }, body: { outcome: "done" } });
}

export const wholeAlert = ({ admin }: IncidentServer, id: string): Promise<WireAlert> => admin.call("getAlert", { params: { id } });

type Closing = NonNullable<WireAlert["closing"]>;

/** Waits until the provider was told, or not told, to the end. */
export const told = (ground: IncidentServer, alertId: string, what: "note" | "resolve", state: NonNullable<Closing["note"]>["state"]) =>
  until(
    `the ${what} to be ${state}`,
    () => wholeAlert(ground, alertId),
    ({ closing }) => closing?.[what]?.state === state,
  );

/** Long enough for what must not happen. */
export const aWhile = (): Promise<void> => new Promise((done) => setTimeout(done, 1_500));
