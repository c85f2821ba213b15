-- Agents, executions and their steps, output, and the outbox from which every effect leaves.
-- sunset_date: none (the first release replaces nothing)

CREATE TABLE run.agents (
  id             uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL REFERENCES run.tenants (id),
  name           text NOT NULL,
  status         text NOT NULL CHECK (status IN ('active', 'blocked', 'revoked')),
  agent_version   text,
  pattern_version text,
  capabilities   jsonb NOT NULL DEFAULT '{}',
  -- Highest risk its local configuration admits, as it last said; shown to people, decided by the agent alone.
  ceiling        text CHECK (ceiling IN ('safe', 'caution', 'unknown', 'dangerous')),
  -- Changes when the agent lost its journal: its steps in flight are then outcome unknown.
  journal_id     text,
  -- Grows with every accepted stream.
  fencing_epoch  bigint NOT NULL DEFAULT 0,
  connected_at   timestamptz,
  last_heartbeat timestamptz,
  registered_at  timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, name)
);

-- Certificates of agents. A rotated one stays valid until it expires or is revoked.
CREATE TABLE run.agent_certificates (
  serial      text PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES run.tenants (id),
  agent_id    uuid NOT NULL,
  -- Of the public key.
  fingerprint text NOT NULL,
  public_key  text NOT NULL,
  not_after   timestamptz NOT NULL,
  revoked_at  timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES run.agents (tenant_id, id)
);
CREATE INDEX agent_certificates_agent ON run.agent_certificates (agent_id);

-- One-time tokens; only the SHA-256 of the secret is kept.
CREATE TABLE run.enrolment_tokens (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES run.tenants (id),
  token_hash text NOT NULL UNIQUE CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  -- The agent that it creates, or enrols once more.
  agent_id   uuid NOT NULL,
  agent_name text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

CREATE TABLE run.executions (
  id              uuid PRIMARY KEY,
  tenant_id       uuid NOT NULL REFERENCES run.tenants (id),
  runbook_id      uuid NOT NULL,
  version_id      uuid NOT NULL,
  agent_id        uuid,
  triggered_by    text NOT NULL,
  trigger_source  text NOT NULL CHECK (trigger_source IN ('slack_command', 'alert_webhook', 'api_call', 'scheduled')),
  alert_id        text,
  alert_context   jsonb,
  status          text NOT NULL CHECK (status IN (
    'pending', 'preflight', 'running', 'paused', 'stalled', 'completed', 'failed', 'aborted', 'timed_out')),
  -- Pinned at start; null before.
  trust_level     int CHECK (trust_level BETWEEN 0 AND 3),
  governance_mode text CHECK (governance_mode IN ('strict', 'audit')),
  steps_total     int NOT NULL DEFAULT 0,
  steps_executed  int NOT NULL DEFAULT 0,
  steps_skipped   int NOT NULL DEFAULT 0,
  steps_failed    int NOT NULL DEFAULT 0,
  mttr_seconds    int,
  -- The engine's own projection without the steps; the columns beside it are for queries.
  state           jsonb NOT NULL,
  -- Number of events so far.
  event_count     int NOT NULL,
  started_at      timestamptz,
  completed_at    timestamptz,
  created_at      timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, runbook_id) REFERENCES run.runbooks (tenant_id, id),
  FOREIGN KEY (tenant_id, version_id) REFERENCES run.runbook_versions (tenant_id, id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES run.agents (tenant_id, id)
);
CREATE INDEX executions_tenant ON run.executions (tenant_id, created_at DESC, id);
CREATE INDEX executions_runbook ON run.executions (runbook_id, created_at DESC);
CREATE INDEX executions_live ON run.executions (tenant_id, status)
  WHERE status IN ('pending', 'preflight', 'running', 'paused', 'stalled');

CREATE TABLE run.step_executions (
  id                       uuid PRIMARY KEY,
  tenant_id                uuid NOT NULL REFERENCES run.tenants (id),
  execution_id             uuid NOT NULL,
  -- Place in the order they run, from 0.
  position                 int NOT NULL,
  step_id                  text NOT NULL,
  step_order               int NOT NULL,
  sub                      int NOT NULL,
  origin                   text NOT NULL CHECK (origin IN ('runbook', 'unlisted', 'rollback', 'capture')),
  parent_step_execution_id uuid,
  agent_id                 uuid,
  command_as_executed      text,
  risk_level               text NOT NULL CHECK (risk_level IN ('safe', 'caution', 'dangerous', 'unknown')),
  status                   text NOT NULL CHECK (status IN (
    'pending', 'auto_executing', 'awaiting_approval', 'executing', 'completed', 'failed', 'skipped', 'timed_out', 'rolling_back',
    'rolled_back', 'suggested', 'blocked', 'outcome_unknown', 'manual_intervention')),
  attempt                  int NOT NULL DEFAULT 0,
  digest                   text,
  gate_decision            text CHECK (gate_decision IN ('auto', 'ask', 'typed', 'suggest', 'blocked')),
  exit_code                int,
  duration_ms              int,
  stdout_hash              text,
  stderr_hash              text,
  approved_by              text,
  approval_note            text,
  was_modified             boolean NOT NULL DEFAULT false,
  original_command         text,
  rollback_command         text,
  rollback_executed        boolean NOT NULL DEFAULT false,
  rollback_exit_code       int,
  -- The engine's own projection of the step.
  state                    jsonb NOT NULL,
  not_after                timestamptz,
  started_at               timestamptz,
  completed_at             timestamptz,
  created_at               timestamptz NOT NULL DEFAULT now(),
  UNIQUE (execution_id, position),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, execution_id) REFERENCES run.executions (tenant_id, id)
);
CREATE INDEX step_executions_in_flight ON run.step_executions (tenant_id, agent_id)
  WHERE status IN ('auto_executing', 'executing', 'rolling_back');
CREATE INDEX step_executions_step ON run.step_executions (tenant_id, step_id);

-- Output in the batches it arrived in. first_byte counts from 0 within one stream of one attempt.
CREATE TABLE run.step_outputs (
  tenant_id         uuid NOT NULL REFERENCES run.tenants (id),
  step_execution_id uuid NOT NULL,
  attempt           int NOT NULL,
  stream            text NOT NULL CHECK (stream IN ('stdout', 'stderr')),
  first_byte        bigint NOT NULL CHECK (first_byte >= 0),
  bytes             bytea NOT NULL,
  -- The order in which batches of both streams arrived.
  arrival           bigint GENERATED ALWAYS AS IDENTITY,
  received_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (step_execution_id, attempt, stream, first_byte),
  FOREIGN KEY (tenant_id, step_execution_id) REFERENCES run.step_executions (tenant_id, id)
);

-- The last frame of an attempt that was stored, so that what an agent sends again after a break counts once.
CREATE TABLE run.agent_sequences (
  tenant_id         uuid NOT NULL REFERENCES run.tenants (id),
  step_execution_id uuid NOT NULL,
  attempt           int NOT NULL,
  last_sequence     bigint NOT NULL,
  PRIMARY KEY (step_execution_id, attempt),
  FOREIGN KEY (tenant_id, step_execution_id) REFERENCES run.step_executions (tenant_id, id)
);

-- Effects leave from here, at least once, idempotent by id. A claim lapses, so that a dead worker's rows are taken up again.
CREATE TABLE run.outbox (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id     uuid NOT NULL REFERENCES run.tenants (id),
  kind          text NOT NULL,
  execution_id  uuid,
  agent_id      uuid,
  payload       jsonb NOT NULL,
  available_at  timestamptz NOT NULL,
  claimed_by    text,
  claimed_until timestamptz,
  attempts      int NOT NULL DEFAULT 0,
  done_at       timestamptz,
  voided_at     timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_open ON run.outbox (kind, available_at, id) WHERE done_at IS NULL AND voided_at IS NULL;
CREATE INDEX outbox_execution ON run.outbox (execution_id) WHERE done_at IS NULL AND voided_at IS NULL;

ALTER TABLE run.agents ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.agents FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.agents TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.agents FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE ON run.agents TO dd0c_app;
GRANT SELECT ON run.agents TO dd0c_system;

ALTER TABLE run.agent_certificates ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.agent_certificates FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.agent_certificates TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.agent_certificates FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (revoked_at) ON run.agent_certificates TO dd0c_app;
GRANT SELECT ON run.agent_certificates TO dd0c_system;

ALTER TABLE run.enrolment_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.enrolment_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.enrolment_tokens TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.enrolment_tokens FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (used_at) ON run.enrolment_tokens TO dd0c_app;
GRANT SELECT ON run.enrolment_tokens TO dd0c_system;

ALTER TABLE run.executions ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.executions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.executions TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.executions FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE ON run.executions TO dd0c_app;
GRANT SELECT ON run.executions TO dd0c_system;

ALTER TABLE run.step_executions ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.step_executions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.step_executions TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE ON run.step_executions TO dd0c_app;

ALTER TABLE run.step_outputs ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.step_outputs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.step_outputs TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.step_outputs TO dd0c_app;

ALTER TABLE run.agent_sequences ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.agent_sequences FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.agent_sequences TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (last_sequence) ON run.agent_sequences TO dd0c_app;

ALTER TABLE run.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.outbox TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.outbox TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE ON run.outbox TO dd0c_app;
GRANT SELECT, UPDATE ON run.outbox TO dd0c_system;
