-- Weekly governance reports, and the notices by which automatic steps are reined in.
-- sunset_date: none (nothing is replaced)

-- One row per tenant and week (Monday, 00:00 UTC), written once: that is what makes the job idempotent.
CREATE TABLE run.governance_reports (
  tenant_id  uuid NOT NULL REFERENCES run.tenants (id),
  week_start timestamptz NOT NULL,
  counts     jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, week_start)
);

-- open: governance goes to strict at due_at. withdrawn: the share fell, or a person chose strict. downgraded: it went to strict.
-- restored: an admin took that back.
CREATE TABLE run.governance_notices (
  id                uuid PRIMARY KEY,
  tenant_id         uuid NOT NULL REFERENCES run.tenants (id),
  given_at          timestamptz NOT NULL,
  due_at            timestamptz NOT NULL,
  counts            jsonb NOT NULL,
  max_share_percent int NOT NULL,
  status            text NOT NULL CHECK (status IN ('open', 'withdrawn', 'downgraded', 'restored')),
  settled_at        timestamptz,
  settled_by        text,
  CHECK ((status = 'open') = (settled_at IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL))
);
CREATE UNIQUE INDEX governance_notices_open ON run.governance_notices (tenant_id) WHERE status = 'open';
CREATE INDEX governance_notices_tenant ON run.governance_notices (tenant_id, given_at DESC);

ALTER TABLE run.governance_reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.governance_reports FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.governance_reports TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.governance_reports TO dd0c_app;

ALTER TABLE run.governance_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.governance_notices FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.governance_notices TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (status, settled_at, settled_by) ON run.governance_notices TO dd0c_app;
