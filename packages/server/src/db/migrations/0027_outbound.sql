-- What is told to the outside: deliveries with their attempts, how far each target has read the audit chain, and endpoints of webhooks.
-- sunset_date: none (nothing is replaced)

-- One row per target and event. Its id is what the receiver knows it by, however often it is sent.
CREATE TABLE run.outbound_deliveries (
  id              uuid PRIMARY KEY,
  tenant_id       uuid NOT NULL REFERENCES run.tenants (id),
  kind            text NOT NULL CHECK (kind IN ('webhook', 'pagerduty', 'opsgenie', 'dd0c-alert')),
  -- The endpoint or integration that it goes to.
  target_id       uuid NOT NULL,
  event_type      text NOT NULL CHECK (length(event_type) BETWEEN 1 AND 100),
  -- No foreign key: writing a delivery must not wait for a run's row, nor a run for it.
  execution_id    uuid,
  -- Under which the same event for the same target is known.
  dedup_key       text NOT NULL CHECK (length(dedup_key) BETWEEN 1 AND 200),
  payload         jsonb NOT NULL,
  state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given_up', 'cancelled')),
  -- Begun ones; one that a crash cut off counts and has no row in outbound_attempts.
  attempts        int NOT NULL DEFAULT 0,
  -- Attempts before somebody had it sent again: the schedule of retries begins anew.
  attempts_before int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  claimed_by      text,
  claimed_until   timestamptz,
  last_status     int,
  last_error      text CHECK (length(last_error) <= 1000),
  created_at      timestamptz NOT NULL,
  delivered_at    timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, dedup_key)
);
CREATE INDEX outbound_deliveries_due ON run.outbound_deliveries (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX outbound_deliveries_target ON run.outbound_deliveries (tenant_id, target_id, created_at DESC, id);
CREATE INDEX outbound_deliveries_tenant ON run.outbound_deliveries (tenant_id, created_at DESC, id);

-- Every attempt whose end is known.
CREATE TABLE run.outbound_attempts (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES run.tenants (id),
  delivery_id uuid NOT NULL,
  attempt     int NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('delivered', 'retry', 'gone', 'refused')),
  status      int,
  error       text CHECK (length(error) <= 1000),
  duration_ms int NOT NULL,
  at          timestamptz NOT NULL,
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES run.outbound_deliveries (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX outbound_attempts_delivery ON run.outbound_attempts (delivery_id, id);

-- How far a target has been told of the tenant's audit chain. A target without a row hears nothing.
CREATE TABLE run.outbound_cursors (
  target_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES run.tenants (id),
  kind      text NOT NULL CHECK (kind IN ('webhook', 'pagerduty', 'opsgenie', 'dd0c-alert')),
  seq       bigint NOT NULL CHECK (seq >= 0)
);
CREATE INDEX outbound_cursors_tenant ON run.outbound_cursors (tenant_id);

CREATE TABLE run.webhook_endpoints (
  id              uuid PRIMARY KEY,
  tenant_id       uuid NOT NULL REFERENCES run.tenants (id),
  url             text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
  description     text NOT NULL CHECK (length(description) <= 200),
  -- Names of the public vocabulary; empty: all of them.
  event_types     jsonb NOT NULL,
  enabled         boolean NOT NULL,
  -- Why it is off: a person's doing, the receiver's word (410), or failing for too long.
  disabled_reason text CHECK (disabled_reason IN ('person', 'gone', 'failing')),
  disabled_at     timestamptz,
  -- Since when every attempt has failed.
  failing_since   timestamptz,
  created_by      text NOT NULL,
  created_at      timestamptz NOT NULL,
  removed_at      timestamptz,
  UNIQUE (tenant_id, id)
);
CREATE INDEX webhook_endpoints_tenant ON run.webhook_endpoints (tenant_id, created_at) WHERE removed_at IS NULL;

-- Signatures are computed with the secret, so it is kept sealed. Several sign while one takes over from another.
CREATE TABLE run.webhook_endpoint_secrets (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES run.tenants (id),
  endpoint_id uuid NOT NULL,
  sealed      text NOT NULL,
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz,
  FOREIGN KEY (tenant_id, endpoint_id) REFERENCES run.webhook_endpoints (tenant_id, id)
);
CREATE INDEX webhook_endpoint_secrets_endpoint ON run.webhook_endpoint_secrets (endpoint_id, created_at);

ALTER TABLE run.outbound_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.outbound_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.outbound_deliveries TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.outbound_deliveries TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (state, attempts, attempts_before, next_attempt_at, claimed_by, claimed_until, last_status, last_error, delivered_at)
  ON run.outbound_deliveries TO dd0c_app;
GRANT SELECT, DELETE, UPDATE (attempts, claimed_by, claimed_until) ON run.outbound_deliveries TO dd0c_system;

ALTER TABLE run.outbound_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.outbound_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.outbound_attempts TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.outbound_attempts TO dd0c_app;

ALTER TABLE run.outbound_cursors ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.outbound_cursors FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.outbound_cursors TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.outbound_cursors FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, DELETE, UPDATE (seq) ON run.outbound_cursors TO dd0c_app;
GRANT SELECT ON run.outbound_cursors TO dd0c_system;

ALTER TABLE run.webhook_endpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.webhook_endpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.webhook_endpoints TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (url, description, event_types, enabled, disabled_reason, disabled_at, failing_since, removed_at)
  ON run.webhook_endpoints TO dd0c_app;

ALTER TABLE run.webhook_endpoint_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.webhook_endpoint_secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.webhook_endpoint_secrets TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (expires_at) ON run.webhook_endpoint_secrets TO dd0c_app;
