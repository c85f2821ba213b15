// Deliveries to the outside as rows: what, where to, how it stands.
import type { WireOutboundDelivery, WireWebhookEndpoint } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { attemptsText, DELIVERY_STATE, KIND_NAME, shortType } from "../../text/delivery-words.ts";
import { Age } from "../../ui/age.tsx";
import { Table } from "../../ui/table.tsx";
import { CELL, TABLE_ROW } from "../../ui/table-look.ts";

interface DeliveryTableProps {
  readonly deliveries: readonly WireOutboundDelivery[];
  readonly webhooks: readonly WireWebhookEndpoint[];
}

export const targetName = ({ kind, target_id: id }: WireOutboundDelivery, webhooks: readonly WireWebhookEndpoint[]): string =>
  kind === "webhook" ? (webhooks.find((webhook) => webhook.id === id)?.url ?? "A webhook that was removed") : KIND_NAME[kind];

export const DeliveryTable = ({ deliveries, webhooks }: DeliveryTableProps) => (
  <Table heads={["Event", "To", "State", "Made"]} label="Deliveries">
    {deliveries.map((delivery) => (
      <tr key={delivery.id} className={TABLE_ROW}>
        <td className={CELL}>
          <Link
            to="/deliveries/$deliveryId"
            params={{ deliveryId: delivery.id }}
            className="font-mono text-code break-words text-accent underline"
          >
            {shortType(delivery.event_type)}
          </Link>
        </td>
        <td className={`${CELL} break-all`}>{targetName(delivery, webhooks)}</td>
        <td className={CELL}>
          <span className="font-medium text-ink-strong">{DELIVERY_STATE[delivery.state]}</span>, {attemptsText(delivery.attempts)}
          {delivery.state !== "delivered" && delivery.last_error !== null && (
            <span className="block text-small break-words text-ink-faint">{delivery.last_error}</span>
          )}
        </td>
        <td className={CELL}>
          <Age sinceMs={Date.parse(delivery.created_at)} />
        </td>
      </tr>
    ))}
  </Table>
);
