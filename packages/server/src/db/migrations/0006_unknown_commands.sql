-- What the scanner met and has no rule for, so that its coverage can grow: programs and kinds of gaps, counted. Never an argument.
-- sunset_date: none (nothing is replaced)

CREATE TABLE run.unknown_commands (
  tenant_id  uuid NOT NULL REFERENCES run.tenants (id),
  -- A program's bare name, or a word in brackets where there is none that may be kept.
  program    text NOT NULL CHECK (program ~ '^([A-Za-z0-9._+-]{1,64}|\((other|shell)\))$'),
  reason     text NOT NULL CHECK (reason ~ '^[a-z_]{1,32}$'),
  seen       bigint NOT NULL CHECK (seen > 0),
  first_seen timestamptz NOT NULL,
  last_seen  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, program, reason)
);

ALTER TABLE run.unknown_commands ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.unknown_commands FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.unknown_commands TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (seen, last_seen) ON run.unknown_commands TO dd0c_app;
