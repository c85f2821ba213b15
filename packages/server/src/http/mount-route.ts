// One entry of the route table and its handler go in, a Fastify route comes out: access, limit, shapes and answer from the table.
// Nothing reaches a handler unchecked, and nothing leaves that the contract does not name.
import { Readable } from "node:stream";
import { AppError } from "@dd0c/core";
import type { Route, RouteName } from "@dd0c/protocol/http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Handler } from "./call.ts";
import { checkAccess } from "./check-access.ts";
import type { ClosingSignals } from "./closing-signals.ts";
import type { IdempotentAnswers } from "./idempotent-answers.ts";
import type { CheckLimit } from "./rate-limits.ts";

export const apiPrefix = "/v1/run";

export interface MountContext {
  readonly app: FastifyInstance;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly limits: Readonly<Record<Route["limit"], CheckLimit>>;
  readonly signals: ClosingSignals;
  readonly idempotent: IdempotentAnswers;
}

const issueList = (error: z.ZodError, where: string): readonly { readonly field: string; readonly problem: string }[] =>
  error.issues.slice(0, 20).map((issue) => ({ field: [where, ...issue.path.map(String)].join("."), problem: issue.message }));

function checked(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const problems = issueList(result.error, where);
  throw new AppError("VALIDATION_FAILED", `The request does not have the required shape: ${problems[0]?.field ?? where}.`, { problems });
}

const holdsNul = (value: unknown): boolean => {
  if (typeof value === "string") return value.includes("\0");
  return typeof value === "object" && value !== null && Object.values(value).some(holdsNul);
};

/** What is to be stored must come back as it was: no database text can hold U+0000. Asking about such a text is fine. */
function checkedBody(route: Route, value: unknown): unknown {
  if (route.limit === "write" && holdsNul(value)) throw new AppError("VALIDATION_FAILED", "The text holds a NUL character (U+0000).");
  return checked(route.body, value, "body");
}

/** A path id of the wrong form is an address at which there is nothing. */
function checkedParams(schema: z.ZodType | undefined, value: unknown): unknown {
  const result = schema?.safeParse(value);
  if (result?.success === false) throw new AppError("NOT_FOUND");
  return result?.data;
}

/** What a caller gave, checked as the table says. @throws AppError VALIDATION_FAILED, NOT_FOUND */
export const checkedInput = (route: Route, given: { readonly params: unknown; readonly query: unknown; readonly body: unknown }) => ({
  params: checkedParams(route.params, given.params),
  query: checked(route.query, given.query, "query"),
  body: checkedBody(route, given.body),
});

const callOf = (route: Route, request: FastifyRequest, reply: FastifyReply, signal: AbortSignal) => ({
  caller: request.caller,
  ...checkedInput(route, request),
  requestId: request.id,
  signal,
  lastEventId: header(request, "last-event-id"),
  cookie: request.headers.cookie ?? "",
  bearer: /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? "")?.[1] ?? null,
  sourceIp: request.ip,
  setHeader: (name: string, value: string) => void reply.header(name, value),
});

const header = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
};

function sendStream(route: Route, reply: FastifyReply, chunks: AsyncIterable<string>): FastifyReply {
  return reply
    .code(route.status)
    .header("content-type", `${route.stream}; charset=utf-8`)
    .header("cache-control", "no-store")
    .header("x-accel-buffering", "no")
    .send(Readable.from(chunks, { objectMode: false, encoding: "utf8" }));
}

/** Mounts one route below `apiPrefix`. */
export function mountRoute<N extends RouteName>(context: MountContext, name: N, route: Route, handler: Handler<N>): void {
  const { app, limits, allowedOrigins, signals, idempotent } = context;
  // The table ties `Handler<N>` to the shapes checked here; inside, the route is one of many.
  const handle = handler as unknown as (call: unknown) => Promise<unknown>;

  app.route({
    method: route.method,
    url: `${apiPrefix}${route.path}`,
    onRequest: [
      async (request) => checkAccess(route, request.caller, { method: route.method, origin: request.headers.origin }, allowedOrigins),
      limits[route.limit],
    ],
    handler: async (request, reply) => {
      const call = callOf(route, request, reply, signals.of(reply));
      if (route.stream !== undefined) return sendStream(route, reply, (await handle(call)) as AsyncIterable<string>);
      const stored = await idempotent.run(
        {
          route: name,
          method: route.method,
          caller: request.caller,
          key: header(request, "idempotency-key"),
          body: request.body,
          params: request.params,
        },
        async () => {
          const value = await handle(call);
          return { status: route.status, body: route.response === undefined ? undefined : route.response.parse(value) };
        },
      );
      if (stored.replayed) reply.header("idempotency-replayed", "true");
      return stored.body === undefined ? reply.code(stored.status).send() : reply.code(stored.status).send(stored.body);
    },
  });
}
