-- The append-only, hash-chained record: heads, events by month, signed checkpoints. Nothing here is ever changed or removed.
-- sunset_date: none (the first release replaces nothing)

-- The last event of each chain. Its row lock, taken last in a transaction, is what gives events their numbers.
CREATE TABLE run.audit_heads (
  chain     text PRIMARY KEY,
  tenant_id uuid REFERENCES run.tenants (id),
  seq       bigint NOT NULL CHECK (seq >= 0),
  hash      text NOT NULL,
  CHECK (chain = coalesce(tenant_id::text, 'system'))
);

CREATE FUNCTION run.refuse_head_regress() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <= OLD.seq OR NEW.chain <> OLD.chain OR NEW.tenant_id IS DISTINCT FROM OLD.tenant_id THEN
    RAISE EXCEPTION 'an audit chain only grows' USING ERRCODE = 'DDA02';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER heads_only_grow BEFORE UPDATE ON run.audit_heads FOR EACH ROW EXECUTE FUNCTION run.refuse_head_regress();

CREATE FUNCTION run.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit records are immutable (%)', lower(TG_OP) USING ERRCODE = 'DDA01';
END
$$;
CREATE TRIGGER heads_stay BEFORE DELETE OR TRUNCATE ON run.audit_heads FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change();

-- The envelope. hash = SHA-256 over prev_hash and the canonical form of the plaintext (core/audit), so every column that is
-- part of it must read back exactly as it was written: source_ip is text, times are whole milliseconds.
-- event_data_ciphertext and encryption_key_id: where the encrypted form of command text goes; null = event_data holds everything.
CREATE TABLE run.audit_events (
  hash_version          int NOT NULL,
  chain                 text NOT NULL,
  seq                   bigint NOT NULL CHECK (seq >= 1),
  event_type            text NOT NULL,
  schema_version        int NOT NULL,
  tenant_id             uuid,
  execution_id          uuid,
  step_execution_id     uuid,
  runbook_id            uuid,
  actor_type            text NOT NULL CHECK (actor_type IN ('user', 'system', 'agent', 'scheduler')),
  actor_id              text NOT NULL CHECK (actor_id <> ''),
  actor_via             text NOT NULL CHECK (actor_via IN ('web', 'slack', 'api_key', 'agent', 'system', 'scheduler')),
  occurred_at           timestamptz(3) NOT NULL,
  recorded_at           timestamptz(3) NOT NULL,
  late                  boolean NOT NULL,
  source_ip             text,
  event_data            jsonb NOT NULL,
  event_data_ciphertext bytea,
  encryption_key_id     text,
  prev_hash             text NOT NULL,
  hash                  text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  created_at            timestamptz(3) GENERATED ALWAYS AS (recorded_at) STORED,
  PRIMARY KEY (chain, seq, recorded_at),
  CHECK (chain = coalesce(tenant_id::text, 'system'))
) PARTITION BY RANGE (recorded_at);
CREATE INDEX audit_events_time ON run.audit_events (tenant_id, recorded_at DESC);
CREATE INDEX audit_events_execution ON run.audit_events (execution_id, seq) WHERE execution_id IS NOT NULL;
CREATE INDEX audit_events_type ON run.audit_events (tenant_id, event_type, recorded_at DESC);

CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON run.audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change();

-- Makes the partitions of the month of `at` and of `months_ahead` more, each closed to everybody but through the parent.
-- Runs as the owner, because the server itself may not create tables. Returns how many it made.
CREATE FUNCTION run.ensure_audit_partitions(at timestamptz, months_ahead int) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  first_day timestamptz;
  partition_name text;
  made int := 0;
BEGIN
  IF months_ahead NOT BETWEEN 0 AND 24 THEN
    RAISE EXCEPTION 'months_ahead out of range' USING ERRCODE = '22023';
  END IF;
  PERFORM pg_advisory_xact_lock(7305001);
  FOR n IN 0..months_ahead LOOP
    first_day := date_trunc('month', at) + make_interval(months => n);
    partition_name := 'audit_events_' || to_char(first_day, 'YYYY_MM');
    CONTINUE WHEN to_regclass('run.' || partition_name) IS NOT NULL;
    EXECUTE format('CREATE TABLE run.%I PARTITION OF run.audit_events FOR VALUES FROM (%L) TO (%L)',
      partition_name, first_day, first_day + interval '1 month');
    EXECUTE format('ALTER TABLE run.%I ENABLE ROW LEVEL SECURITY', partition_name);
    EXECUTE format('ALTER TABLE run.%I FORCE ROW LEVEL SECURITY', partition_name);
    EXECUTE format('CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON run.%I '
      'FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change()', partition_name);
    made := made + 1;
  END LOOP;
  RETURN made;
END
$$;
REVOKE ALL ON FUNCTION run.ensure_audit_partitions(timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION run.ensure_audit_partitions(timestamptz, int) TO dd0c_system;

-- Signed statement about a chain: so many events, this head, at this time.
CREATE TABLE run.audit_checkpoints (
  chain      text NOT NULL,
  tenant_id  uuid REFERENCES run.tenants (id),
  seq        bigint NOT NULL,
  hash       text NOT NULL,
  taken_at   timestamptz(3) NOT NULL,
  key_id     text NOT NULL,
  -- Base64 Ed25519 signature over the canonical checkpoint (core/audit).
  signature  text NOT NULL,
  PRIMARY KEY (chain, seq),
  CHECK (chain = coalesce(tenant_id::text, 'system'))
);
CREATE TRIGGER checkpoints_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON run.audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change();

ALTER TABLE run.audit_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.audit_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.audit_heads TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.audit_heads TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (seq, hash) ON run.audit_heads TO dd0c_app, dd0c_system;

ALTER TABLE run.audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.audit_events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.audit_events TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.audit_events TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT ON run.audit_events TO dd0c_app, dd0c_system;

ALTER TABLE run.audit_checkpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.audit_checkpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.audit_checkpoints TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.audit_checkpoints TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT ON run.audit_checkpoints TO dd0c_app, dd0c_system;
