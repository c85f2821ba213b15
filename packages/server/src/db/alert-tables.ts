// The tables of alerts (migrations 0021 and 0028) as Kysely sees them, in the order of the migration. Row types never leave db/.
import type { GeneratedAlways } from "kysely";
import type { Generated, Json, JsonByDefault, NullableJson, NullableTime, Time } from "./column-types.ts";

type IntegrationsTable = {
  id: string;
  tenant_id: string;
  kind: string;
  name: string;
  alert_map: NullableJson;
  created_by: string;
  created_at: Time;
  revoked_at: NullableTime;
};

type IntegrationSecretsTable = {
  id: string;
  tenant_id: string;
  integration_id: string;
  sealed: string;
  created_by: string;
  created_at: Time;
  expires_at: NullableTime;
};

type AlertDeliveriesTable = {
  id: string;
  tenant_id: string;
  integration_id: string;
  position: GeneratedAlways<string>;
  delivery_key: string;
  body: Buffer;
  headers: Json;
  source_ip: string | null;
  received_at: Time;
  repeats: Generated<number>;
  repeated_at: NullableTime;
  read_at: NullableTime;
  problem: string | null;
  truncated: Generated<number>;
};

type AlertsTable = {
  id: string;
  tenant_id: string;
  integration_id: string;
  source: string;
  episode_key: string;
  status: string;
  seen_firing: boolean;
  name: string | null;
  title: string;
  service: string | null;
  environment: string | null;
  severity: string;
  facts: Json;
  alert_key: string;
  match_state: string;
  matches: JsonByDefault;
  matched_at: NullableTime;
  offer_id: string | null;
  opened_at: Time;
  last_event_at: Time;
  resolved_at: NullableTime;
  received_at: Time;
};

type AlertEventsTable = {
  id: GeneratedAlways<string>;
  tenant_id: string;
  alert_id: string;
  delivery_id: string;
  change: string;
  occurred_at: NullableTime;
  received_at: Time;
  counted: boolean;
};

type AlertOffersTable = {
  id: string;
  tenant_id: string;
  group_key: string;
  alert_id: string;
  runbook_id: string;
  matches: Json;
  status: string;
  execution_id: string | null;
  created_at: Time;
  posted_at: NullableTime;
  decided_by: string | null;
  decided_at: NullableTime;
  decide_reason: string | null;
};

type AlertMappingsTable = {
  id: string;
  tenant_id: string;
  runbook_id: string;
  alert_source: string | null;
  match_criteria: Json;
  similarity_threshold: number | null;
  active: Generated<boolean>;
  created_by: string;
  created_at: Time;
};

type IntegrationClosingsTable = {
  integration_id: string;
  tenant_id: string;
  adds_note: boolean;
  resolves: string;
  api_url: string;
  acts_as: string | null;
  sealed_token: string;
  changed_by: string;
  changed_at: Time;
};

export type AlertTables = {
  integrations: IntegrationsTable;
  integration_secrets: IntegrationSecretsTable;
  alert_deliveries: AlertDeliveriesTable;
  alerts: AlertsTable;
  alert_events: AlertEventsTable;
  alert_offers: AlertOffersTable;
  alert_mappings: AlertMappingsTable;
  integration_closings: IntegrationClosingsTable;
};
