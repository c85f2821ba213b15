// The person who approves: signed in once by the one-time link, then the same cookie at whichever server is up.
// In: where servers are and their newest links. Out: a typed client. It never retries by itself: who asks decides what a lost answer means.
import { type Client, createClient } from "@dd0c/protocol/http";
import { signIn } from "../../support/session.ts";

export interface Seat {
  readonly base: string;
  readonly cookie: string;
}

/** @param page the origin that people open, where that is not the server itself */
export const clientAt = ({ base, cookie }: Seat, key?: string, page = base): Client =>
  createClient({
    baseUrl: base,
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(20_000) }),
    headers: { cookie, origin: page, ...(key === undefined ? {} : { "idempotency-key": key }) },
  });

/** @param links what the servers said at their last start, newest first */
export async function signInAnywhere(links: readonly { readonly base: string; readonly link: string }[]): Promise<string> {
  for (const { base, link } of links) {
    const session = await signIn(base, link).catch(() => undefined);
    if (session !== undefined) return session.cookie;
  }
  throw new Error("no server let the person in");
}
