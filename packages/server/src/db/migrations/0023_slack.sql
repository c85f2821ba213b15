-- Slack: whose Slack user a member is, which message of which channel shows what, and which deliveries were taken in already.
-- sunset_date: none (nothing is replaced)

-- One Slack user is one member at most.
CREATE UNIQUE INDEX members_slack_user ON run.members (tenant_id, slack_user_id) WHERE slack_user_id IS NOT NULL AND removed_at IS NULL;

-- One-time links by which a signed-in member says "this Slack user is me". Only the hash of a link's secret is kept.
CREATE TABLE run.slack_link_codes (
  code_hash     text PRIMARY KEY CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  tenant_id     uuid NOT NULL REFERENCES run.tenants (id),
  slack_user_id text NOT NULL CHECK (length(slack_user_id) BETWEEN 1 AND 100),
  -- As Slack calls that user; shown to whoever opens the link.
  slack_name    text NOT NULL CHECK (length(slack_name) BETWEEN 1 AND 200),
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL CHECK (expires_at > created_at),
  used_at       timestamptz
);
CREATE INDEX slack_link_codes_tenant ON run.slack_link_codes (tenant_id, expires_at);

-- A thread: of a run, of an alert that was matched, or of both once somebody starts it there. Channels are known by id: names change.
CREATE TABLE run.slack_threads (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES run.tenants (id),
  channel_id   text NOT NULL CHECK (length(channel_id) BETWEEN 1 AND 100),
  execution_id uuid REFERENCES run.executions (id),
  -- What the match message shows; null for a run that was started by a command.
  alert        jsonb,
  state        text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'settled', 'broken')),
  -- Why it is broken: Slack's own word.
  problem      text,
  created_at   timestamptz NOT NULL,
  CHECK (execution_id IS NOT NULL OR alert IS NOT NULL)
);
CREATE UNIQUE INDEX slack_threads_execution ON run.slack_threads (execution_id) WHERE execution_id IS NOT NULL;
CREATE UNIQUE INDEX slack_threads_offer ON run.slack_threads (tenant_id, (alert ->> 'offer_id')) WHERE alert IS NOT NULL;
CREATE INDEX slack_threads_open ON run.slack_threads (tenant_id, state, created_at);

-- One row per message that a thread has or is to have. Without `ts`: it is being posted, and nobody knows yet whether it arrived.
CREATE TABLE run.slack_messages (
  thread_id   uuid NOT NULL REFERENCES run.slack_threads (id),
  key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  tenant_id   uuid NOT NULL REFERENCES run.tenants (id),
  ts          text,
  -- SHA-256 of what stands there.
  body_hash   text NOT NULL,
  written_at  timestamptz NOT NULL,
  PRIMARY KEY (thread_id, key)
);
CREATE INDEX slack_messages_tenant ON run.slack_messages (tenant_id);

-- What Slack delivered and was taken in: it delivers some things twice.
CREATE TABLE run.slack_deliveries (
  tenant_id   uuid NOT NULL REFERENCES run.tenants (id),
  key_hash    text NOT NULL CHECK (key_hash ~ '^[0-9a-f]{64}$'),
  received_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key_hash)
);
CREATE INDEX slack_deliveries_received ON run.slack_deliveries (received_at);

ALTER TABLE run.slack_link_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.slack_link_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.slack_link_codes TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON run.slack_link_codes TO dd0c_app;

ALTER TABLE run.slack_threads ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.slack_threads FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.slack_threads TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (execution_id, state, problem) ON run.slack_threads TO dd0c_app;

ALTER TABLE run.slack_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.slack_messages FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.slack_messages TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (ts, body_hash, written_at), DELETE ON run.slack_messages TO dd0c_app;

ALTER TABLE run.slack_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.slack_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.slack_deliveries TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, DELETE ON run.slack_deliveries TO dd0c_app;
