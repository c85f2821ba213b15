// Another face than the web page calls the same handlers: name, caller and input go in, the answer comes out. Access and shapes are checked by the
// same table as for a request; only what belongs to HTTP (cookies, streams, idempotency keys) is not here.
import { randomUUID } from "node:crypto";
import { type CallAnswer, type CallInput, type RouteName, routes } from "@dd0c/protocol/http";
import type { Caller } from "../identity/caller.ts";
import type { Handlers } from "./call.ts";
import { checkAccess } from "./check-access.ts";
import { checkedInput } from "./mount-route.ts";

/** @throws AppError whatever the route refuses: FORBIDDEN, VALIDATION_FAILED, and the use case's own. */
export type CallHandler = <N extends RouteName>(name: N, caller: Caller, input: CallInput<N>) => Promise<CallAnswer<N>>;

const noOrigins: ReadonlySet<string> = new Set();

export const createCallHandler =
  (handlers: Handlers): CallHandler =>
  async (name, caller, input) => {
    const route = routes[name];
    checkAccess(route, caller, { method: route.method, origin: undefined }, noOrigins);
    const { params = {}, query = {}, body } = input as { params?: unknown; query?: unknown; body?: unknown };
    const handle = handlers[name] as unknown as (call: unknown) => Promise<unknown>;
    const call = {
      caller,
      ...checkedInput(route, { params, query, body }),
      requestId: randomUUID(),
      signal: AbortSignal.timeout(60_000),
      lastEventId: null,
      cookie: "",
      bearer: null,
      sourceIp: null,
      setHeader: () => undefined,
    };
    return (await handle(call)) as CallAnswer<typeof name>;
  };
