// Handlers and settings go in, a Fastify server comes out: security headers, request ids, who is calling, limits, routes, errors, log.
// Every /v1/run endpoint comes from the route table; the rest is /sign-in/:token, /invitation/:token, /webhooks/..., /healthz and the web page.
import { randomUUID } from "node:crypto";
import fastifyHelmet from "@fastify/helmet";
import fastifyRateLimit from "@fastify/rate-limit";
import { type RouteName, routes } from "@dd0c/protocol/http";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { Caller } from "../identity/caller.ts";
import type { Identity } from "../identity/identity.ts";
import type { Clock, SharedCounters } from "../ports.ts";
import type { Handlers } from "./call.ts";
import { createClosingSignals } from "./closing-signals.ts";
import { countTogether } from "./count-together.ts";
import { errorBody, toAppError } from "./error-body.ts";
import type { IdempotentAnswers } from "./idempotent-answers.ts";
import { type MountContext, mountRoute } from "./mount-route.ts";
import { mountWebhook } from "./mount-webhook.ts";
import { countOpenRequests } from "./open-requests.ts";
import { createLimits } from "./rate-limits.ts";
import { type InvitationDoor, mountInvitations } from "./invitation-route.ts";
import { mountSlackLink, type SlackLinkDoor } from "./slack-link-route.ts";
import { mountSignIn } from "./sign-in-route.ts";
import { mountWebPages } from "./web-pages.ts";
import type { Intake } from "../webhooks/intake.ts";
import { mountAlertWebhooks } from "../webhooks/mount-alert-webhooks.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Null: nobody that we know. */
    caller: Caller | null;
  }
}

/** A pasted runbook may have 5 million characters; JSON escaping and other fields need some room. */
const maxBodyBytes = 6 * 1024 * 1024;

export interface HttpServerOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly identity: Identity;
  readonly invitations: InvitationDoor;
  readonly slackLink: SlackLinkDoor;
  readonly handlers: Handlers;
  readonly acceptAlert: Intake["accept"];
  readonly idempotent: IdempotentAnswers;
  /** Origins from which a browser session may change something. */
  readonly allowedOrigins: ReadonlySet<string>;
  readonly secure: boolean;
  readonly webFolder: string;
  /** What all servers of the installation count together; undefined for one that stands alone. */
  readonly counters: SharedCounters | undefined;
}

const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

function observe(app: FastifyInstance, options: HttpServerOptions): void {
  app.decorateRequest("caller", null);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    const { cookie, authorization } = request.headers;
    request.caller = await options.identity.authenticate({ cookie, authorization }, request.ip);
  });
  app.addHook("onResponse", async (request, reply) => {
    options.logger.info(logLine(request, reply.statusCode, reply.elapsedTime), "request");
  });
  app.setErrorHandler(async (error, request, reply) => {
    const failure = toAppError(error);
    if (failure.code === "INTERNAL_ERROR") options.logger.error({ request_id: request.id, fault: faultOf(error) }, "fault");
    return reply.code(failure.httpStatus).send(errorBody(failure, request.id, options.clock.now()));
  });
}

/** The route's pattern, never the address: ids are harmless, but sign-in tokens and search words are not. */
const logLine = (request: FastifyRequest, status: number, elapsedMs: number) => ({
  request_id: request.id,
  method: request.method,
  route: request.routeOptions.url ?? "(none)",
  status,
  ms: Math.round(elapsedMs * 10) / 10,
  tenant: request.caller?.tenantId,
  via: request.caller?.via,
});

/** Where it broke, not with what: messages of drivers quote values. */
const faultOf = (error: unknown): { readonly name: string; readonly stack: string } =>
  error instanceof Error
    ? {
        name: error.name,
        stack: (error.stack ?? "")
          .split("\n")
          .filter((line) => line.trimStart().startsWith("at "))
          .slice(0, 12)
          .join("\n"),
      }
    : { name: typeof error, stack: "" };

export interface HttpServer {
  readonly http: FastifyInstance;
  /** "METHOD /path" of every route, as the router knows it. */
  readonly routes: readonly string[];
  /** Ends live pages and lets everything else be answered, before `http.close` cuts off what is left. */
  readonly drain: () => Promise<void>;
}

/** Builds the server; `listen` is the caller's. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { config } = options;
  const app = Fastify({
    bodyLimit: maxBodyBytes,
    genReqId: () => randomUUID(),
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    forceCloseConnections: true,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
  });
  const signals = createClosingSignals();
  const requests = countOpenRequests(app);
  app.addHook("preClose", async () => signals.abortAll());
  const mounted: string[] = [];
  app.addHook("onRoute", ({ method, url }) => void mounted.push(...[method].flat().map((one) => `${one} ${url}`)));

  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    strictTransportSecurity: options.secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: "same-origin" },
  });
  await app.register(fastifyRateLimit, { global: false });
  observe(app, options);

  const limits = createLimits(
    app,
    config,
    countTogether(options.counters, () => options.clock.monotonic()),
  );
  const context: MountContext = { app, allowedOrigins: options.allowedOrigins, limits, signals, idempotent: options.idempotent };
  for (const name of Object.keys(routes) as RouteName[]) {
    const handler = options.handlers[name] as never;
    if (routes[name].limit === "webhook") await mountWebhook(context, name, routes[name], handler);
    else mountRoute(context, name, routes[name], handler);
  }

  mountSignIn(app, options.identity, limits.sign_in);
  mountInvitations(app, options.invitations, limits.sign_in, options.allowedOrigins);
  mountSlackLink(app, options.slackLink, limits.sign_in, options.allowedOrigins);
  await mountAlertWebhooks(app, options.acceptAlert);
  app.get("/healthz", async () => ({ status: "ok" }));
  await mountWebPages(app, options.webFolder);
  const drain = async (): Promise<void> => {
    signals.abortAll();
    await requests.drain();
  };
  return { http: app, routes: mounted, drain };
}
