// One limiter per class of the route table (ruling 26), shared by all routes of the class.
// A known caller is counted per session or key, anybody else per address (IPv6: per /64 network); too much is RATE_LIMITED with Retry-After.
// Each server counts for itself, and all of them together where they share a Redis: both counts have to allow a request.
import { AppError } from "@dd0c/core";
import { type Route, routePath } from "@dd0c/protocol/http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import type { CountTogether } from "./count-together.ts";
import { networkOf } from "./network-of.ts";

export type LimitClass = Route["limit"] | "sign_in";

const minuteMs = 60_000;
/** An anonymous visitor gets this fraction of a signed-in one's previews. */
const anonymousShare = 12;
/** Calls of one panic webhook per address and minute: guessing 256 random bits is hopeless, so this only keeps the database quiet. */
const panicCallsPerMinute = 30;

export type CheckLimit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

const callerKey = (request: FastifyRequest): string => {
  const { caller } = request;
  return caller === null ? `ip:${networkOf(request.ip)}` : `${caller.via}:${caller.tenantId}:${caller.userId}`;
};

/** All sessions of a tenant together: what they ask costs the tenant money. */
const tenantKey = (request: FastifyRequest): string => (request.caller === null ? callerKey(request) : `tenant:${request.caller.tenantId}`);

/** One webhook's calls from one address: nobody uses up those of another webhook. */
const webhookKey = (request: FastifyRequest): string =>
  `${(request.params as { readonly id?: string }).id?.toLowerCase() ?? ""}:${networkOf(request.ip)}`;

/** The word that stops everything. */
const isHalt = ({ method, routeOptions }: FastifyRequest): boolean => method === "POST" && routeOptions.url === routePath("panicOn");

function refuse(reply: FastifyReply, leftMs: number, max: number): never {
  const seconds = Math.max(1, Math.ceil(leftMs / 1_000));
  reply.header("retry-after", String(seconds));
  throw new AppError("RATE_LIMITED", undefined, { retry_after_seconds: seconds, limit_per_minute: max });
}

/** Needs @fastify/rate-limit registered on `app`. @param together counts with the other servers */
export function createLimits(app: FastifyInstance, config: Config, together: CountTogether): Readonly<Record<LimitClass, CheckLimit>> {
  const limit = (max: (request: FastifyRequest) => number, key = callerKey, sharedAs?: LimitClass): CheckLimit => {
    const count = app.createRateLimit({ max, timeWindow: minuteMs, keyGenerator: key });
    return async (request, reply) => {
      const own = await count(request);
      if (own.isAllowed) return;
      if (own.isExceeded) return refuse(reply, own.ttl, own.max);
      const all = sharedAs === undefined ? undefined : await together(`${sharedAs} ${own.key}`, minuteMs);
      if (all !== undefined && all.count > own.max) refuse(reply, all.leftMs, own.max);
    };
  };
  const previews = (request: FastifyRequest): number =>
    request.caller === null ? Math.floor(config.previewsPerMinute / anonymousShare) : config.previewsPerMinute;
  const write = limit(() => config.writesPerMinute, callerKey, "write");
  // It waits for nobody, and no other writes use it up.
  const halt = limit(() => config.writesPerMinute);
  return {
    preview: limit(previews, callerKey, "preview"),
    model: limit(() => config.modelReviewsPerMinute, tenantKey, "model"),
    read: limit(() => config.readsPerMinute, callerKey, "read"),
    write: (request, reply) => (isHalt(request) ? halt : write)(request, reply),
    // The webhooks of panic wait for nobody either.
    webhook: limit(() => panicCallsPerMinute, webhookKey),
    // A link has 180 random bits or more, so this only keeps the log quiet.
    sign_in: limit(() => config.signInsPerMinute, callerKey, "sign_in"),
  };
}
