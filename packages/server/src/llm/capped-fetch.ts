// One exchange with a provider: what `fetch` is asked goes in, the answer comes out whole and bounded, with a record of what was seen.
// It follows no redirect (the key would travel along) and stops reading at the limit, so that no provider fills the memory.
import { readRetryAfterMs } from "../retry-after.ts";

export interface Exchange {
  readonly fetch: typeof fetch;
  /** Status of the answer; undefined while there is none. */
  readonly status: () => number | undefined;
  /** The answer's body, as far as it was read whole. */
  readonly body: () => string | undefined;
  readonly tooLarge: () => boolean;
  readonly sentBytes: () => number;
  readonly receivedBytes: () => number;
  /** Milliseconds that the provider asks to wait; undefined where it does not say. */
  readonly retryAfterMs: () => number | undefined;
}

export const maxAnswerBytes = 256 * 1024;

export const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** Reads at most `limit` bytes; undefined when there are more. */
async function readBounded(response: Response, limit: number, count: (bytes: number) => void): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  if (response.body === null) return "";
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    total += chunk.byteLength;
    count(chunk.byteLength);
    if (total > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const retryAfterOf = (headers: Headers): number | undefined => {
  const ms = headers.get("retry-after-ms")?.trim() ?? "";
  return /^\d+(\.\d+)?$/.test(ms) ? Number(ms) : readRetryAfterMs(headers.get("retry-after"), Date.now());
};

export function cappedExchange(limit = maxAnswerBytes): Exchange {
  let status: number | undefined;
  let body: string | undefined;
  let tooLarge = false;
  let sentBytes = 0;
  let receivedBytes = 0;
  let retryAfterMs: number | undefined;

  const exchange: typeof fetch = async (input, init) => {
    if (typeof init?.body === "string") sentBytes += Buffer.byteLength(init.body);
    const response = await fetch(input, { ...init, redirect: "manual" });
    status = response.status;
    retryAfterMs = retryAfterOf(response.headers);
    const text = await readBounded(response, limit, (bytes) => (receivedBytes += bytes));
    tooLarge = text === undefined;
    body = text;
    if (text === undefined || isRedirect(status)) throw new Error("unusable answer");
    return new Response(text, { status: status === 204 ? 200 : status, headers: { "content-type": "application/json" } });
  };
  return {
    fetch: exchange,
    status: () => status,
    body: () => body,
    tooLarge: () => tooLarge,
    sentBytes: () => sentBytes,
    receivedBytes: () => receivedBytes,
    retryAfterMs: () => retryAfterMs,
  };
}
