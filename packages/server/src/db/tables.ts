// The rows of schema `run` as Kysely sees them, one interface per table, in the order of the migrations.
// Row types never leave db/: stores map them to records and domain types. int8 arrives as text (see safe-integer.ts), timestamptz as Date.
import type { ColumnType, GeneratedAlways } from "kysely";
import type { AlertTables } from "./alert-tables.ts";
import type {
  Generated,
  Int8,
  Json,
  JsonByDefault,
  NowByDefault,
  NullableJson,
  NullableJsonByDefault,
  NullableTime,
  Time,
} from "./column-types.ts";
import type { OutboundTables } from "./outbound-tables.ts";
import type { SlackMember, SlackTables } from "./slack-tables.ts";

type TenantsTable = {
  id: string;
  name: string;
  slug: string;
  plan: Generated<string>;
  trust_max_level: Generated<number>;
  created_at: NowByDefault;
};

type MembersTable = SlackMember & {
  tenant_id: string;
  user_id: string;
  role: string;
  name: string;
  email: string;
  created_at: NowByDefault;
  removed_at: NullableTime;
};

type SettingsTable = { tenant_id: string; key: string; value: Json; updated_by: string; updated_at: NowByDefault };
/** `until`: by the database's clock. */
type TurnsTable = { name: string; holder: string; until: Time };
type SystemSettingsTable = { key: string; value: Json; updated_by: string; updated_at: NowByDefault };

type PanicHistoryTable = {
  id: string;
  tenant_id: string;
  panic: boolean;
  reason: string | null;
  actor_type: string;
  actor_id: string;
  actor_via: string;
  occurred_at: Time;
  recorded_at: NowByDefault;
};

type PartyModeTable = {
  id: string;
  tenant_id: string;
  cause: string;
  details: Json;
  entered_at: Time;
  cleared_at: NullableTime;
  cleared_by: string | null;
  clear_reason: string | null;
  agreed_at: Generated<Date | null>;
  agreed_by: Generated<string | null>;
  agree_reason: Generated<string | null>;
};

type PanicWebhooksTable = {
  id: string;
  tenant_id: string;
  name: string;
  secret_hash: string;
  created_by: string;
  created_at: Time;
  last_used_at: NullableTime;
  revoked_at: NullableTime;
};

type InvitationsTable = {
  id: string;
  tenant_id: string;
  name: string;
  email: string;
  role: string;
  for_member: string | null;
  token_hash: string;
  created_by: string;
  created_at: Time;
  expires_at: Time;
  accepted_at: NullableTime;
  revoked_at: NullableTime;
};

type DivergencesTable = { tenant_id: string; execution_id: string; runbook_id: string; report: Json; detected_at: Time };

type SuggestionDecisionsTable = {
  tenant_id: string;
  runbook_id: string;
  key: string;
  decision: string;
  summary: string;
  runs: Json;
  reason: string | null;
  version_number: number | null;
  decided_by: string;
  decided_at: Time;
};

type IdempotencyKeysTable = {
  tenant_id: string;
  actor_id: string;
  key: string;
  request_hash: string;
  status: number | null;
  response: NullableJson;
  created_at: NowByDefault;
  expires_at: Time;
};

type RunbooksTable = {
  id: string;
  tenant_id: string;
  title: string;
  service_tag: string | null;
  team_tag: string | null;
  trust_level: number;
  governance_override: string | null;
  policy_lock: NullableJsonByDefault;
  suggested_level: Generated<number | null>;
  suggested_at: Generated<Date | null>;
  active_version: number;
  created_at: Time;
  updated_at: Time;
  deleted_at: NullableTime;
};

type RunbookReviewsTable = {
  tenant_id: string;
  version_id: string;
  reviewed_by: string;
  reviewed_via: string;
  version_hash: string;
  note: string | null;
  reviewed_at: Time;
};

type RunbookVersionsTable = {
  id: string;
  tenant_id: string;
  runbook_id: string;
  version_number: number;
  source_type: string;
  raw_source_text: string;
  raw_source_hash: string;
  parsed_structure: Json;
  parser_version: string;
  parse_duration_ms: number | null;
  llm_model_used: string | null;
  change_source: string;
  created_by_type: string;
  created_by: string;
  created_by_via: string;
  created_at: Time;
};

type StepsTable = {
  id: string;
  tenant_id: string;
  runbook_version_id: string;
  step_id: string;
  step_order: number;
  sub: number;
  label: string;
  kind: string;
  section: string | null;
  description: string;
  command: string | null;
  expected_output: string | null;
  rollback_command: string | null;
  risk_level: string | null;
  timeout_ms: number | null;
  line: number | null;
  end_line: number | null;
  variables: Json;
  branch_logic: NullableJson;
  prerequisites: Json;
  ambiguities: Json;
};

type ClassificationsTable = {
  id: string;
  tenant_id: string;
  step_row_id: string;
  scanner_result: Json;
  llm_result: Json;
  final_risk_level: string;
  merge_rule_applied: string;
  classifier_version: string;
  scanner_pattern_version: string;
  llm_model: string | null;
  classified_at: Time;
};

type AgentsTable = {
  id: string;
  tenant_id: string;
  name: string;
  status: string;
  agent_version: string | null;
  pattern_version: string | null;
  capabilities: Json;
  ceiling: string | null;
  journal_id: string | null;
  fencing_epoch: Int8;
  connected_at: NullableTime;
  last_heartbeat: NullableTime;
  registered_at: NowByDefault;
  binary_hash: string | null;
  surviving: JsonByDefault;
  stream_replica: Generated<string | null>;
  stream_until: ColumnType<Date | null, Date | null | undefined, Date | null>;
  halted_since: ColumnType<Date | null, Date | null | undefined, Date | null>;
  host_facts: NullableJsonByDefault;
};

type AgentBinariesTable = {
  tenant_id: string;
  hash: string;
  name: string;
  registered_by: string;
  registered_at: Time;
  retired_at: NullableTime;
};

type AgentCertificatesTable = {
  serial: string;
  tenant_id: string;
  agent_id: string;
  fingerprint: string;
  public_key: string;
  not_after: Time;
  revoked_at: NullableTime;
  created_at: NowByDefault;
};

type EnrolmentTokensTable = {
  id: string;
  tenant_id: string;
  token_hash: string;
  agent_id: string;
  agent_name: string;
  created_by: string;
  created_at: NowByDefault;
  expires_at: Time;
  used_at: NullableTime;
};

type ExecutionsTable = {
  id: string;
  tenant_id: string;
  runbook_id: string;
  version_id: string;
  agent_id: string | null;
  triggered_by: string;
  trigger_source: string;
  alert_id: string | null;
  alert_context: NullableJson;
  status: string;
  trust_level: number | null;
  governance_mode: string | null;
  steps_total: number;
  steps_executed: number;
  steps_skipped: number;
  steps_failed: number;
  mttr_seconds: number | null;
  state: Json;
  event_count: number;
  started_at: NullableTime;
  completed_at: NullableTime;
  created_at: Time;
};

type StepExecutionsTable = {
  id: string;
  tenant_id: string;
  execution_id: string;
  position: number;
  step_id: string;
  step_order: number;
  sub: number;
  origin: string;
  parent_step_execution_id: string | null;
  agent_id: string | null;
  command_as_executed: string | null;
  risk_level: string;
  status: string;
  attempt: number;
  digest: string | null;
  gate_decision: string | null;
  exit_code: number | null;
  duration_ms: number | null;
  stdout_hash: string | null;
  stderr_hash: string | null;
  approved_by: string | null;
  approval_note: string | null;
  was_modified: boolean;
  original_command: string | null;
  rollback_command: string | null;
  rollback_executed: Generated<boolean>;
  rollback_exit_code: number | null;
  state: Json;
  not_after: NullableTime;
  started_at: NullableTime;
  completed_at: NullableTime;
  created_at: NowByDefault;
};

type StepOutputsTable = {
  tenant_id: string;
  step_execution_id: string;
  attempt: number;
  stream: string;
  first_byte: Int8;
  bytes: Buffer;
  arrival: GeneratedAlways<string>;
  received_at: NowByDefault;
};

type AgentSequencesTable = { tenant_id: string; step_execution_id: string; attempt: number; last_sequence: Int8 };

type OutboxTable = {
  id: GeneratedAlways<string>;
  tenant_id: string;
  kind: string;
  execution_id: string | null;
  agent_id: string | null;
  payload: Json;
  available_at: Time;
  claimed_by: string | null;
  claimed_until: NullableTime;
  attempts: Generated<number>;
  done_at: NullableTime;
  voided_at: NullableTime;
  created_at: NowByDefault;
};

type AuditHeadsTable = { chain: string; tenant_id: string | null; seq: Int8; hash: string };

type AuditEventsTable = {
  hash_version: number;
  chain: string;
  seq: Int8;
  event_type: string;
  schema_version: number;
  tenant_id: string | null;
  execution_id: string | null;
  step_execution_id: string | null;
  runbook_id: string | null;
  actor_type: string;
  actor_id: string;
  actor_via: string;
  occurred_at: Time;
  recorded_at: Time;
  late: boolean;
  source_ip: string | null;
  event_data: Json;
  event_data_ciphertext: Buffer | null;
  encryption_key_id: string | null;
  prev_hash: string;
  hash: string;
  created_at: GeneratedAlways<Date>;
};

type AuditCheckpointsTable = {
  chain: string;
  tenant_id: string | null;
  seq: Int8;
  hash: string;
  taken_at: Time;
  key_id: string;
  signature: string;
};

type AuditArchivesTable = {
  chain: string;
  tenant_id: string | null;
  first_seq: Int8;
  last_seq: Int8;
  /** "YYYY-MM-DD" on the way in. */
  month: ColumnType<Date, string, string>;
  prev_hash: string;
  hash: string;
  object_key: string;
  archived_at: Time;
};

type CheckpointCopiesTable = { chain: string; tenant_id: string | null; seq: Int8; copied_at: Time };

type UnknownCommandsTable = {
  tenant_id: string;
  program: string;
  reason: string;
  seen: Int8;
  first_seen: Time;
  last_seen: Time;
};

type LlmAnswersTable = { tenant_id: string; key: string; purpose: string; answer: Json; created_at: Time };

type LlmCallsTable = {
  id: string;
  tenant_id: string;
  called_at: Time;
  purpose: string;
  provider: string;
  model: string;
  prompt_hash: string;
  content_hash: string;
  masked_secrets: number;
  sent_bytes: Int8;
  received_bytes: Int8;
  input_tokens: Int8;
  output_tokens: Int8;
  estimated: boolean;
  cost_micros: ColumnType<string | null, number | null, number | null>;
  attempts: number;
  duration_ms: number;
  outcome: string;
};

type LlmUsageTable = {
  tenant_id: string;
  month: string;
  model: string;
  calls: Int8;
  input_tokens: Int8;
  output_tokens: Int8;
  cost_micros: Int8;
};

type LlmDisagreementsTable = { tenant_id: string; command_hash: string; model: string; prompt_hash: string; seen_at: Time };

type GovernanceReportsTable = { tenant_id: string; week_start: Time; counts: Json; created_at: Time };

type GovernanceNoticesTable = {
  id: string;
  tenant_id: string;
  given_at: Time;
  due_at: Time;
  counts: Json;
  max_share_percent: number;
  status: string;
  settled_at: NullableTime;
  settled_by: string | null;
};

/** Every table of schema `run`; transactions are bound to that schema. */
export type RunTables = AlertTables & {
  tenants: TenantsTable;
  members: MembersTable;
  settings: SettingsTable;
  system_settings: SystemSettingsTable;
  turns: TurnsTable;
  panic_history: PanicHistoryTable;
  party_mode: PartyModeTable;
  idempotency_keys: IdempotencyKeysTable;
  runbooks: RunbooksTable;
  runbook_versions: RunbookVersionsTable;
  runbook_reviews: RunbookReviewsTable;
  steps: StepsTable;
  classifications: ClassificationsTable;
  agents: AgentsTable;
  agent_certificates: AgentCertificatesTable;
  agent_binaries: AgentBinariesTable;
  enrolment_tokens: EnrolmentTokensTable;
  executions: ExecutionsTable;
  step_executions: StepExecutionsTable;
  step_outputs: StepOutputsTable;
  agent_sequences: AgentSequencesTable;
  outbox: OutboxTable;
  audit_heads: AuditHeadsTable;
  audit_events: AuditEventsTable;
  audit_checkpoints: AuditCheckpointsTable;
  audit_archives: AuditArchivesTable;
  checkpoint_copies: CheckpointCopiesTable;
  panic_webhooks: PanicWebhooksTable;
  invitations: InvitationsTable;
  divergences: DivergencesTable;
  suggestion_decisions: SuggestionDecisionsTable;
  governance_reports: GovernanceReportsTable;
  governance_notices: GovernanceNoticesTable;
  unknown_commands: UnknownCommandsTable;
  llm_answers: LlmAnswersTable;
  llm_calls: LlmCallsTable;
  llm_usage: LlmUsageTable;
  llm_disagreements: LlmDisagreementsTable;
} & OutboundTables &
  SlackTables;
