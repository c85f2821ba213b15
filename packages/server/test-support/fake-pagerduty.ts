// PagerDuty's REST API v2 as far as notes and resolves go: its headers, status codes and error bodies. What is done to an incident leaves as a signed
// webhook, version 3, to whoever subscribed.
// @source PagerDuty developer-docs: REST API v2 (incidents, notes, errors), webhooks v3
import { createHmac, randomUUID } from "node:crypto";
import { type Asked, type FakeProvider, type Reply, startFakeProvider } from "./fake-provider.ts";

interface Incident {
  status: "triggered" | "acknowledged" | "resolved";
  readonly notes: string[];
}

export interface FakePagerDuty extends FakeProvider {
  readonly incidents: Map<string, Incident>;
  /** Where webhooks go, and the secret that they are signed with. */
  subscription: { readonly url: string; readonly secret: string } | undefined;
  /** Webhooks that were sent: event type and the answer's status. */
  readonly sent: [string, number][];
}

export const pagerDutyKey = "u+pagerduty-rest-key";
export const pagerDutyUser = "oncall@larkspur.example";

const error = (status: number, code: number, message: string, errors: readonly string[] = []): Reply => ({
  status,
  body: { error: { code, message, ...(errors.length === 0 ? {} : { errors }) } },
});

/** What is wrong with a request before it is looked at what it wants. */
function refusal({ method, headers }: Asked): Reply | undefined {
  if (headers.authorization !== `Token token=${pagerDutyKey}`) return error(401, 2006, "Authentication failed");
  if (headers.accept !== "application/vnd.pagerduty+json;version=2") return error(406, 2003, "Not acceptable");
  if (method === "GET") return undefined;
  if (headers["content-type"] !== "application/json") return error(415, 2003, "Unsupported media type");
  return headers["from"] === pagerDutyUser ? undefined : error(400, 2001, "Invalid Input Provided", ["Requester User Not Found"]);
}

export const incidentWebhook = (type: string, id: string, status: string, title = "checkout-api 5xx") => ({
  event: {
    id: randomUUID(),
    event_type: type,
    resource_type: "incident",
    occurred_at: new Date().toISOString(),
    agent: null,
    client: null,
    data:
      type === "incident.annotated"
        ? { id: "N1", type: "incident_note", content: "…", trimmed: false, incident: { id, type: "incident_reference", summary: title } }
        : {
            id,
            type: "incident",
            title,
            status,
            urgency: "high",
            service: { id: "S1", type: "service_reference", summary: "checkout-api" },
          },
  },
});

export async function startFakePagerDuty(): Promise<FakePagerDuty> {
  const incidents = new Map<string, Incident>();
  const sent: FakePagerDuty["sent"] = [];
  const tell = async (type: string, id: string, status: string): Promise<void> => {
    if (fake.subscription === undefined) return;
    const { url, secret } = fake.subscription;
    const body = JSON.stringify(incidentWebhook(type, id, status));
    const signature = `v1=${createHmac("sha256", secret).update(body).digest("hex")}`;
    const headers = { "content-type": "application/json", "x-pagerduty-signature": signature, "x-webhook-id": randomUUID() };
    sent.push([type, (await fetch(url, { method: "POST", body, headers })).status]);
  };
  const addNote = (id: string, incident: Incident, { body }: Asked): Reply => {
    const content = (body["note"] as { content?: unknown } | undefined)?.content;
    if (typeof content !== "string" || content === "") return error(400, 2001, "Invalid Input Provided", ["Content cannot be empty."]);
    incident.notes.push(content);
    void tell("incident.annotated", id, incident.status);
    const user = { id: "P1", type: "user_reference", summary: pagerDutyUser };
    return { status: 201, body: { note: { id: `N${incident.notes.length}`, user, content, created_at: new Date().toISOString() } } };
  };
  const update = (id: string, incident: Incident, { body }: Asked): Reply => {
    const wanted = body["incident"] as { type?: unknown; status?: unknown } | undefined;
    if (wanted?.type !== "incident_reference" || wanted.status !== "resolved") return error(400, 2001, "Invalid Input Provided");
    if (incident.status === "resolved") return error(400, 1001, "Incident Already Resolved");
    incident.status = "resolved";
    void tell("incident.resolved", id, "resolved");
    return { status: 200, body: { incident: { id, type: "incident", status: "resolved" } } };
  };
  const route = (asked: Asked): Reply => {
    const wrong = refusal(asked);
    if (wrong !== undefined) return wrong;
    const [, id = "", part] = /^\/incidents\/([^/?]+)(?:\/(notes))?$/.exec(asked.path) ?? [];
    const incident = incidents.get(decodeURIComponent(id));
    if (incident === undefined) return error(404, 2100, "Not Found");
    const notes = incident.notes.map((content, at) => ({ id: `N${at + 1}`, content }));
    const ways: Readonly<Record<string, () => Reply>> = {
      "GET notes": () => ({ status: 200, body: { notes } }),
      "POST notes": () => addNote(id, incident, asked),
      "GET incident": () => ({ status: 200, body: { incident: { id, type: "incident", status: incident.status } } }),
      "PUT incident": () => update(id, incident, asked),
    };
    return ways[`${asked.method} ${part ?? "incident"}`]?.() ?? error(404, 2100, "Not Found");
  };
  const fake: FakePagerDuty = { ...(await startFakeProvider(route)), incidents, sent, subscription: undefined };
  return fake;
}
