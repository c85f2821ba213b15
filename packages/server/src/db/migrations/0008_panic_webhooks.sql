-- Webhooks that can switch panic on and nothing else: a red button on a wall, another system. Secrets are kept as hashes only.
-- sunset_date: none (nothing is replaced)

CREATE TABLE run.panic_webhooks (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES run.tenants (id),
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- SHA-256 over 32 random bytes in text form; the secret itself was shown once.
  secret_hash  text NOT NULL CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
  created_by   text NOT NULL,
  created_at   timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
CREATE INDEX panic_webhooks_tenant ON run.panic_webhooks (tenant_id, created_at) WHERE revoked_at IS NULL;

ALTER TABLE run.panic_webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.panic_webhooks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.panic_webhooks TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.panic_webhooks FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (last_used_at, revoked_at) ON run.panic_webhooks TO dd0c_app;
GRANT SELECT ON run.panic_webhooks TO dd0c_system;
