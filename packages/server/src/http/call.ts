// What a handler is given and what it returns, both computed from the route table: a shape cannot drift from the contract.
// HTTP stays outside: a handler sees a checked call and answers with a value; refusals are thrown as AppError.
import type { Routes, RouteName } from "@dd0c/protocol/http";
import type { z } from "zod";
import type { Caller } from "../identity/caller.ts";

type Field<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType } ? z.output<S> : undefined;

export interface Call<N extends RouteName> {
  /** Null only on public routes without a session. */
  readonly caller: Routes[N]["access"] extends "public" ? Caller | null : Caller;
  readonly params: Field<Routes[N], "params">;
  readonly query: Field<Routes[N], "query">;
  readonly body: Field<Routes[N], "body">;
  readonly requestId: string;
  /** Aborted when the client is gone or the server stops; streams must end then. */
  readonly signal: AbortSignal;
  /** Where a broken event stream left off. */
  readonly lastEventId: string | null;
  /** The Cookie header, for ending the session. */
  readonly cookie: string;
  /** What follows `Bearer ` in the Authorization header, for public routes that hold a secret of their own. */
  readonly bearer: string | null;
  /** The address that the request came from. */
  readonly sourceIp: string | null;
  /** Sets a response header; repeated `set-cookie` adds up. */
  readonly setHeader: (name: string, value: string) => void;
}

/** Handlers may answer with values that nobody may change. */
type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export type Answer<N extends RouteName> = Routes[N] extends { readonly stream: string }
  ? AsyncIterable<string>
  : Routes[N] extends { readonly response: infer S extends z.ZodType }
    ? DeepReadonly<z.input<S>>
    : undefined;

export type Handler<N extends RouteName> = (call: Call<N>) => Promise<Answer<N>>;

/** One handler per route of the table; a missing one does not compile. */
export type Handlers = { readonly [N in RouteName]: Handler<N> };
