// One call to the server by route name: typed input in, parsed answer out. Stands between the hooks and the network.
// Same origin, session cookie; every write carries a fresh Idempotency-Key. Nothing is retried or queued here.
import { type CallAnswer, type CallInput, createClient, type RouteName } from "@dd0c/protocol/http";

const KEY_BYTES = 16;

/** Random key in hex; getRandomValues also works where the page is not served over TLS. */
const idempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const send = (signal: AbortSignal | undefined) => (url: string, init: RequestInit) =>
  fetch(url, {
    ...init,
    credentials: "same-origin",
    ...(signal === undefined ? {} : { signal }),
    headers: { ...(init.headers as Record<string, string>), ...(init.method === "GET" ? {} : { "idempotency-key": idempotencyKey() }) },
  });

/** Refusals of the server are thrown as ApiError with their code; a broken connection as the browser's TypeError. */
export const callServer = <N extends RouteName>(name: N, input: CallInput<N>, signal?: AbortSignal): Promise<CallAnswer<N>> =>
  createClient({ baseUrl: "", fetch: send(signal) }).call(name, input);
