// dd0c/alert as the specification has it (7.7): a note and a resolve per incident, known again by their Idempotency-Key.
import { type Asked, type FakeProvider, type Reply, startFakeProvider } from "./fake-provider.ts";

export interface FakeDd0cAlert extends FakeProvider {
  /** What was done, by incident. */
  readonly incidents: Map<string, { status: "open" | "resolved"; readonly told: Asked["body"][] }>;
}

export const dd0cAlertToken = "dd0c-alert-token-1";

const refused = (status: number, code: string, message: string): Reply => ({ status, body: { error: code, message } });

export async function startFakeDd0cAlert(): Promise<FakeDd0cAlert> {
  const incidents: FakeDd0cAlert["incidents"] = new Map();
  const answers = new Map<string, Reply>();
  const perform = ({ path, body }: Asked): Reply => {
    const [, id = "", action] = /^\/api\/v1\/alert\/incidents\/([^/]+)\/(note|resolve)$/.exec(path) ?? [];
    const incident = incidents.get(decodeURIComponent(id));
    if (incident === undefined) return refused(404, "NOT_FOUND", "No such incident.");
    if (action === "resolve" && incident.status === "resolved") return refused(409, "CONFLICT", "The incident is resolved.");
    if (action === "resolve") incident.status = "resolved";
    incident.told.push(body);
    return { status: action === "note" ? 201 : 200, body: { id, status: incident.status } };
  };
  const route = (asked: Asked): Reply => {
    if (asked.headers.authorization !== `Bearer ${dd0cAlertToken}`) return refused(401, "UNAUTHENTICATED", "The token is not known.");
    const key = String(asked.headers["idempotency-key"]);
    const answer = answers.get(key) ?? perform(asked);
    answers.set(key, answer);
    return answer;
  };
  return { ...(await startFakeProvider(route)), incidents };
}
