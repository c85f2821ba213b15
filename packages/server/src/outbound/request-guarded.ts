// One HTTP request to an address that somebody typed: the URL goes in, what the other side answered comes out, whole and bounded, or why nothing was asked.
// The name is resolved once and the connection made to an address that was checked, so that a second answer of the resolver leads nowhere. No
// redirect is followed, no proxy or pooled connection used, certificates are always verified, and nothing takes longer than the deadline.
import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { readRetryAfterMs } from "../retry-after.ts";
import { type AllowedHost, hostOf, isAllowed, portOfUrl } from "./allowed-hosts.ts";
import { closedAddress } from "./address-guard.ts";
import { wordsOfFailure } from "./failure-words.ts";

export interface OutboundAddress {
  readonly address: string;
  readonly family: number;
}

export interface GuardedRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Name resolution, connection, the other side's thinking and its answer together. */
  readonly deadlineMs: number;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}

/**
 * `answered`: with any status; `body` is at most `maxAnswerBytes` long. `refused`: the guard sends nothing there, now or later.
 * `failed`: it may work another time. `why` is a sentence for people without anything of the request but its host.
 */
export type GuardedAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly body: string;
      readonly isCut: boolean;
      /** How long the other side asks to be left alone. */
      readonly retryAfterMs: number | undefined;
    }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string };

export type RequestGuarded = (url: string, request: GuardedRequest) => Promise<GuardedAnswer>;

export interface GuardOptions {
  readonly allowed: readonly AllowedHost[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Default: the system's resolver, hosts file included. */
  readonly resolve?: (host: string) => Promise<readonly OutboundAddress[]>;
}

/** What is read of an answer; the connection is cut where there is more. */
export const maxAnswerBytes = 64 * 1024;

const resolveBySystem = (host: string): Promise<OutboundAddress[]> => lookup(host, { all: true });
const howToAllow = "An operator can name the host in OUTBOUND_ALLOW_HOSTS.";

/** Why this is no address to send to, whatever its name resolves to; undefined where it may be one. */
export function refusalOf(raw: string, allowed: readonly AllowedHost[]): string | undefined {
  if (!URL.canParse(raw)) return "That is not a URL.";
  const url = new URL(raw);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "Only https addresses are called.";
  if (`${url.username}${url.password}` !== "") return "An address with a user name or password in it is not called.";
  if (portOfUrl(url) === 0) return "Port 0 is no port.";
  if (isAllowed(allowed, url)) return undefined;
  if (url.protocol === "http:") return `Only https addresses are called. ${howToAllow}`;
  const host = hostOf(url).replace(/^\[|\]$/g, "");
  const closed = isIP(host) === 0 ? undefined : closedAddress(host);
  return closed === undefined ? undefined : `That is ${closed.what}. ${howToAllow}`;
}

type Resolved = { readonly addresses: readonly OutboundAddress[] } | GuardedAnswer;

/** Every address that the name has must be open: one that is not is no accident. */
async function resolveChecked(url: URL, { allowed, resolve = resolveBySystem }: GuardOptions): Promise<Resolved> {
  const host = hostOf(url).replace(/^\[|\]$/g, "");
  const isListed = isAllowed(allowed, url);
  // A literal was judged with the URL.
  if (isIP(host) !== 0) return { addresses: [{ address: host, family: isIP(host) }] };
  const addresses = await resolve(host);
  if (addresses.length === 0) return { kind: "failed", why: `The name ${host} has no address.` };
  const closed = addresses.map(({ address }) => closedAddress(address)).find((one) => one !== undefined && !(isListed && one.isInside));
  if (closed === undefined) return { addresses };
  const remedy = closed.isInside ? howToAllow : "An operator can name that address itself in OUTBOUND_ALLOW_HOSTS.";
  return { kind: "refused", why: `The name ${host} leads to ${closed.what}. ${remedy}` };
}

/** Gives the connection the addresses that were checked, whatever it asks for. */
const pinned =
  (addresses: readonly OutboundAddress[]): LookupFunction =>
  (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };

async function readBounded(response: IncomingMessage): Promise<{ body: string; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxAnswerBytes - bytes));
    bytes += chunk.length;
    // Leaving the loop destroys the connection.
    if (bytes > maxAnswerBytes) break;
  }
  return { body: Buffer.concat(chunks).toString("utf8"), isCut: bytes > maxAnswerBytes };
}

function open(url: URL, addresses: readonly OutboundAddress[], { method, headers, body }: GuardedRequest, signal: AbortSignal) {
  const host = hostOf(url);
  const connection = {
    method,
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    agent: false as const,
    lookup: pinned(addresses),
    signal,
  };
  const sending =
    url.protocol === "https:"
      ? httpsRequest(url, {
          ...connection,
          rejectUnauthorized: true,
          ...(isIP(host) === 0 && !host.startsWith("[") ? { servername: host } : {}),
        })
      : httpRequest(url, connection);
  return new Promise<IncomingMessage>((resolve, reject) => {
    sending.on("response", resolve).on("error", reject);
    sending.end(body);
  });
}

/** Rejects as soon as the signal is aborted: a resolver cannot be told to stop. */
const orAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    }),
  ]);

export function createGuardedRequest(options: GuardOptions): RequestGuarded {
  return async (raw, asked) => {
    const why = refusalOf(raw, options.allowed);
    if (why !== undefined) return { kind: "refused", why };
    const url = new URL(raw);
    const deadline = AbortSignal.timeout(asked.deadlineMs);
    const signal = AbortSignal.any([asked.signal, deadline]);
    try {
      const resolved = await orAborted(resolveChecked(url, options), signal);
      if ("kind" in resolved) return resolved;
      const response = await open(url, resolved.addresses, asked, signal);
      const { body, isCut } = await readBounded(response);
      const retryAfterMs = readRetryAfterMs(response.headers["retry-after"], options.now());
      return { kind: "answered", status: response.statusCode ?? 0, body, isCut, retryAfterMs };
    } catch (error) {
      return { kind: "failed", why: deadline.aborted ? `No whole answer within ${asked.deadlineMs / 1_000} s.` : wordsOfFailure(error) };
    }
  };
}
