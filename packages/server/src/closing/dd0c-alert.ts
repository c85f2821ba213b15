// dd0c/alert: POST /api/v1/alert/incidents/:id/note and /resolve. It knows a repeated call by its Idempotency-Key, which is the delivery's id.
// @source the specification, 7.7 "Integration Data Flow"; the names of the fields are those of our outbound events (7.6)
import type { Sent } from "../outbound/sender.ts";
import { type AskProvider, type ClosingJob, delivered, failed, isGood, isSent, type Provider } from "./provider.ts";

const conflict = 409;

const bodyOf = ({ action, run, text, link }: ClosingJob) => {
  const { steps, ...facts } = run;
  return { ...facts, url: link, ...(action === "note" ? { summary: text, steps } : { resolution: text }) };
};

async function perform(ask: AskProvider, job: ClosingJob): Promise<Sent> {
  const answer = await ask({
    method: "POST",
    path: `/api/v1/alert/incidents/${encodeURIComponent(job.externalId)}/${job.action}`,
    headers: { "idempotency-key": job.deliveryId },
    body: bodyOf(job),
  });
  if (isSent(answer)) return answer;
  if (isGood(answer)) return delivered(answer.status);
  return job.action === "resolve" && answer.status === conflict
    ? delivered(answer.status, "It was resolved already.")
    : failed(dd0cAlert, answer);
}

export const dd0cAlert: Provider = { name: "dd0c/alert", authorization: (token) => `Bearer ${token}`, perform };
