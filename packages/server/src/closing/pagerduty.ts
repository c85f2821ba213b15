// PagerDuty's REST API, version 2: a note on an incident, and its resolution. Both are done in the name of a user, whose address is the header From.
// @source PagerDuty developer-docs, REST API v2 (notes, incidents, errors, rate limits)
import type { Sent } from "../outbound/sender.ts";
import {
  type Answered,
  type AskProvider,
  type ClosingJob,
  delivered,
  failed,
  isGood,
  isSent,
  objectOf,
  type Provider,
} from "./provider.ts";

const base = (job: ClosingJob): string => `/incidents/${encodeURIComponent(job.externalId)}`;

const headers = ({ actsAs }: ClosingJob): Readonly<Record<string, string>> => ({
  accept: "application/vnd.pagerduty+json;version=2",
  ...(actsAs === null ? {} : { from: actsAs }),
});

/** A note has no id of ours: one that arrived although nobody heard of it is known by its link. */
async function isThere(ask: AskProvider, job: ClosingJob): Promise<boolean> {
  const answer = await ask({ method: "GET", path: `${base(job)}/notes`, headers: headers(job) });
  if (isSent(answer) || !isGood(answer)) return false;
  const { notes } = objectOf(answer);
  return Array.isArray(notes) && notes.some((note: unknown) => JSON.stringify(note).includes(job.link));
}

async function note(ask: AskProvider, job: ClosingJob): Promise<Sent> {
  if (job.isAgain && (await isThere(ask, job))) return delivered(200, "The note of an earlier attempt is there.");
  const answer = await ask({ method: "POST", path: `${base(job)}/notes`, headers: headers(job), body: { note: { content: job.text } } });
  if (isSent(answer)) return answer;
  return isGood(answer) ? delivered(answer.status) : failedHere(answer);
}

const statusOf = (answer: Answered): unknown => {
  const { incident } = objectOf(answer);
  return typeof incident === "object" && incident !== null && "status" in incident ? incident.status : undefined;
};

async function resolve(ask: AskProvider, job: ClosingJob): Promise<Sent> {
  const body = { incident: { type: "incident_reference", status: "resolved" } };
  const answer = await ask({ method: "PUT", path: base(job), headers: headers(job), body });
  if (isSent(answer)) return answer;
  if (isGood(answer)) return delivered(answer.status);
  if (answer.status !== 400) return failedHere(answer);
  // Somebody else resolved it: what was wanted is so.
  const now = await ask({ method: "GET", path: base(job), headers: headers(job) });
  return !isSent(now) && statusOf(now) === "resolved" ? delivered(answer.status, "It was resolved already.") : failedHere(answer);
}

const failedHere = (answer: Answered): Sent => {
  const sent = failed(pagerduty, answer);
  return JSON.stringify(objectOf(answer)).includes("Requester User Not Found")
    ? { ...sent, why: "PagerDuty knows no user with the address in whose name this is done: correct it in the integration's settings." }
    : sent;
};

export const pagerduty: Provider = {
  name: "PagerDuty",
  authorization: (token) => `Token token=${token}`,
  perform: (ask, job) => (job.action === "note" ? note(ask, job) : resolve(ask, job)),
};
