-- Alerts as they come in: integrations and their secrets, deliveries as they were sent, alerts with their history, and the runbooks offered for them.
-- sunset_date: none (nothing is replaced)

CREATE TABLE run.integrations (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES run.tenants (id),
  kind       text NOT NULL CHECK (kind IN ('pagerduty', 'opsgenie', 'alertmanager', 'grafana', 'dd0c-alert', 'generic')),
  name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- How a generic body becomes an alert; null: our own form.
  alert_map  jsonb,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  UNIQUE (tenant_id, id)
);
CREATE INDEX integrations_tenant ON run.integrations (tenant_id, created_at) WHERE revoked_at IS NULL;

-- Signatures are computed with the secret, so it is kept sealed (AES-256-GCM) and not as a hash. Several are good while one takes over from another.
CREATE TABLE run.integration_secrets (
  id             uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL REFERENCES run.tenants (id),
  integration_id uuid NOT NULL,
  sealed         text NOT NULL,
  created_by     text NOT NULL,
  created_at     timestamptz NOT NULL,
  expires_at     timestamptz,
  FOREIGN KEY (tenant_id, integration_id) REFERENCES run.integrations (tenant_id, id)
);
CREATE INDEX integration_secrets_integration ON run.integration_secrets (integration_id, created_at);

-- What was sent, byte for byte. Written before anybody answers 202; read afterwards, in the order of `position`.
CREATE TABLE run.alert_deliveries (
  id             uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL REFERENCES run.tenants (id),
  integration_id uuid NOT NULL,
  position       bigint GENERATED ALWAYS AS IDENTITY,
  -- Under which a second delivery is known as the same one.
  delivery_key   text NOT NULL,
  body           bytea NOT NULL,
  headers        jsonb NOT NULL,
  source_ip      text,
  received_at    timestamptz NOT NULL,
  -- How often it came again, and when last.
  repeats        int NOT NULL DEFAULT 0,
  repeated_at    timestamptz,
  read_at        timestamptz,
  -- Why no alert came out of it.
  problem        text,
  truncated      int NOT NULL DEFAULT 0,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, integration_id) REFERENCES run.integrations (tenant_id, id)
);
CREATE INDEX alert_deliveries_key ON run.alert_deliveries (integration_id, delivery_key, received_at DESC);
CREATE INDEX alert_deliveries_unread ON run.alert_deliveries (tenant_id, position) WHERE read_at IS NULL;

-- One row per episode: everything that one sender says about one problem.
CREATE TABLE run.alerts (
  id             uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL REFERENCES run.tenants (id),
  integration_id uuid NOT NULL,
  source         text NOT NULL,
  episode_key    text NOT NULL,
  status         text NOT NULL CHECK (status IN ('firing', 'acknowledged', 'resolved')),
  -- False: only its end came. A beginning that comes after it starts nothing.
  seen_firing    boolean NOT NULL,
  name           text,
  title          text NOT NULL,
  service        text,
  environment    text,
  severity       text NOT NULL,
  -- The alert in our terms, whole.
  facts          jsonb NOT NULL,
  -- Alerts of the same kind, for what was used for them before.
  alert_key      text NOT NULL,
  match_state    text NOT NULL CHECK (match_state IN ('waiting', 'matched', 'unmatched', 'not_needed')),
  matches        jsonb NOT NULL DEFAULT '[]',
  matched_at     timestamptz,
  offer_id       uuid,
  opened_at      timestamptz NOT NULL,
  last_event_at  timestamptz NOT NULL,
  resolved_at    timestamptz,
  received_at    timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, integration_id, episode_key),
  FOREIGN KEY (tenant_id, integration_id) REFERENCES run.integrations (tenant_id, id)
);
CREATE INDEX alerts_tenant ON run.alerts (tenant_id, received_at DESC, id);
CREATE INDEX alerts_waiting ON run.alerts (tenant_id, received_at) WHERE match_state = 'waiting';
CREATE INDEX alerts_key ON run.alerts (tenant_id, alert_key);

-- What came about an alert, whether it counted or not.
CREATE TABLE run.alert_events (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES run.tenants (id),
  alert_id    uuid NOT NULL,
  delivery_id uuid NOT NULL,
  change      text NOT NULL CHECK (change IN ('opened', 'reopened', 'acknowledged', 'resolved', 'noted', 'other')),
  -- The sender's own time, where it gave one.
  occurred_at timestamptz,
  received_at timestamptz NOT NULL,
  counted     boolean NOT NULL,
  FOREIGN KEY (tenant_id, alert_id) REFERENCES run.alerts (tenant_id, id),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES run.alert_deliveries (tenant_id, id)
);
CREATE INDEX alert_events_alert ON run.alert_events (alert_id, id);
CREATE INDEX alert_events_delivery ON run.alert_events (delivery_id);

-- A runbook offered for one alert, or for several of one kind that came together. Posted at the pace that people can read at.
CREATE TABLE run.alert_offers (
  id             uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL REFERENCES run.tenants (id),
  -- Alerts with the same key join the offer while it is open.
  group_key      text NOT NULL,
  -- The first of them: its values fill the runbook.
  alert_id       uuid NOT NULL,
  runbook_id     uuid NOT NULL,
  matches        jsonb NOT NULL,
  status         text NOT NULL CHECK (status IN ('open', 'started', 'dismissed', 'lapsed')),
  -- The run that waits for somebody to start it; null until the offer is posted.
  execution_id   uuid,
  created_at     timestamptz NOT NULL,
  posted_at      timestamptz,
  decided_by     text,
  decided_at     timestamptz,
  decide_reason  text,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, alert_id) REFERENCES run.alerts (tenant_id, id),
  FOREIGN KEY (tenant_id, runbook_id) REFERENCES run.runbooks (tenant_id, id),
  FOREIGN KEY (tenant_id, execution_id) REFERENCES run.executions (tenant_id, id)
);
CREATE INDEX alert_offers_open ON run.alert_offers (tenant_id, group_key) WHERE status = 'open';
CREATE INDEX alert_offers_tenant ON run.alert_offers (tenant_id, created_at DESC, id);
CREATE INDEX alerts_offer ON run.alerts (offer_id) WHERE offer_id IS NOT NULL;
CREATE INDEX executions_alert ON run.executions (tenant_id, alert_id) WHERE alert_id IS NOT NULL;

-- A person's own word: alerts like this belong to that runbook.
CREATE TABLE run.alert_mappings (
  id                   uuid PRIMARY KEY,
  tenant_id            uuid NOT NULL REFERENCES run.tenants (id),
  runbook_id           uuid NOT NULL,
  alert_source         text,
  match_criteria       jsonb NOT NULL,
  similarity_threshold double precision,
  active               boolean NOT NULL DEFAULT true,
  created_by           text NOT NULL,
  created_at           timestamptz NOT NULL,
  FOREIGN KEY (tenant_id, runbook_id) REFERENCES run.runbooks (tenant_id, id)
);
CREATE INDEX alert_mappings_tenant ON run.alert_mappings (tenant_id, created_at) WHERE active;

ALTER TABLE run.integrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.integrations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.integrations TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
-- A delivery names an integration and no tenant.
CREATE POLICY system_access ON run.integrations FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (name, alert_map, revoked_at) ON run.integrations TO dd0c_app;
GRANT SELECT ON run.integrations TO dd0c_system;

ALTER TABLE run.integration_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.integration_secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.integration_secrets TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.integration_secrets FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (expires_at) ON run.integration_secrets TO dd0c_app;
GRANT SELECT ON run.integration_secrets TO dd0c_system;

ALTER TABLE run.alert_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.alert_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.alert_deliveries TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (repeats, repeated_at, read_at, problem, truncated) ON run.alert_deliveries TO dd0c_app;

ALTER TABLE run.alerts ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.alerts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.alerts TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE ON run.alerts TO dd0c_app;

ALTER TABLE run.alert_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.alert_events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.alert_events TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.alert_events TO dd0c_app;

ALTER TABLE run.alert_offers ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.alert_offers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.alert_offers TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE ON run.alert_offers TO dd0c_app;

ALTER TABLE run.alert_mappings ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.alert_mappings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.alert_mappings TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (active) ON run.alert_mappings TO dd0c_app;
