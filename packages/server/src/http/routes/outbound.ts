// Handlers for webhooks and deliveries to the outside: a secret leaves once, in the answer that made it.
import { AppError } from "@dd0c/core";
import { deedOf } from "../../app/audit-draft.ts";
import { replayDelivery } from "../../app/replay-delivery.ts";
import {
  changeEndpoint,
  createEndpoint,
  type EndpointApp,
  pingEndpoint,
  removeEndpoint,
  rotateEndpointSecret,
  viewEndpoints,
} from "../../app/webhook-endpoints.ts";
import type { AppContext } from "../../app/context.ts";
import { findOutbound, listAttempts, listOutbound } from "../../db/index.ts";
import { eventPrefix, webhookEventTypes } from "../../outbound/webhook-events.ts";
import type { Handlers } from "../call.ts";
import { wireDelivery, wireDeliveryDetail, wireEndpoint } from "../wire/outbound.ts";

type OutboundHandlers = Pick<
  Handlers,
  | "listWebhookEndpoints"
  | "createWebhookEndpoint"
  | "updateWebhookEndpoint"
  | "rotateWebhookSecret"
  | "testWebhookEndpoint"
  | "removeWebhookEndpoint"
  | "listOutboundDeliveries"
  | "getOutboundDelivery"
  | "replayOutboundDelivery"
>;

const eventTypes = webhookEventTypes.map(({ name, meaning }) => ({ name: `${eventPrefix}${name}`, meaning }));

export function outboundHandlers(app: AppContext, parts: Pick<EndpointApp, "seal" | "allowedHosts" | "wake">): OutboundHandlers {
  const endpoints: EndpointApp = { db: app.db, newId: app.newId, ...parts };
  const now = (): number => app.clock.now();
  return {
    listWebhookEndpoints: async ({ caller }) => ({
      items: (await app.db.readTenant(caller.tenantId, (tx) => viewEndpoints(tx, new Date(now())))).map(wireEndpoint),
      event_types: eventTypes.map((each) => ({ ...each })),
    }),
    createWebhookEndpoint: async ({ caller, body }) => {
      const { url, description, event_types: types } = body;
      const made = await createEndpoint(endpoints, deedOf(caller, now()), { url, description, eventTypes: types });
      return { ...wireEndpoint(made), secret: made.secret };
    },
    updateWebhookEndpoint: async ({ caller, params, body: { url, description, event_types: types, enabled } }) =>
      wireEndpoint(
        await changeEndpoint(endpoints, deedOf(caller, now()), params.id, {
          ...(url === undefined ? {} : { url }),
          ...(description === undefined ? {} : { description }),
          ...(types === undefined ? {} : { eventTypes: types }),
          ...(enabled === undefined ? {} : { enabled }),
        }),
      ),
    rotateWebhookSecret: async ({ caller, params, body }) => {
      const made = await rotateEndpointSecret(endpoints, deedOf(caller, now()), params.id, body.overlap_hours);
      return { ...wireEndpoint(made), secret: made.secret };
    },
    testWebhookEndpoint: async ({ caller, params }) => ({
      delivery_id: await pingEndpoint(endpoints, deedOf(caller, now()), params.id),
    }),
    removeWebhookEndpoint: async ({ caller, params }) => {
      await removeEndpoint(endpoints, deedOf(caller, now()), params.id);
      return undefined;
    },
    listOutboundDeliveries: async ({ caller, query: { limit, cursor, target_id: targetId, state } }) => {
      const { items, nextCursor } = await app.db.readTenant(caller.tenantId, (tx) => listOutbound(tx, { limit, cursor, targetId, state }));
      return { items: items.map(wireDelivery), next_cursor: nextCursor };
    },
    getOutboundDelivery: async ({ caller, params }) => {
      const found = await app.db.readTenant(caller.tenantId, async (tx) => {
        const delivery = await findOutbound(tx, params.id);
        return delivery === undefined ? undefined : { delivery, attempts: await listAttempts(tx, params.id) };
      });
      if (found === undefined) throw new AppError("NOT_FOUND");
      return wireDeliveryDetail(found.delivery, found.attempts);
    },
    replayOutboundDelivery: async ({ caller, params }) => wireDelivery(await replayDelivery(endpoints, deedOf(caller, now()), params.id)),
  };
}
