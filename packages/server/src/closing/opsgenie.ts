// Opsgenie's alert API, which Jira Service Management offers unchanged below its own address. It answers 202 and does the work afterwards, so it is
// asked what became of it. What it has not got to by then counts as delivered, and that is said.
// @source Opsgenie Alert API v2; JSM operations, Integration Events API
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

/** Between the questions what became of it. */
const pausesMs = [300, 700, 1_500] as const;
const longestNote = 25_000;

const paths = { note: "notes", resolve: "close" } as const;

interface Processed {
  readonly isDone: boolean;
  readonly words: string;
}

/** Undefined: not processed yet, or nobody can tell. */
function processed(answer: Answered): Processed | undefined {
  const { data } = objectOf(answer);
  if (!isGood(answer) || typeof data !== "object" || data === null) return undefined;
  const { isSuccess, success, status } = data as Record<string, unknown>;
  return { isDone: (isSuccess ?? success) === true, words: typeof status === "string" ? status.slice(0, 200) : "" };
}

async function becameOf(ask: AskProvider, requestId: string, pause: (ms: number) => Promise<void>): Promise<Processed | undefined> {
  for (const ms of pausesMs) {
    await pause(ms);
    const answer = await ask({ method: "GET", path: `/v2/alerts/requests/${encodeURIComponent(requestId)}` });
    if (isSent(answer)) return undefined;
    const found = processed(answer);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function perform(ask: AskProvider, job: ClosingJob, pause: (ms: number) => Promise<void>): Promise<Sent> {
  const answer = await ask({
    method: "POST",
    path: `/v2/alerts/${encodeURIComponent(job.externalId)}/${paths[job.action]}?identifierType=id`,
    body: {
      source: "dd0c/run",
      note: job.action === "note" ? job.text.slice(0, longestNote) : `Closed by dd0c/run: ${job.link}`,
      ...(job.actsAs === null ? {} : { user: job.actsAs }),
    },
  });
  if (isSent(answer)) return answer;
  if (!isGood(answer)) return failed(opsgenie, answer);
  const { requestId } = objectOf(answer);
  const found = typeof requestId === "string" ? await becameOf(ask, requestId, pause) : undefined;
  if (found === undefined) return delivered(answer.status, "Opsgenie accepted it and had not said by then that it is done.");
  if (found.isDone) return delivered(answer.status);
  if (job.action === "resolve" && /already\b.*\bclosed/i.test(found.words)) return delivered(answer.status, "It was closed already.");
  return { outcome: "refused", status: answer.status, why: `Opsgenie accepted it and then did not do it (${found.words}).` };
}

export const opsgenie: Provider = { name: "Opsgenie", authorization: (token) => `GenieKey ${token}`, perform };
