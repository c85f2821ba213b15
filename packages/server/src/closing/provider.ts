// What the providers share: how one is asked, and what its status codes mean for a delivery. A provider (pagerduty.ts, opsgenie.ts, dd0c-alert.ts) is a
// function from one thing to tell to what became of it.
import type { GuardedAnswer } from "../outbound/request-guarded.ts";
import type { Sent } from "../outbound/sender.ts";
import type { ClosingAction, RunFacts } from "./closing-payload.ts";

export type Answered = Extract<GuardedAnswer, { kind: "answered" }>;

export interface Question {
  readonly method: "GET" | "POST" | "PUT";
  /** Below the integration's API address, with a leading slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; left out: nothing. */
  readonly body?: unknown;
}

/** Asks with the integration's token. What is not an answer is settled already. */
export type AskProvider = (question: Question) => Promise<Answered | Sent>;

export interface ClosingJob {
  readonly action: ClosingAction;
  readonly externalId: string;
  readonly deliveryId: string;
  readonly text: string;
  /** Stands in the text: by it a note is found again. */
  readonly link: string;
  readonly run: RunFacts;
  /** An attempt before this one may have arrived. */
  readonly isAgain: boolean;
  /** The provider's user in whose name it is done. */
  readonly actsAs: string | null;
}

export interface Provider {
  readonly name: string;
  readonly authorization: (token: string) => string;
  readonly perform: (ask: AskProvider, job: ClosingJob, pause: (ms: number) => Promise<void>) => Promise<Sent>;
}

export const isSent = (answer: Answered | Sent): answer is Sent => "outcome" in answer;

export const delivered = (status: number | null, why: string | null = null): Sent => ({ outcome: "delivered", status, why });
const refused = (status: number, why: string): Sent => ({ outcome: "refused", status, why });

export const isGood = ({ status }: Answered): boolean => status >= 200 && status < 300;

/** The JSON object that an answer is; empty where it is none. */
export function objectOf({ body }: Pick<Answered, "body">): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const longestWords = 200;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** What the provider says itself, one line: `{"message"}` or `{"error": {"message", "errors"}}`. */
export function ownWords(answer: Answered): string {
  const body = objectOf(answer);
  const error = typeof body["error"] === "object" && body["error"] !== null ? (body["error"] as Record<string, unknown>) : {};
  const details = Array.isArray(error["errors"]) ? error["errors"].map(textOf) : [];
  const words = [textOf(body["message"]), textOf(error["message"]), textOf(body["error"]), ...details].filter((text) => text !== "");
  return [...new Set(words)].join(": ").replaceAll(/\s+/g, " ").slice(0, longestWords);
}

/** Where a provider that is asked too often does not say how long to wait. */
const pauseMs = 60_000;

const meanings: Readonly<Record<number, string>> = {
  400: "does not accept it",
  401: "does not accept the API token: give a new one in the integration's settings",
  402: "says that the account's plan does not allow it",
  403: "says that the API token may not do this",
  404: "does not know this incident, or there is no such API under the address in the settings",
  422: "does not accept it",
};

/** What an answer other than 2xx means. */
export function failed({ name }: Pick<Provider, "name">, answer: Answered): Sent {
  const { status, retryAfterMs } = answer;
  const words = ownWords(answer);
  const said = words === "" ? "" : ` (${words})`;
  if (status === 429)
    return {
      outcome: "retry",
      status,
      afterMs: retryAfterMs ?? pauseMs,
      why: `${name} is being asked too often and wants a pause${said}.`,
    };
  if (status === 408 || status >= 500)
    return {
      outcome: "retry",
      status,
      ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
      why: `${name} could not do it just now${said}.`,
    };
  if (status >= 300 && status < 400)
    return refused(status, `${name} answers with a redirect, which is not followed: correct the API address.`);
  return refused(status, `${name} ${meanings[status] ?? "refuses it"}${said}.`);
}
