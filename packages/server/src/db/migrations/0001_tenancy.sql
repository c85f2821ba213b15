-- Tenants, their members and settings, and the two functions every row-level policy asks.
-- sunset_date: none (the first release replaces nothing)

GRANT USAGE ON SCHEMA run TO dd0c_app, dd0c_system;

-- The tenant of this transaction; null (which equals no row) when none was set.
CREATE FUNCTION run.current_tenant_id() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid $$;

-- Why this transaction works across tenants; null when no reason was given.
CREATE FUNCTION run.system_reason() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('app.system_reason', true), '') $$;

CREATE TABLE run.tenants (
  id              uuid PRIMARY KEY,
  name            text NOT NULL,
  slug            text NOT NULL UNIQUE,
  plan            text NOT NULL DEFAULT 'unlimited' CHECK (plan IN ('free', 'pro', 'business', 'unlimited')),
  trust_max_level int NOT NULL DEFAULT 2 CHECK (trust_max_level BETWEEN 0 AND 3),
  created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE run.members (
  tenant_id     uuid NOT NULL REFERENCES run.tenants (id),
  user_id       text NOT NULL,
  role          text NOT NULL CHECK (role IN ('admin', 'approver', 'operator', 'viewer', 'author')),
  name          text NOT NULL,
  email         text NOT NULL,
  slack_user_id text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  removed_at    timestamptz,
  PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX members_user ON run.members (user_id);

-- One row per tenant and setting (governance_mode, dangerous_steps, ...); absent = nobody chose.
CREATE TABLE run.settings (
  tenant_id  uuid NOT NULL REFERENCES run.tenants (id),
  key        text NOT NULL,
  value      jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key)
);

-- Settings of the whole installation: every tenant may read them, none may write.
CREATE TABLE run.system_settings (
  key        text PRIMARY KEY,
  value      jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Every switch of panic, in order. The flag that stops work is not here: it never waits for a database.
CREATE TABLE run.panic_history (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES run.tenants (id),
  panic       boolean NOT NULL,
  reason      text,
  actor_type  text NOT NULL,
  actor_id    text NOT NULL,
  actor_via   text NOT NULL,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX panic_history_tenant ON run.panic_history (tenant_id, occurred_at DESC);

-- A broken invariant locks the tenant until a human clears it with a reason.
CREATE TABLE run.party_mode (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES run.tenants (id),
  cause        text NOT NULL,
  details      jsonb NOT NULL DEFAULT '{}',
  entered_at   timestamptz NOT NULL,
  cleared_at   timestamptz,
  cleared_by   text,
  clear_reason text,
  CHECK ((cleared_at IS NULL) = (cleared_by IS NULL) AND (cleared_at IS NULL) = (clear_reason IS NULL))
);
CREATE INDEX party_mode_active ON run.party_mode (tenant_id) WHERE cleared_at IS NULL;

CREATE TABLE run.idempotency_keys (
  tenant_id    uuid NOT NULL REFERENCES run.tenants (id),
  actor_id     text NOT NULL,
  key          text NOT NULL,
  -- SHA-256 over method, path and body: the same key with another request is refused.
  request_hash text NOT NULL,
  -- Null while the first request is still being answered.
  status       int,
  response     jsonb,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, actor_id, key)
);
CREATE INDEX idempotency_keys_expiry ON run.idempotency_keys (expires_at);

ALTER TABLE run.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.tenants TO dd0c_app
  USING (id = (SELECT run.current_tenant_id())) WITH CHECK (id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.tenants TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, UPDATE (name) ON run.tenants TO dd0c_app;
GRANT SELECT, INSERT, UPDATE ON run.tenants TO dd0c_system;

ALTER TABLE run.members ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.members FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.members TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.members TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE ON run.members TO dd0c_app;
GRANT SELECT, INSERT ON run.members TO dd0c_system;

ALTER TABLE run.settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.settings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.settings TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE ON run.settings TO dd0c_app;

ALTER TABLE run.system_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.system_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY readable ON run.system_settings FOR SELECT TO dd0c_app USING (true);
CREATE POLICY system_access ON run.system_settings TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT ON run.system_settings TO dd0c_app;
GRANT SELECT, INSERT, UPDATE ON run.system_settings TO dd0c_system;

ALTER TABLE run.panic_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.panic_history FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.panic_history TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.panic_history FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT ON run.panic_history TO dd0c_app;
GRANT SELECT ON run.panic_history TO dd0c_system;

ALTER TABLE run.party_mode ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.party_mode FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.party_mode TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.party_mode FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (cleared_at, cleared_by, clear_reason) ON run.party_mode TO dd0c_app;
GRANT SELECT ON run.party_mode TO dd0c_system;

ALTER TABLE run.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.idempotency_keys TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.idempotency_keys TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON run.idempotency_keys TO dd0c_app;
GRANT SELECT, DELETE ON run.idempotency_keys TO dd0c_system;
