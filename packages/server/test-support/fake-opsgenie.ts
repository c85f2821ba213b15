// Opsgenie's alert API v2, which Jira Service Management has under a path of its own: every write is answered 202 with a requestId and done afterwards.
// @source Opsgenie Alert API v2; JSM operations, Integration Events API
import { randomUUID } from "node:crypto";
import { type Asked, type FakeProvider, type Reply, startFakeProvider } from "./fake-provider.ts";

interface Alert {
  status: "open" | "closed";
  readonly notes: string[];
}

export interface FakeOpsgenie extends FakeProvider {
  readonly alerts: Map<string, Alert>;
  /** How often it says "not processed yet" before it says what became of a request. */
  behind: number;
}

export const opsgenieKey = "opsgenie-api-integration-key";
/** In front of its paths, as Jira Service Management has it. */
export const jsmPath = "/jsm/ops/integration";

const said = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply => ({
  status,
  ...(headers === undefined ? {} : { headers }),
  body: { message, took: 0.003, requestId: randomUUID() },
});

export const tooMany = (seconds: string): Reply => said(429, "You are making too many requests!", { "retry-after": seconds });

export async function startFakeOpsgenie(): Promise<FakeOpsgenie> {
  const alerts = new Map<string, Alert>();
  const requests = new Map<string, { polls: number; readonly isSuccess: boolean; readonly status: string; readonly action: string }>();

  const perform = (id: string, action: string, body: Asked["body"]): { isSuccess: boolean; status: string } => {
    const alert = alerts.get(id);
    if (alert === undefined) return { isSuccess: false, status: "Alert does not exist" };
    if (action === "close" && alert.status === "closed") return { isSuccess: false, status: "Alert is already closed" };
    if (typeof body["note"] === "string") alert.notes.push(body["note"]);
    if (action === "close") alert.status = "closed";
    return { isSuccess: true, status: action === "close" ? "Closed alert" : "Added note" };
  };
  const write = (id: string, action: string, body: Asked["body"]): Reply => {
    if (action === "notes" && typeof body["note"] !== "string") return said(422, "Request body is not processable. Note can not be empty.");
    const requestId = randomUUID();
    requests.set(requestId, { polls: 0, action, ...perform(id, action, body) });
    return { status: 202, body: { result: "Request will be processed", took: 0.107, requestId } };
  };
  const stateOf = (requestId: string): Reply => {
    const request = requests.get(requestId);
    if (request === undefined || request.polls < fake.behind) {
      if (request !== undefined) request.polls += 1;
      return said(404, "Request not found. It might not be processed, yet.");
    }
    const { isSuccess, status, action } = request;
    const data = { success: isSuccess, isSuccess, status, action, processedAt: new Date().toISOString(), integrationId: randomUUID() };
    return { status: 200, body: { data, took: 0.022, requestId: randomUUID() } };
  };
  const ways: readonly [string, RegExp, (id: string, action: string, body: Asked["body"]) => Reply][] = [
    ["POST", /^\/v2\/alerts\/([^/]+)\/(notes|close)\?identifierType=id$/, write],
    ["GET", /^\/v2\/alerts\/requests\/([^/]+)$/, stateOf],
  ];
  const route = ({ method, path: whole, headers, body }: Asked): Reply => {
    if (headers.authorization !== `GenieKey ${opsgenieKey}`) return said(403, "You are not authorized to access this resource.");
    const path = whole.startsWith(jsmPath) ? whole.slice(jsmPath.length) : whole;
    const way = ways.find(([wanted, shape]) => wanted === method && shape.test(path));
    if (way === undefined) return said(404, "No handler found.");
    const [, id = "", action = ""] = way[1].exec(path) ?? [];
    return way[2](decodeURIComponent(id), action, body);
  };
  const fake: FakeOpsgenie = { ...(await startFakeProvider(route)), alerts, behind: 0 };
  return fake;
}
