-- Which replica has an agent's stream, for how long that may be believed, and whether the agent halted; and who has which turn.
-- sunset_date: none (nothing is replaced)

-- stream_replica: who holds the stream, null when nobody does. stream_until: with a holder, the end of the lease that heartbeats prolong;
-- without one, the moment at which the agent counts as lost; null once that is dealt with. halted_since: acknowledged the panic that is on.
ALTER TABLE run.agents ADD COLUMN stream_replica text;
ALTER TABLE run.agents ADD COLUMN stream_until timestamptz;
ALTER TABLE run.agents ADD COLUMN halted_since timestamptz;
CREATE INDEX agents_stream_until ON run.agents (stream_until) WHERE stream_until IS NOT NULL;

-- Work that one replica does at a time and that needs no queue: a lease by name.
CREATE TABLE run.turns (
  name   text PRIMARY KEY,
  holder text NOT NULL,
  until  timestamptz NOT NULL
);
ALTER TABLE run.turns ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.turns FORCE ROW LEVEL SECURITY;
CREATE POLICY system_access ON run.turns TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE ON run.turns TO dd0c_system;
