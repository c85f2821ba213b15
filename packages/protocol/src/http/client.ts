// A typed HTTP client over the route table: path parameters, query and body go in, the parsed answer comes out.
// A refusal of the server is thrown as ApiError with the code of docs/errors.md; nothing is retried here.
import type { z } from "zod";
import type { ErrorBody } from "./primitives.ts";
import { type RouteName, type Routes, routes } from "./routes.ts";

type Field<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType } ? z.input<S> : undefined;
type Answer<R> = R extends { readonly response: infer S extends z.ZodType } ? z.output<S> : undefined;

/** Input of one call; keys that the route does not have must be absent. */
export type CallInput<N extends RouteName> = {
  readonly [K in "params" | "query" | "body" as Field<Routes[N], K> extends undefined ? never : K]: Field<Routes[N], K>;
};
export type CallAnswer<N extends RouteName> = Answer<Routes[N]>;

export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string;
  readonly details: Record<string, unknown>;

  constructor(status: number, body: ErrorBody["error"]) {
    super(body.message);
    this.name = "ApiError";
    this.status = status;
    this.code = body.code;
    this.requestId = body.request_id;
    this.details = body.details ?? {};
  }
}

export interface ClientOptions {
  /** Origin without a trailing slash; empty in a browser. */
  readonly baseUrl: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Path below the origin with parameters filled in, for links and event streams. */
export const routePath = (name: RouteName, params: Readonly<Record<string, string | number>> = {}): string =>
  `/v1/run${routes[name].path.replace(/:([a-z_]+)/g, (_, key: string) => encodeURIComponent(String(params[key] ?? "")))}`;

const queryString = (query: Readonly<Record<string, unknown>> | undefined): string => {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return pairs.length === 0
    ? ""
    : `?${new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, String(value)])).toString()}`;
};

const readError = async (response: Response): Promise<ApiError> => {
  const fallback = {
    code: "UNREADABLE_ANSWER",
    message: `The server answered ${response.status} without a readable body.`,
    request_id: "",
    timestamp: "",
  };
  const body: unknown = await response.json().catch(() => undefined);
  const error = typeof body === "object" && body !== null && "error" in body ? (body as ErrorBody).error : fallback;
  return new ApiError(response.status, error);
};

export const createClient = (options: ClientOptions) => {
  const call = async <N extends RouteName>(name: N, input: CallInput<N>): Promise<CallAnswer<N>> => {
    const route = routes[name];
    const { params, query, body } = input as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };
    const headers: Record<string, string> = { accept: "application/json", ...options.headers };
    if (body !== undefined) headers["content-type"] = "application/json";
    const response = await options.fetch(`${options.baseUrl}${routePath(name, params)}${queryString(query)}`, {
      method: route.method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw await readError(response);
    return (response.status === 204 ? undefined : await response.json()) as CallAnswer<N>;
  };
  return { call };
};

export type Client = ReturnType<typeof createClient>;
