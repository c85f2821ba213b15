// One limiter per class of the route table (ruling 26), shared by all routes of the class.
// A known caller is counted per session or key, anybody else per address (IPv6: per /64 network); too much is RATE_LIMITED with Retry-After.
import { AppError } from "@dd0c/core";
import type { Route } from "@dd0c/protocol/http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
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

/** Needs @fastify/rate-limit registered on `app`. */
export function createLimits(app: FastifyInstance, config: Config): Readonly<Record<LimitClass, CheckLimit>> {
  const limit = (max: (request: FastifyRequest) => number, key = callerKey): CheckLimit => {
    const count = app.createRateLimit({ max, timeWindow: minuteMs, keyGenerator: key });
    return async (request, reply) => {
      const result = await count(request);
      if (result.isAllowed || !result.isExceeded) return;
      reply.header("retry-after", String(Math.max(1, result.ttlInSeconds)));
      throw new AppError("RATE_LIMITED", undefined, {
        retry_after_seconds: Math.max(1, result.ttlInSeconds),
        limit_per_minute: result.max,
      });
    };
  };
  const previews = (request: FastifyRequest): number =>
    request.caller === null ? Math.floor(config.previewsPerMinute / anonymousShare) : config.previewsPerMinute;
  return {
    preview: limit(previews),
    model: limit(() => config.modelReviewsPerMinute, tenantKey),
    read: limit(() => config.readsPerMinute),
    write: limit(() => config.writesPerMinute),
    webhook: limit(() => panicCallsPerMinute, webhookKey),
    // A link has 180 random bits or more, so this only keeps the log quiet.
    sign_in: limit(() => config.signInsPerMinute),
  };
}
