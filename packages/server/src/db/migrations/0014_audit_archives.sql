-- What stands outside the database about the audit log: archives of old months, copies of signed checkpoints.
-- sunset_date: none (nothing is replaced)

-- One file of one chain. Files of a chain follow one another without a gap: the first begins at event 1. The object's key holds its SHA-256.
-- A file belongs to a month but may reach into the next: numbers decide, not times.
CREATE TABLE run.audit_archives (
  chain       text NOT NULL,
  tenant_id   uuid REFERENCES run.tenants (id),
  first_seq   bigint NOT NULL CHECK (first_seq >= 1),
  last_seq    bigint NOT NULL,
  month       date NOT NULL,
  -- Hash of the event before the first, and of the last.
  prev_hash   text NOT NULL,
  hash        text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  object_key  text NOT NULL,
  archived_at timestamptz(3) NOT NULL,
  PRIMARY KEY (chain, first_seq),
  CHECK (last_seq >= first_seq),
  CHECK (chain = coalesce(tenant_id::text, 'system'))
);
CREATE TRIGGER archives_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON run.audit_archives
  FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change();

ALTER TABLE run.audit_archives ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.audit_archives FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.audit_archives TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.audit_archives TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
CREATE POLICY owner_reads ON run.audit_archives FOR SELECT TO dd0c_owner USING (true);
GRANT SELECT ON run.audit_archives TO dd0c_app;
GRANT SELECT, INSERT ON run.audit_archives TO dd0c_system;

-- Up to which number of events a chain's checkpoints are in the object store.
CREATE TABLE run.checkpoint_copies (
  chain     text PRIMARY KEY,
  tenant_id uuid REFERENCES run.tenants (id),
  seq       bigint NOT NULL,
  copied_at timestamptz(3) NOT NULL,
  CHECK (chain = coalesce(tenant_id::text, 'system'))
);
ALTER TABLE run.checkpoint_copies ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.checkpoint_copies FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.checkpoint_copies TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.checkpoint_copies TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT ON run.checkpoint_copies TO dd0c_app;
GRANT SELECT, INSERT, UPDATE (seq, copied_at) ON run.checkpoint_copies TO dd0c_system;

-- Months of the audit log that ended long enough ago to leave the database, oldest first. Asked as the owner: the server may not see tables.
CREATE FUNCTION run.old_audit_months(before timestamptz) RETURNS SETOF date
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  SELECT to_date(right(c.relname, 7), 'YYYY_MM') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'run.audit_events'::regclass AND c.relname ~ '^audit_events_[0-9]{4}_[0-9]{2}$'
    AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= before
  ORDER BY 1
$$;
REVOKE ALL ON FUNCTION run.old_audit_months(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION run.old_audit_months(timestamptz) TO dd0c_system;

-- Takes a month out of the database: only one that ended 90 days ago by the database's own clock, and of which every event is in an archive.
-- Runs as the owner; nothing else of the server can remove an audit record. Returns how many events went.
CREATE FUNCTION run.drop_archived_month(month date) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  partition_name text := 'audit_events_' || to_char(month, 'YYYY_MM');
  uncovered bigint;
  dropped bigint;
BEGIN
  IF month <> date_trunc('month', month) OR month + interval '1 month' + interval '90 days' > now() THEN
    RAISE EXCEPTION 'this month stays in the database' USING ERRCODE = 'DDA03';
  END IF;
  PERFORM pg_advisory_xact_lock(7305001);
  IF to_regclass('run.' || partition_name) IS NULL THEN
    RETURN 0;
  END IF;
  -- Locks the partition until the end; a refusal takes this back with everything else.
  EXECUTE format('ALTER TABLE run.%I NO FORCE ROW LEVEL SECURITY', partition_name);
  EXECUTE format('SELECT count(*) FROM run.%I e WHERE NOT EXISTS (SELECT FROM run.audit_archives a '
    'WHERE a.chain = e.chain AND e.seq BETWEEN a.first_seq AND a.last_seq AND (e.seq <> a.last_seq OR e.hash = a.hash))', partition_name)
    INTO uncovered;
  IF uncovered > 0 THEN
    RAISE EXCEPTION '% events of this month are in no archive', uncovered USING ERRCODE = 'DDA03';
  END IF;
  EXECUTE format('SELECT count(*) FROM run.%I', partition_name) INTO dropped;
  EXECUTE format('DROP TABLE run.%I', partition_name);
  RETURN dropped;
END
$$;
REVOKE ALL ON FUNCTION run.drop_archived_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION run.drop_archived_month(date) TO dd0c_system;
