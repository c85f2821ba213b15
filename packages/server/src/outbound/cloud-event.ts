// An event of the audit chain goes in, a CloudEvents 1.0 envelope comes out: thin, with ids, states and counts alone.
// What is stored is what is sent: `cloudEventBody` writes the same bytes for it every time.
import type { AuditEvent } from "@dd0c/core";
import { eventPrefix, pingType, publicFields, type WebhookEventType } from "./webhook-events.ts";

/** In the order in which it is written. */
const attributes = [
  "specversion",
  "id",
  "source",
  "type",
  "time",
  "subject",
  "datacontenttype",
  "sequence",
  "traceparent",
  "data",
] as const;

export type CloudEvent = Readonly<Partial<Record<(typeof attributes)[number], unknown>>>;

/** Where an event comes from, beside the run itself. */
export interface EventOrigin {
  /** The alert that the run was started for. */
  readonly alertId: string | null;
  /** W3C trace context of that alert's delivery. */
  readonly traceparent: string | null;
}

const traceparentShape = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const sourceOf = (tenantId: string | null): string => `/tenants/${tenantId ?? "system"}`;

/** Numbers of a chain as a text that sorts as they do. */
const sequenceOf = (seq: number): string => String(seq).padStart(16, "0");

const subjectOf = ({ execution, step_execution: step }: AuditEvent, alertId: unknown): string | undefined => {
  if (execution !== null) return step === null ? `executions/${execution}` : `executions/${execution}/steps/${step}`;
  return typeof alertId === "string" ? `alerts/${alertId}` : undefined;
};

const present = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));

export function cloudEventOf(id: string, event: AuditEvent, type: WebhookEventType, origin: EventOrigin | undefined): CloudEvent {
  const fields = publicFields(type, event.data);
  const { actor, execution, step_execution, runbook } = event;
  const { traceparent = null, alertId = null } = origin ?? {};
  const isTraced = traceparent !== null && traceparentShape.test(traceparent);
  const subject = subjectOf(event, fields["alert_id"]);
  return {
    specversion: "1.0",
    id,
    source: sourceOf(event.tenant),
    type: `${eventPrefix}${type.name}`,
    time: event.occurred_at,
    ...(subject === undefined ? {} : { subject }),
    datacontenttype: "application/json",
    sequence: sequenceOf(event.seq),
    ...(isTraced ? { traceparent } : {}),
    data: {
      ...present({ execution_id: execution, step_execution_id: step_execution, runbook_id: runbook, alert_id: alertId }),
      actor: { type: actor.type, id: actor.id, via: actor.via },
      ...fields,
    },
  };
}

/** What "Send test" sends. */
export const pingEvent = (id: string, tenantId: string, endpointId: string, at: Date): CloudEvent => ({
  specversion: "1.0",
  id,
  source: sourceOf(tenantId),
  type: pingType,
  time: at.toISOString(),
  datacontenttype: "application/json",
  data: { endpoint_id: endpointId },
});

/** The bytes that are signed and sent: a database gives the keys of an object back in another order. */
export const cloudEventBody = (event: CloudEvent): string =>
  JSON.stringify(Object.fromEntries(attributes.flatMap((name) => (name in event ? [[name, event[name]]] : []))));
