-- A runbook's lock beside its governance mode, who reviewed which version, and the suggestion to raise trust, which is made once.
-- sunset_date: none (governance_override stays the lock's governance mode)

-- The lock's other fields, in the words of policy.json; null = no lock but governance_override.
ALTER TABLE run.runbooks ADD COLUMN policy_lock jsonb;
-- The level that ten clean runs suggest; null = nothing is suggested. Any change of trust takes it back.
ALTER TABLE run.runbooks ADD COLUMN suggested_level int CHECK (suggested_level BETWEEN 1 AND 3);
ALTER TABLE run.runbooks ADD COLUMN suggested_at timestamptz;

-- Written once. version_hash is the lower-case hexadecimal SHA-256 of what was reviewed (text and answers of that version).
CREATE TABLE run.runbook_reviews (
  tenant_id    uuid NOT NULL REFERENCES run.tenants (id),
  version_id   uuid NOT NULL,
  reviewed_by  text NOT NULL,
  reviewed_via text NOT NULL,
  version_hash text NOT NULL CHECK (version_hash ~ '^[0-9a-f]{64}$'),
  note         text,
  reviewed_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, version_id, reviewed_by),
  FOREIGN KEY (tenant_id, version_id) REFERENCES run.runbook_versions (tenant_id, id)
);

ALTER TABLE run.runbook_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.runbook_reviews FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.runbook_reviews TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.runbook_reviews TO dd0c_app;
