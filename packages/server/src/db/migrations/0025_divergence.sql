-- What each run did beside its runbook, and what people decided about the suggestions that follow from several runs.
-- sunset_date: none (nothing is replaced)

-- Written once, in the transaction that ends the run; `report` is the data of its event divergence.detected.
CREATE TABLE run.divergences (
  tenant_id    uuid NOT NULL REFERENCES run.tenants (id),
  execution_id uuid PRIMARY KEY REFERENCES run.executions (id),
  runbook_id   uuid NOT NULL REFERENCES run.runbooks (id),
  report       jsonb NOT NULL,
  detected_at  timestamptz NOT NULL
);
CREATE INDEX divergences_runbook ON run.divergences (tenant_id, runbook_id, detected_at DESC);

-- `key` names what is suggested, whatever the runs: dismissed once, it is not suggested again.
CREATE TABLE run.suggestion_decisions (
  tenant_id      uuid NOT NULL REFERENCES run.tenants (id),
  runbook_id     uuid NOT NULL REFERENCES run.runbooks (id),
  key            text NOT NULL CHECK (key ~ '^[0-9a-f]{64}$'),
  decision       text NOT NULL CHECK (decision IN ('applied', 'dismissed')),
  summary        text NOT NULL,
  runs           jsonb NOT NULL,
  reason         text,
  -- The version that it made; null where it made none.
  version_number int,
  decided_by     text NOT NULL,
  decided_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, runbook_id, key, decided_at),
  CHECK ((decision = 'applied') = (version_number IS NOT NULL)),
  CHECK (decision = 'applied' OR reason IS NOT NULL)
);

ALTER TABLE run.divergences ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.divergences FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.divergences TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.divergences TO dd0c_app;

ALTER TABLE run.suggestion_decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.suggestion_decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.suggestion_decisions TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT ON run.suggestion_decisions TO dd0c_app;
