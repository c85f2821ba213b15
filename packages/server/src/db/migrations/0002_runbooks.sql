-- Runbooks, their immutable versions, one row per command, and the classification of each.
-- sunset_date: none (the first release replaces nothing)

CREATE TABLE run.runbooks (
  id                  uuid PRIMARY KEY,
  tenant_id           uuid NOT NULL REFERENCES run.tenants (id),
  title               text NOT NULL,
  service_tag         text,
  team_tag            text,
  trust_level         int NOT NULL DEFAULT 0 CHECK (trust_level BETWEEN 0 AND 3),
  governance_override text CHECK (governance_override IN ('strict', 'audit')),
  active_version      int NOT NULL CHECK (active_version >= 1),
  created_at          timestamptz NOT NULL DEFAULT now(),
  updated_at          timestamptz NOT NULL DEFAULT now(),
  deleted_at          timestamptz,
  UNIQUE (tenant_id, id)
);
CREATE INDEX runbooks_tenant ON run.runbooks (tenant_id, updated_at DESC, id) WHERE deleted_at IS NULL;
CREATE INDEX runbooks_service ON run.runbooks (tenant_id, service_tag) WHERE deleted_at IS NULL;

-- Trust only rises in a transaction that names the admin who raised it (party mode otherwise).
CREATE FUNCTION run.refuse_unexplained_trust() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.trust_level > OLD.trust_level AND coalesce(current_setting('app.trust_raised_by', true), '') = '' THEN
    RAISE EXCEPTION 'trust raised without an admin' USING ERRCODE = 'DDT01';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER trust_needs_admin BEFORE UPDATE OF trust_level ON run.runbooks
  FOR EACH ROW EXECUTE FUNCTION run.refuse_unexplained_trust();

-- A version is written once. raw_source_hash is the lower-case hexadecimal SHA-256 of the UTF-8 text.
CREATE TABLE run.runbook_versions (
  id                uuid PRIMARY KEY,
  tenant_id         uuid NOT NULL REFERENCES run.tenants (id),
  runbook_id        uuid NOT NULL,
  version_number    int NOT NULL CHECK (version_number >= 1),
  source_type       text NOT NULL,
  raw_source_text   text NOT NULL,
  raw_source_hash   text NOT NULL CHECK (raw_source_hash ~ '^[0-9a-f]{64}$'),
  parsed_structure  jsonb NOT NULL,
  parser_version    text NOT NULL,
  parse_duration_ms double precision,
  llm_model_used    text,
  change_source     text NOT NULL DEFAULT 'manual',
  created_by_type   text NOT NULL,
  created_by        text NOT NULL,
  created_by_via    text NOT NULL,
  created_at        timestamptz NOT NULL DEFAULT now(),
  UNIQUE (runbook_id, version_number),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, runbook_id) REFERENCES run.runbooks (tenant_id, id)
);

-- One row per command line: (step_order, sub). step_id stays the same across versions, id does not.
CREATE TABLE run.steps (
  id                 uuid PRIMARY KEY,
  tenant_id          uuid NOT NULL REFERENCES run.tenants (id),
  runbook_version_id uuid NOT NULL,
  step_id            text NOT NULL,
  step_order         int NOT NULL CHECK (step_order >= 1),
  sub                int NOT NULL CHECK (sub >= 0),
  label              text NOT NULL,
  kind               text NOT NULL CHECK (kind IN ('command', 'manual', 'link')),
  section            text,
  description        text NOT NULL,
  command            text,
  expected_output    text,
  rollback_command   text,
  risk_level         text CHECK (risk_level IN ('safe', 'caution', 'unknown', 'dangerous')),
  timeout_ms         int CHECK (timeout_ms > 0),
  line               int,
  end_line           int,
  variables          jsonb NOT NULL DEFAULT '[]',
  branch_logic       jsonb,
  prerequisites      jsonb NOT NULL DEFAULT '[]',
  ambiguities        jsonb NOT NULL DEFAULT '[]',
  CHECK ((command IS NULL) = (risk_level IS NULL)),
  UNIQUE (runbook_version_id, step_order, sub),
  UNIQUE (runbook_version_id, step_id),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, runbook_version_id) REFERENCES run.runbook_versions (tenant_id, id)
);

-- The merged decision about one command, immutable. llm_result holds every advisor's answer.
CREATE TABLE run.classifications (
  id                      uuid PRIMARY KEY,
  tenant_id               uuid NOT NULL REFERENCES run.tenants (id),
  step_row_id             uuid NOT NULL,
  scanner_result          jsonb NOT NULL,
  llm_result              jsonb NOT NULL,
  final_risk_level        text NOT NULL CHECK (final_risk_level IN ('safe', 'caution', 'unknown', 'dangerous')),
  merge_rule_applied      text NOT NULL,
  classifier_version      text NOT NULL,
  scanner_pattern_version text NOT NULL,
  llm_model               text,
  classified_at           timestamptz NOT NULL,
  FOREIGN KEY (tenant_id, step_row_id) REFERENCES run.steps (tenant_id, id)
);
CREATE INDEX classifications_step ON run.classifications (step_row_id, classified_at DESC);

ALTER TABLE run.runbooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.runbooks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.runbooks TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE ON run.runbooks TO dd0c_app;

ALTER TABLE run.runbook_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.runbook_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.runbook_versions TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.runbook_versions TO dd0c_app;

ALTER TABLE run.steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.steps FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.steps TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.steps TO dd0c_app;

ALTER TABLE run.classifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.classifications FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.classifications TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.classifications TO dd0c_app;
