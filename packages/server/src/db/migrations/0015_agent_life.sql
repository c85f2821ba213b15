-- Which programs may be given work: an agent says the SHA-256 of its own in its hello and heartbeats.
-- sunset_date: none (nothing is replaced)

-- As the agent last said; null before it said anything.
ALTER TABLE run.agents ADD COLUMN binary_hash text CHECK (binary_hash ~ '^[0-9a-f]{64}$');

-- Steps of an earlier life of the agent whose processes still ran when it was last heard of: [{stepExecutionId, processes}].
ALTER TABLE run.agents ADD COLUMN surviving jsonb NOT NULL DEFAULT '[]';

-- Registered by the enrolment of an agent or by an admin; a retired one gets no work any more.
CREATE TABLE run.agent_binaries (
  tenant_id     uuid NOT NULL REFERENCES run.tenants (id),
  hash          text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  -- What it is in words: a release, or the agent that enrolled with it.
  name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  registered_by text NOT NULL,
  registered_at timestamptz(3) NOT NULL,
  retired_at    timestamptz(3),
  PRIMARY KEY (tenant_id, hash)
);

ALTER TABLE run.agent_binaries ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.agent_binaries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.agent_binaries TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (name, registered_by, registered_at, retired_at) ON run.agent_binaries TO dd0c_app;
