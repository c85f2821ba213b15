// The tables of what is told to the outside (migration 0027) as Kysely sees them, in the order of the migration. Row types never leave db/.
import type { GeneratedAlways } from "kysely";
import type { Generated, Int8, Json, NullableTime, Time } from "./column-types.ts";

type OutboundDeliveriesTable = {
  id: string;
  tenant_id: string;
  kind: string;
  target_id: string;
  event_type: string;
  execution_id: string | null;
  dedup_key: string;
  payload: Json;
  state: Generated<string>;
  attempts: Generated<number>;
  attempts_before: Generated<number>;
  next_attempt_at: Time;
  claimed_by: string | null;
  claimed_until: NullableTime;
  last_status: number | null;
  last_error: string | null;
  created_at: Time;
  delivered_at: NullableTime;
};

type OutboundAttemptsTable = {
  id: GeneratedAlways<string>;
  tenant_id: string;
  delivery_id: string;
  attempt: number;
  outcome: string;
  status: number | null;
  error: string | null;
  duration_ms: number;
  at: Time;
};

type OutboundCursorsTable = { target_id: string; tenant_id: string; kind: string; seq: Int8 };

type WebhookEndpointsTable = {
  id: string;
  tenant_id: string;
  url: string;
  description: string;
  event_types: Json;
  enabled: boolean;
  disabled_reason: string | null;
  disabled_at: NullableTime;
  failing_since: NullableTime;
  created_by: string;
  created_at: Time;
  removed_at: NullableTime;
};

type WebhookEndpointSecretsTable = {
  id: string;
  tenant_id: string;
  endpoint_id: string;
  sealed: string;
  created_by: string;
  created_at: Time;
  expires_at: NullableTime;
};

export type OutboundTables = {
  outbound_deliveries: OutboundDeliveriesTable;
  outbound_attempts: OutboundAttemptsTable;
  outbound_cursors: OutboundCursorsTable;
  webhook_endpoints: WebhookEndpointsTable;
  webhook_endpoint_secrets: WebhookEndpointSecretsTable;
};
