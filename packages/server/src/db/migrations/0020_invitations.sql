-- One-time links by which a person joins a tenant, or a member signs in again. Only the hash of a link's secret is kept.
-- sunset_date: none (nothing is replaced)

CREATE TABLE run.invitations (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES run.tenants (id),
  name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  email       text NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
  -- Of the new member; of a link for somebody who is a member already the membership itself counts.
  role        text NOT NULL CHECK (role IN ('admin', 'approver', 'operator', 'viewer', 'author')),
  -- Null: a new member. Otherwise the member who may sign in with it.
  for_member  text,
  token_hash  text NOT NULL UNIQUE CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL CHECK (expires_at > created_at),
  accepted_at timestamptz,
  revoked_at  timestamptz,
  CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE INDEX invitations_open ON run.invitations (tenant_id, created_at) WHERE accepted_at IS NULL AND revoked_at IS NULL;

ALTER TABLE run.invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.invitations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.invitations TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
-- Whoever opens a link has nothing else to be known by.
CREATE POLICY system_access ON run.invitations FOR SELECT TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (accepted_at, revoked_at) ON run.invitations TO dd0c_app;
GRANT SELECT ON run.invitations TO dd0c_system;
