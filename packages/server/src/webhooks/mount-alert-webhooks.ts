// POST /webhooks/:kind/:integration_id, what monitoring systems call: raw bytes go in, 202 comes out once they are on disk. No session, no limit: what
// a storm would overrun is throttled behind this door, never at it. The same under /v1/run, where the rest of the API is.
import { alertSources, AppError, isAlertSource } from "@dd0c/core";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { apiPrefix } from "../http/mount-route.ts";
import type { Intake } from "./intake.ts";

/** Senders set no limit; a group of a thousand alerts has about two megabytes. */
const maxBodyBytes = 5 * 1024 * 1024;

/** What tells one delivery from another, and who sent it. Never credentials. */
const keptHeaders = [
  "content-type",
  "user-agent",
  "idempotency-key",
  "webhook-id",
  "webhook-timestamp",
  "x-webhook-id",
  "x-webhook-subscription",
  "traceparent",
];

const path = "/webhooks/:kind/:integration_id";
const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type Params = { kind: string; integration_id: string };

const headerOf =
  (request: FastifyRequest) =>
  (name: string): string | null => {
    const value = request.headers[name];
    return typeof value === "string" && value !== "" ? value : null;
  };

export async function mountAlertWebhooks(root: FastifyInstance, accept: Intake["accept"]): Promise<void> {
  await root.register(async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: maxBodyBytes }, (_request, body, done) => done(null, body));
    for (const prefix of ["", apiPrefix])
      app.post<{ Params: Params }>(`${prefix}${path}`, { bodyLimit: maxBodyBytes }, async (request, reply) => {
        const { kind, integration_id: id } = request.params;
        if (!isAlertSource(kind)) throw new AppError("NOT_FOUND", `Alerts come in under /webhooks/ and one of ${alertSources.join(", ")}.`);
        if (!idShape.test(id.toLowerCase()))
          throw new AppError("UNAUTHENTICATED", "There is no such integration, or its secret is another.");
        const headers = headerOf(request);
        const { deliveryId, duplicate } = await accept({
          source: kind,
          integrationId: id.toLowerCase(),
          headers,
          kept: Object.fromEntries(
            keptHeaders.flatMap((name) => (headers(name) === null ? [] : [[name, (headers(name) ?? "").slice(0, 500)]])),
          ),
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          sourceIp: request.ip,
        });
        return reply.code(202).send({ delivery_id: deliveryId, status: duplicate ? "duplicate" : "accepted" });
      });
  });
}
