-- Generated from the migrations, for reading and for reviewing what a migration changes; the migrations are what runs.
-- Kept fresh by a test; written by: npx vitest run -u packages/server/src/db/schema.test.ts

CREATE OR REPLACE FUNCTION run.current_tenant_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid $function$
;

CREATE OR REPLACE FUNCTION run.drop_archived_month(month date)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET lock_timeout TO '5s'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION run.ensure_audit_partitions(at timestamp with time zone, months_ahead integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION run.old_audit_months(before timestamp with time zone)
 RETURNS SETOF date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
  SELECT to_date(right(c.relname, 7), 'YYYY_MM') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'run.audit_events'::regclass AND c.relname ~ '^audit_events_[0-9]{4}_[0-9]{2}$'
    AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= before
  ORDER BY 1
$function$
;

CREATE OR REPLACE FUNCTION run.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'audit records are immutable (%)', lower(TG_OP) USING ERRCODE = 'DDA01';
END
$function$
;

CREATE OR REPLACE FUNCTION run.refuse_head_regress()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.seq <= OLD.seq OR NEW.chain <> OLD.chain OR NEW.tenant_id IS DISTINCT FROM OLD.tenant_id THEN
    RAISE EXCEPTION 'an audit chain only grows' USING ERRCODE = 'DDA02';
  END IF;
  RETURN NEW;
END
$function$
;

CREATE OR REPLACE FUNCTION run.refuse_unexplained_trust()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.trust_level > OLD.trust_level AND coalesce(current_setting('app.trust_raised_by', true), '') = '' THEN
    RAISE EXCEPTION 'trust raised without an admin' USING ERRCODE = 'DDT01';
  END IF;
  RETURN NEW;
END
$function$
;

CREATE OR REPLACE FUNCTION run.system_reason()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('app.system_reason', true), '') $function$
;

CREATE TABLE run.agent_binaries (
  tenant_id uuid NOT NULL,
  hash text NOT NULL,
  name text NOT NULL,
  registered_by text NOT NULL,
  registered_at timestamp(3) with time zone NOT NULL,
  retired_at timestamp(3) with time zone,
  CONSTRAINT agent_binaries_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT agent_binaries_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CONSTRAINT agent_binaries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT agent_binaries_pkey PRIMARY KEY (tenant_id, hash)
);
ALTER TABLE run.agent_binaries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.agent_binaries FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (name, registered_by, registered_at, retired_at) ON run.agent_binaries TO dd0c_app;

CREATE TABLE run.agent_certificates (
  serial text NOT NULL,
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  fingerprint text NOT NULL,
  public_key text NOT NULL,
  not_after timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT agent_certificates_tenant_id_agent_id_fkey FOREIGN KEY (tenant_id, agent_id) REFERENCES run.agents(tenant_id, id),
  CONSTRAINT agent_certificates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT agent_certificates_pkey PRIMARY KEY (serial)
);
ALTER TABLE run.agent_certificates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX agent_certificates_agent ON run.agent_certificates USING btree (agent_id);
CREATE POLICY system_access ON run.agent_certificates FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.agent_certificates FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (revoked_at) ON run.agent_certificates TO dd0c_app;
GRANT SELECT ON run.agent_certificates TO dd0c_system;

CREATE TABLE run.agent_sequences (
  tenant_id uuid NOT NULL,
  step_execution_id uuid NOT NULL,
  attempt integer NOT NULL,
  last_sequence bigint NOT NULL,
  CONSTRAINT agent_sequences_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT agent_sequences_tenant_id_step_execution_id_fkey FOREIGN KEY (tenant_id, step_execution_id) REFERENCES run.step_executions(tenant_id, id),
  CONSTRAINT agent_sequences_pkey PRIMARY KEY (step_execution_id, attempt)
);
ALTER TABLE run.agent_sequences ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.agent_sequences FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (last_sequence) ON run.agent_sequences TO dd0c_app;

CREATE TABLE run.agents (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  status text NOT NULL,
  agent_version text,
  pattern_version text,
  capabilities jsonb NOT NULL DEFAULT '{}'::jsonb,
  ceiling text,
  journal_id text,
  fencing_epoch bigint NOT NULL DEFAULT 0,
  connected_at timestamp with time zone,
  last_heartbeat timestamp with time zone,
  registered_at timestamp with time zone NOT NULL DEFAULT now(),
  binary_hash text,
  surviving jsonb NOT NULL DEFAULT '[]'::jsonb,
  stream_replica text,
  stream_until timestamp with time zone,
  halted_since timestamp with time zone,
  host_facts jsonb,
  CONSTRAINT agents_binary_hash_check CHECK ((binary_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT agents_ceiling_check CHECK ((ceiling = ANY (ARRAY['safe'::text, 'caution'::text, 'unknown'::text, 'dangerous'::text]))),
  CONSTRAINT agents_status_check CHECK ((status = ANY (ARRAY['active'::text, 'blocked'::text, 'revoked'::text]))),
  CONSTRAINT agents_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT agents_pkey PRIMARY KEY (id),
  CONSTRAINT agents_tenant_id_id_key UNIQUE (tenant_id, id),
  CONSTRAINT agents_tenant_id_name_key UNIQUE (tenant_id, name)
);
ALTER TABLE run.agents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX agents_stream_until ON run.agents USING btree (stream_until) WHERE (stream_until IS NOT NULL);
CREATE POLICY system_access ON run.agents FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.agents FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.agents TO dd0c_app;
GRANT SELECT ON run.agents TO dd0c_system;

CREATE TABLE run.alert_deliveries (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  integration_id uuid NOT NULL,
  "position" bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  delivery_key text NOT NULL,
  body bytea NOT NULL,
  headers jsonb NOT NULL,
  source_ip text,
  received_at timestamp with time zone NOT NULL,
  repeats integer NOT NULL DEFAULT 0,
  repeated_at timestamp with time zone,
  read_at timestamp with time zone,
  problem text,
  truncated integer NOT NULL DEFAULT 0,
  CONSTRAINT alert_deliveries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT alert_deliveries_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES run.integrations(tenant_id, id),
  CONSTRAINT alert_deliveries_pkey PRIMARY KEY (id),
  CONSTRAINT alert_deliveries_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.alert_deliveries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX alert_deliveries_key ON run.alert_deliveries USING btree (integration_id, delivery_key, received_at DESC);
CREATE INDEX alert_deliveries_received ON run.alert_deliveries USING btree (received_at) WHERE (read_at IS NOT NULL);
CREATE INDEX alert_deliveries_unread ON run.alert_deliveries USING btree (tenant_id, "position") WHERE (read_at IS NULL);
CREATE POLICY system_access ON run.alert_deliveries FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.alert_deliveries FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (repeats, repeated_at, read_at, problem, truncated) ON run.alert_deliveries TO dd0c_app;
GRANT DELETE, SELECT (id, received_at, read_at) ON run.alert_deliveries TO dd0c_system;

CREATE TABLE run.alert_events (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  tenant_id uuid NOT NULL,
  alert_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  change text NOT NULL,
  occurred_at timestamp with time zone,
  received_at timestamp with time zone NOT NULL,
  counted boolean NOT NULL,
  CONSTRAINT alert_events_change_check CHECK ((change = ANY (ARRAY['opened'::text, 'reopened'::text, 'acknowledged'::text, 'resolved'::text, 'noted'::text, 'other'::text]))),
  CONSTRAINT alert_events_tenant_id_alert_id_fkey FOREIGN KEY (tenant_id, alert_id) REFERENCES run.alerts(tenant_id, id),
  CONSTRAINT alert_events_tenant_id_delivery_id_fkey FOREIGN KEY (tenant_id, delivery_id) REFERENCES run.alert_deliveries(tenant_id, id),
  CONSTRAINT alert_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT alert_events_pkey PRIMARY KEY (id)
);
ALTER TABLE run.alert_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX alert_events_alert ON run.alert_events USING btree (alert_id, id);
CREATE INDEX alert_events_delivery ON run.alert_events USING btree (delivery_id);
CREATE POLICY system_access ON run.alert_events FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.alert_events FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.alert_events TO dd0c_app;
GRANT DELETE, SELECT (delivery_id) ON run.alert_events TO dd0c_system;

CREATE TABLE run.alert_mappings (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  runbook_id uuid NOT NULL,
  alert_source text,
  match_criteria jsonb NOT NULL,
  similarity_threshold double precision,
  active boolean NOT NULL DEFAULT true,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT alert_mappings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT alert_mappings_tenant_id_runbook_id_fkey FOREIGN KEY (tenant_id, runbook_id) REFERENCES run.runbooks(tenant_id, id),
  CONSTRAINT alert_mappings_pkey PRIMARY KEY (id)
);
ALTER TABLE run.alert_mappings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX alert_mappings_tenant ON run.alert_mappings USING btree (tenant_id, created_at) WHERE active;
CREATE POLICY tenant_isolation ON run.alert_mappings FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (active) ON run.alert_mappings TO dd0c_app;

CREATE TABLE run.alert_offers (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  group_key text NOT NULL,
  alert_id uuid NOT NULL,
  runbook_id uuid NOT NULL,
  matches jsonb NOT NULL,
  status text NOT NULL,
  execution_id uuid,
  created_at timestamp with time zone NOT NULL,
  posted_at timestamp with time zone,
  decided_by text,
  decided_at timestamp with time zone,
  decide_reason text,
  CONSTRAINT alert_offers_status_check CHECK ((status = ANY (ARRAY['open'::text, 'started'::text, 'dismissed'::text, 'lapsed'::text]))),
  CONSTRAINT alert_offers_tenant_id_alert_id_fkey FOREIGN KEY (tenant_id, alert_id) REFERENCES run.alerts(tenant_id, id),
  CONSTRAINT alert_offers_tenant_id_execution_id_fkey FOREIGN KEY (tenant_id, execution_id) REFERENCES run.executions(tenant_id, id),
  CONSTRAINT alert_offers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT alert_offers_tenant_id_runbook_id_fkey FOREIGN KEY (tenant_id, runbook_id) REFERENCES run.runbooks(tenant_id, id),
  CONSTRAINT alert_offers_pkey PRIMARY KEY (id),
  CONSTRAINT alert_offers_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.alert_offers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX alert_offers_open ON run.alert_offers USING btree (tenant_id, group_key) WHERE (status = 'open'::text);
CREATE INDEX alert_offers_tenant ON run.alert_offers USING btree (tenant_id, created_at DESC, id);
CREATE POLICY tenant_isolation ON run.alert_offers FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.alert_offers TO dd0c_app;

CREATE TABLE run.alerts (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  integration_id uuid NOT NULL,
  source text NOT NULL,
  episode_key text NOT NULL,
  status text NOT NULL,
  seen_firing boolean NOT NULL,
  name text,
  title text NOT NULL,
  service text,
  environment text,
  severity text NOT NULL,
  facts jsonb NOT NULL,
  alert_key text NOT NULL,
  match_state text NOT NULL,
  matches jsonb NOT NULL DEFAULT '[]'::jsonb,
  matched_at timestamp with time zone,
  offer_id uuid,
  opened_at timestamp with time zone NOT NULL,
  last_event_at timestamp with time zone NOT NULL,
  resolved_at timestamp with time zone,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT alerts_match_state_check CHECK ((match_state = ANY (ARRAY['waiting'::text, 'matched'::text, 'unmatched'::text, 'not_needed'::text]))),
  CONSTRAINT alerts_status_check CHECK ((status = ANY (ARRAY['firing'::text, 'acknowledged'::text, 'resolved'::text]))),
  CONSTRAINT alerts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT alerts_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES run.integrations(tenant_id, id),
  CONSTRAINT alerts_pkey PRIMARY KEY (id),
  CONSTRAINT alerts_tenant_id_id_key UNIQUE (tenant_id, id),
  CONSTRAINT alerts_tenant_id_integration_id_episode_key_key UNIQUE (tenant_id, integration_id, episode_key)
);
ALTER TABLE run.alerts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX alerts_key ON run.alerts USING btree (tenant_id, alert_key);
CREATE INDEX alerts_offer ON run.alerts USING btree (offer_id) WHERE (offer_id IS NOT NULL);
CREATE INDEX alerts_tenant ON run.alerts USING btree (tenant_id, received_at DESC, id);
CREATE INDEX alerts_waiting ON run.alerts USING btree (tenant_id, received_at) WHERE (match_state = 'waiting'::text);
CREATE POLICY tenant_isolation ON run.alerts FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.alerts TO dd0c_app;

CREATE TABLE run.audit_archives (
  chain text NOT NULL,
  tenant_id uuid,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  month date NOT NULL,
  prev_hash text NOT NULL,
  hash text NOT NULL,
  object_key text NOT NULL,
  archived_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT audit_archives_check CHECK ((last_seq >= first_seq)),
  CONSTRAINT audit_archives_check1 CHECK ((chain = COALESCE((tenant_id)::text, 'system'::text))),
  CONSTRAINT audit_archives_first_seq_check CHECK ((first_seq >= 1)),
  CONSTRAINT audit_archives_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT audit_archives_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT audit_archives_pkey PRIMARY KEY (chain, first_seq)
);
ALTER TABLE run.audit_archives ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TRIGGER archives_stay BEFORE DELETE OR UPDATE OR TRUNCATE ON run.audit_archives FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change();
CREATE POLICY owner_reads ON run.audit_archives FOR SELECT TO dd0c_owner USING (true);
CREATE POLICY system_access ON run.audit_archives FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.audit_archives FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT SELECT ON run.audit_archives TO dd0c_app;
GRANT INSERT, SELECT ON run.audit_archives TO dd0c_system;

CREATE TABLE run.audit_checkpoints (
  chain text NOT NULL,
  tenant_id uuid,
  seq bigint NOT NULL,
  hash text NOT NULL,
  taken_at timestamp(3) with time zone NOT NULL,
  key_id text NOT NULL,
  signature text NOT NULL,
  CONSTRAINT audit_checkpoints_check CHECK ((chain = COALESCE((tenant_id)::text, 'system'::text))),
  CONSTRAINT audit_checkpoints_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT audit_checkpoints_pkey PRIMARY KEY (chain, seq)
);
ALTER TABLE run.audit_checkpoints ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TRIGGER checkpoints_stay BEFORE DELETE OR UPDATE OR TRUNCATE ON run.audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change();
CREATE POLICY system_access ON run.audit_checkpoints FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.audit_checkpoints FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.audit_checkpoints TO dd0c_app;
GRANT INSERT, SELECT ON run.audit_checkpoints TO dd0c_system;

CREATE TABLE run.audit_events (
  hash_version integer NOT NULL,
  chain text NOT NULL,
  seq bigint NOT NULL,
  event_type text NOT NULL,
  schema_version integer NOT NULL,
  tenant_id uuid,
  execution_id uuid,
  step_execution_id uuid,
  runbook_id uuid,
  actor_type text NOT NULL,
  actor_id text NOT NULL,
  actor_via text NOT NULL,
  occurred_at timestamp(3) with time zone NOT NULL,
  recorded_at timestamp(3) with time zone NOT NULL,
  late boolean NOT NULL,
  source_ip text,
  event_data jsonb NOT NULL,
  event_data_ciphertext bytea,
  encryption_key_id text,
  prev_hash text NOT NULL,
  hash text NOT NULL,
  created_at timestamp(3) with time zone GENERATED ALWAYS AS (recorded_at) STORED,
  CONSTRAINT audit_events_actor_id_check CHECK ((actor_id <> ''::text)),
  CONSTRAINT audit_events_actor_type_check CHECK ((actor_type = ANY (ARRAY['user'::text, 'system'::text, 'agent'::text, 'scheduler'::text]))),
  CONSTRAINT audit_events_actor_via_check CHECK ((actor_via = ANY (ARRAY['web'::text, 'slack'::text, 'api_key'::text, 'agent'::text, 'system'::text, 'scheduler'::text]))),
  CONSTRAINT audit_events_check CHECK ((chain = COALESCE((tenant_id)::text, 'system'::text))),
  CONSTRAINT audit_events_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT audit_events_seq_check CHECK ((seq >= 1)),
  CONSTRAINT audit_events_pkey PRIMARY KEY (chain, seq, recorded_at)
) PARTITION BY RANGE (recorded_at);
ALTER TABLE run.audit_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX audit_events_execution ON run.audit_events USING btree (execution_id, seq) WHERE (execution_id IS NOT NULL);
CREATE INDEX audit_events_time ON run.audit_events USING btree (tenant_id, recorded_at DESC);
CREATE INDEX audit_events_type ON run.audit_events USING btree (tenant_id, event_type, recorded_at DESC);
CREATE TRIGGER events_stay BEFORE DELETE OR UPDATE OR TRUNCATE ON run.audit_events FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change();
CREATE POLICY system_access ON run.audit_events FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.audit_events FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.audit_events TO dd0c_app;
GRANT INSERT, SELECT ON run.audit_events TO dd0c_system;

CREATE TABLE run.audit_heads (
  chain text NOT NULL,
  tenant_id uuid,
  seq bigint NOT NULL,
  hash text NOT NULL,
  CONSTRAINT audit_heads_check CHECK ((chain = COALESCE((tenant_id)::text, 'system'::text))),
  CONSTRAINT audit_heads_seq_check CHECK ((seq >= 0)),
  CONSTRAINT audit_heads_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT audit_heads_pkey PRIMARY KEY (chain)
);
ALTER TABLE run.audit_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TRIGGER heads_only_grow BEFORE UPDATE ON run.audit_heads FOR EACH ROW EXECUTE FUNCTION run.refuse_head_regress();
CREATE TRIGGER heads_stay BEFORE DELETE OR TRUNCATE ON run.audit_heads FOR EACH STATEMENT EXECUTE FUNCTION run.refuse_audit_change();
CREATE POLICY system_access ON run.audit_heads FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.audit_heads FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (seq, hash) ON run.audit_heads TO dd0c_app;
GRANT INSERT, SELECT, UPDATE (seq, hash) ON run.audit_heads TO dd0c_system;

CREATE TABLE run.checkpoint_copies (
  chain text NOT NULL,
  tenant_id uuid,
  seq bigint NOT NULL,
  copied_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT checkpoint_copies_check CHECK ((chain = COALESCE((tenant_id)::text, 'system'::text))),
  CONSTRAINT checkpoint_copies_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT checkpoint_copies_pkey PRIMARY KEY (chain)
);
ALTER TABLE run.checkpoint_copies ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY system_access ON run.checkpoint_copies FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.checkpoint_copies FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT SELECT ON run.checkpoint_copies TO dd0c_app;
GRANT INSERT, SELECT, UPDATE (seq, copied_at) ON run.checkpoint_copies TO dd0c_system;

CREATE TABLE run.classifications (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  step_row_id uuid NOT NULL,
  scanner_result jsonb NOT NULL,
  llm_result jsonb NOT NULL,
  final_risk_level text NOT NULL,
  merge_rule_applied text NOT NULL,
  classifier_version text NOT NULL,
  scanner_pattern_version text NOT NULL,
  llm_model text,
  classified_at timestamp with time zone NOT NULL,
  CONSTRAINT classifications_final_risk_level_check CHECK ((final_risk_level = ANY (ARRAY['safe'::text, 'caution'::text, 'unknown'::text, 'dangerous'::text]))),
  CONSTRAINT classifications_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT classifications_tenant_id_step_row_id_fkey FOREIGN KEY (tenant_id, step_row_id) REFERENCES run.steps(tenant_id, id),
  CONSTRAINT classifications_pkey PRIMARY KEY (id)
);
ALTER TABLE run.classifications ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX classifications_step ON run.classifications USING btree (step_row_id, classified_at DESC);
CREATE POLICY tenant_isolation ON run.classifications FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.classifications TO dd0c_app;

CREATE TABLE run.divergences (
  tenant_id uuid NOT NULL,
  execution_id uuid NOT NULL,
  runbook_id uuid NOT NULL,
  report jsonb NOT NULL,
  detected_at timestamp with time zone NOT NULL,
  CONSTRAINT divergences_execution_id_fkey FOREIGN KEY (execution_id) REFERENCES run.executions(id),
  CONSTRAINT divergences_runbook_id_fkey FOREIGN KEY (runbook_id) REFERENCES run.runbooks(id),
  CONSTRAINT divergences_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT divergences_pkey PRIMARY KEY (execution_id)
);
ALTER TABLE run.divergences ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX divergences_runbook ON run.divergences USING btree (tenant_id, runbook_id, detected_at DESC);
CREATE POLICY tenant_isolation ON run.divergences FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.divergences TO dd0c_app;

CREATE TABLE run.enrolment_tokens (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  token_hash text NOT NULL,
  agent_id uuid NOT NULL,
  agent_name text NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT enrolment_tokens_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT enrolment_tokens_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT enrolment_tokens_pkey PRIMARY KEY (id),
  CONSTRAINT enrolment_tokens_token_hash_key UNIQUE (token_hash)
);
ALTER TABLE run.enrolment_tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY system_access ON run.enrolment_tokens FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.enrolment_tokens FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (used_at) ON run.enrolment_tokens TO dd0c_app;
GRANT SELECT ON run.enrolment_tokens TO dd0c_system;

CREATE TABLE run.executions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  runbook_id uuid NOT NULL,
  version_id uuid NOT NULL,
  agent_id uuid,
  triggered_by text NOT NULL,
  trigger_source text NOT NULL,
  alert_id text,
  alert_context jsonb,
  status text NOT NULL,
  trust_level integer,
  governance_mode text,
  steps_total integer NOT NULL DEFAULT 0,
  steps_executed integer NOT NULL DEFAULT 0,
  steps_skipped integer NOT NULL DEFAULT 0,
  steps_failed integer NOT NULL DEFAULT 0,
  mttr_seconds integer,
  state jsonb NOT NULL,
  event_count integer NOT NULL,
  started_at timestamp with time zone,
  completed_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT executions_governance_mode_check CHECK ((governance_mode = ANY (ARRAY['strict'::text, 'audit'::text]))),
  CONSTRAINT executions_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'preflight'::text, 'running'::text, 'paused'::text, 'stalled'::text, 'completed'::text, 'failed'::text, 'aborted'::text, 'timed_out'::text]))),
  CONSTRAINT executions_trigger_source_check CHECK ((trigger_source = ANY (ARRAY['slack_command'::text, 'alert_webhook'::text, 'api_call'::text, 'scheduled'::text]))),
  CONSTRAINT executions_trust_level_check CHECK (((trust_level >= 0) AND (trust_level <= 3))),
  CONSTRAINT executions_tenant_id_agent_id_fkey FOREIGN KEY (tenant_id, agent_id) REFERENCES run.agents(tenant_id, id),
  CONSTRAINT executions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT executions_tenant_id_runbook_id_fkey FOREIGN KEY (tenant_id, runbook_id) REFERENCES run.runbooks(tenant_id, id),
  CONSTRAINT executions_tenant_id_version_id_fkey FOREIGN KEY (tenant_id, version_id) REFERENCES run.runbook_versions(tenant_id, id),
  CONSTRAINT executions_pkey PRIMARY KEY (id),
  CONSTRAINT executions_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.executions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX executions_alert ON run.executions USING btree (tenant_id, alert_id) WHERE (alert_id IS NOT NULL);
CREATE INDEX executions_live ON run.executions USING btree (tenant_id, status) WHERE (status = ANY (ARRAY['pending'::text, 'preflight'::text, 'running'::text, 'paused'::text, 'stalled'::text]));
CREATE INDEX executions_runbook ON run.executions USING btree (runbook_id, created_at DESC);
CREATE INDEX executions_tenant ON run.executions USING btree (tenant_id, created_at DESC, id);
CREATE POLICY system_access ON run.executions FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.executions FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.executions TO dd0c_app;
GRANT SELECT ON run.executions TO dd0c_system;

CREATE TABLE run.governance_notices (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  given_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  counts jsonb NOT NULL,
  max_share_percent integer NOT NULL,
  status text NOT NULL,
  settled_at timestamp with time zone,
  settled_by text,
  CONSTRAINT governance_notices_check CHECK ((((status = 'open'::text) = (settled_at IS NULL)) AND ((settled_at IS NULL) = (settled_by IS NULL)))),
  CONSTRAINT governance_notices_status_check CHECK ((status = ANY (ARRAY['open'::text, 'withdrawn'::text, 'downgraded'::text, 'restored'::text]))),
  CONSTRAINT governance_notices_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT governance_notices_pkey PRIMARY KEY (id)
);
ALTER TABLE run.governance_notices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX governance_notices_open ON run.governance_notices USING btree (tenant_id) WHERE (status = 'open'::text);
CREATE INDEX governance_notices_tenant ON run.governance_notices USING btree (tenant_id, given_at DESC);
CREATE POLICY tenant_isolation ON run.governance_notices FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (status, settled_at, settled_by) ON run.governance_notices TO dd0c_app;

CREATE TABLE run.governance_reports (
  tenant_id uuid NOT NULL,
  week_start timestamp with time zone NOT NULL,
  counts jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT governance_reports_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT governance_reports_pkey PRIMARY KEY (tenant_id, week_start)
);
ALTER TABLE run.governance_reports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.governance_reports FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.governance_reports TO dd0c_app;

CREATE TABLE run.idempotency_keys (
  tenant_id uuid NOT NULL,
  actor_id text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  status integer,
  response jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, actor_id, key)
);
ALTER TABLE run.idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX idempotency_keys_expiry ON run.idempotency_keys USING btree (expires_at);
CREATE POLICY system_access ON run.idempotency_keys FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.idempotency_keys FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON run.idempotency_keys TO dd0c_app;
GRANT DELETE, SELECT ON run.idempotency_keys TO dd0c_system;

CREATE TABLE run.integration_closings (
  integration_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  adds_note boolean NOT NULL,
  resolves text NOT NULL,
  api_url text NOT NULL,
  acts_as text,
  sealed_token text NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT integration_closings_acts_as_check CHECK (((length(acts_as) >= 1) AND (length(acts_as) <= 320))),
  CONSTRAINT integration_closings_api_url_check CHECK (((length(api_url) >= 1) AND (length(api_url) <= 500))),
  CONSTRAINT integration_closings_resolves_check CHECK ((resolves = ANY (ARRAY['never'::text, 'when_asked'::text, 'when_completed'::text]))),
  CONSTRAINT integration_closings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT integration_closings_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES run.integrations(tenant_id, id),
  CONSTRAINT integration_closings_pkey PRIMARY KEY (integration_id)
);
ALTER TABLE run.integration_closings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX integration_closings_tenant ON run.integration_closings USING btree (tenant_id);
CREATE POLICY tenant_isolation ON run.integration_closings FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON run.integration_closings TO dd0c_app;

CREATE TABLE run.integration_secrets (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  integration_id uuid NOT NULL,
  sealed text NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone,
  CONSTRAINT integration_secrets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT integration_secrets_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES run.integrations(tenant_id, id),
  CONSTRAINT integration_secrets_pkey PRIMARY KEY (id)
);
ALTER TABLE run.integration_secrets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX integration_secrets_integration ON run.integration_secrets USING btree (integration_id, created_at);
CREATE POLICY system_access ON run.integration_secrets FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.integration_secrets FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (expires_at) ON run.integration_secrets TO dd0c_app;
GRANT SELECT ON run.integration_secrets TO dd0c_system;

CREATE TABLE run.integrations (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  alert_map jsonb,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  CONSTRAINT integrations_kind_check CHECK ((kind = ANY (ARRAY['pagerduty'::text, 'opsgenie'::text, 'alertmanager'::text, 'grafana'::text, 'dd0c-alert'::text, 'generic'::text]))),
  CONSTRAINT integrations_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  CONSTRAINT integrations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT integrations_pkey PRIMARY KEY (id),
  CONSTRAINT integrations_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.integrations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX integrations_tenant ON run.integrations USING btree (tenant_id, created_at) WHERE (revoked_at IS NULL);
CREATE POLICY system_access ON run.integrations FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.integrations FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (name, alert_map, revoked_at) ON run.integrations TO dd0c_app;
GRANT SELECT ON run.integrations TO dd0c_system;

CREATE TABLE run.invitations (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  for_member text,
  token_hash text NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT invitations_check CHECK ((expires_at > created_at)),
  CONSTRAINT invitations_check1 CHECK (((accepted_at IS NULL) OR (revoked_at IS NULL))),
  CONSTRAINT invitations_email_check CHECK (((length(email) >= 3) AND (length(email) <= 320))),
  CONSTRAINT invitations_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'approver'::text, 'operator'::text, 'viewer'::text, 'author'::text]))),
  CONSTRAINT invitations_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT invitations_pkey PRIMARY KEY (id),
  CONSTRAINT invitations_token_hash_key UNIQUE (token_hash)
);
ALTER TABLE run.invitations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX invitations_open ON run.invitations USING btree (tenant_id, created_at) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE POLICY system_access ON run.invitations FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.invitations FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (accepted_at, revoked_at) ON run.invitations TO dd0c_app;
GRANT SELECT ON run.invitations TO dd0c_system;

CREATE TABLE run.llm_answers (
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  purpose text NOT NULL,
  answer jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT llm_answers_key_check CHECK ((key ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT llm_answers_purpose_check CHECK ((purpose = ANY (ARRAY['classify'::text, 'review'::text]))),
  CONSTRAINT llm_answers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT llm_answers_pkey PRIMARY KEY (tenant_id, key)
);
ALTER TABLE run.llm_answers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX llm_answers_age ON run.llm_answers USING btree (created_at);
CREATE POLICY system_access ON run.llm_answers FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.llm_answers FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.llm_answers TO dd0c_app;
GRANT DELETE, SELECT ON run.llm_answers TO dd0c_system;

CREATE TABLE run.llm_calls (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  called_at timestamp with time zone NOT NULL,
  purpose text NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  prompt_hash text NOT NULL,
  content_hash text NOT NULL,
  masked_secrets integer NOT NULL,
  sent_bytes bigint NOT NULL,
  received_bytes bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  estimated boolean NOT NULL,
  cost_micros bigint,
  attempts integer NOT NULL,
  duration_ms integer NOT NULL,
  outcome text NOT NULL,
  CONSTRAINT llm_calls_attempts_check CHECK ((attempts >= 0)),
  CONSTRAINT llm_calls_cost_micros_check CHECK ((cost_micros >= 0)),
  CONSTRAINT llm_calls_duration_ms_check CHECK ((duration_ms >= 0)),
  CONSTRAINT llm_calls_input_tokens_check CHECK ((input_tokens >= 0)),
  CONSTRAINT llm_calls_masked_secrets_check CHECK ((masked_secrets >= 0)),
  CONSTRAINT llm_calls_output_tokens_check CHECK ((output_tokens >= 0)),
  CONSTRAINT llm_calls_purpose_check CHECK ((purpose = ANY (ARRAY['classify'::text, 'review'::text]))),
  CONSTRAINT llm_calls_received_bytes_check CHECK ((received_bytes >= 0)),
  CONSTRAINT llm_calls_sent_bytes_check CHECK ((sent_bytes >= 0)),
  CONSTRAINT llm_calls_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT llm_calls_pkey PRIMARY KEY (id)
);
ALTER TABLE run.llm_calls ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX llm_calls_age ON run.llm_calls USING btree (called_at);
CREATE INDEX llm_calls_latest ON run.llm_calls USING btree (tenant_id, called_at DESC);
CREATE POLICY system_access ON run.llm_calls FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.llm_calls FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.llm_calls TO dd0c_app;
GRANT DELETE, SELECT ON run.llm_calls TO dd0c_system;

CREATE TABLE run.llm_disagreements (
  tenant_id uuid NOT NULL,
  command_hash text NOT NULL,
  model text NOT NULL,
  prompt_hash text NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  CONSTRAINT llm_disagreements_command_hash_check CHECK ((command_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT llm_disagreements_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT llm_disagreements_pkey PRIMARY KEY (tenant_id, command_hash, model, prompt_hash)
);
ALTER TABLE run.llm_disagreements ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.llm_disagreements FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (seen_at) ON run.llm_disagreements TO dd0c_app;

CREATE TABLE run.llm_usage (
  tenant_id uuid NOT NULL,
  month text NOT NULL,
  model text NOT NULL,
  calls bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  cost_micros bigint NOT NULL,
  CONSTRAINT llm_usage_calls_check CHECK ((calls >= 0)),
  CONSTRAINT llm_usage_cost_micros_check CHECK ((cost_micros >= 0)),
  CONSTRAINT llm_usage_input_tokens_check CHECK ((input_tokens >= 0)),
  CONSTRAINT llm_usage_month_check CHECK ((month ~ '^[0-9]{4}-[0-9]{2}$'::text)),
  CONSTRAINT llm_usage_output_tokens_check CHECK ((output_tokens >= 0)),
  CONSTRAINT llm_usage_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT llm_usage_pkey PRIMARY KEY (tenant_id, month, model)
);
ALTER TABLE run.llm_usage ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.llm_usage FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (calls, input_tokens, output_tokens, cost_micros) ON run.llm_usage TO dd0c_app;

CREATE TABLE run.members (
  tenant_id uuid NOT NULL,
  user_id text NOT NULL,
  role text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  slack_user_id text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  removed_at timestamp with time zone,
  slack_name text,
  slack_linked_at timestamp with time zone,
  CONSTRAINT members_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'approver'::text, 'operator'::text, 'viewer'::text, 'author'::text]))),
  CONSTRAINT members_slack_name_check CHECK (((length(slack_name) >= 1) AND (length(slack_name) <= 200))),
  CONSTRAINT members_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT members_pkey PRIMARY KEY (tenant_id, user_id)
);
ALTER TABLE run.members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX members_slack_user ON run.members USING btree (tenant_id, slack_user_id) WHERE ((slack_user_id IS NOT NULL) AND (removed_at IS NULL));
CREATE INDEX members_user ON run.members USING btree (user_id);
CREATE POLICY system_access ON run.members FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.members FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.members TO dd0c_app;
GRANT INSERT, SELECT ON run.members TO dd0c_system;

CREATE TABLE run.outbound_attempts (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  tenant_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  attempt integer NOT NULL,
  outcome text NOT NULL,
  status integer,
  error text,
  duration_ms integer NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT outbound_attempts_error_check CHECK ((length(error) <= 1000)),
  CONSTRAINT outbound_attempts_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'retry'::text, 'gone'::text, 'refused'::text]))),
  CONSTRAINT outbound_attempts_tenant_id_delivery_id_fkey FOREIGN KEY (tenant_id, delivery_id) REFERENCES run.outbound_deliveries(tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT outbound_attempts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT outbound_attempts_pkey PRIMARY KEY (id)
);
ALTER TABLE run.outbound_attempts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX outbound_attempts_delivery ON run.outbound_attempts USING btree (delivery_id, id);
CREATE POLICY tenant_isolation ON run.outbound_attempts FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.outbound_attempts TO dd0c_app;

CREATE TABLE run.outbound_cursors (
  target_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  seq bigint NOT NULL,
  CONSTRAINT outbound_cursors_kind_check CHECK ((kind = ANY (ARRAY['webhook'::text, 'pagerduty'::text, 'opsgenie'::text, 'dd0c-alert'::text]))),
  CONSTRAINT outbound_cursors_seq_check CHECK ((seq >= 0)),
  CONSTRAINT outbound_cursors_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT outbound_cursors_pkey PRIMARY KEY (target_id)
);
ALTER TABLE run.outbound_cursors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX outbound_cursors_tenant ON run.outbound_cursors USING btree (tenant_id);
CREATE POLICY system_access ON run.outbound_cursors FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.outbound_cursors FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT DELETE, INSERT, SELECT, UPDATE (seq) ON run.outbound_cursors TO dd0c_app;
GRANT SELECT ON run.outbound_cursors TO dd0c_system;

CREATE TABLE run.outbound_deliveries (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  target_id uuid NOT NULL,
  event_type text NOT NULL,
  execution_id uuid,
  dedup_key text NOT NULL,
  payload jsonb NOT NULL,
  state text NOT NULL DEFAULT 'waiting'::text,
  attempts integer NOT NULL DEFAULT 0,
  attempts_before integer NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL,
  claimed_by text,
  claimed_until timestamp with time zone,
  last_status integer,
  last_error text,
  created_at timestamp with time zone NOT NULL,
  delivered_at timestamp with time zone,
  CONSTRAINT outbound_deliveries_dedup_key_check CHECK (((length(dedup_key) >= 1) AND (length(dedup_key) <= 200))),
  CONSTRAINT outbound_deliveries_event_type_check CHECK (((length(event_type) >= 1) AND (length(event_type) <= 100))),
  CONSTRAINT outbound_deliveries_kind_check CHECK ((kind = ANY (ARRAY['webhook'::text, 'pagerduty'::text, 'opsgenie'::text, 'dd0c-alert'::text]))),
  CONSTRAINT outbound_deliveries_last_error_check CHECK ((length(last_error) <= 1000)),
  CONSTRAINT outbound_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'given_up'::text, 'cancelled'::text]))),
  CONSTRAINT outbound_deliveries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT outbound_deliveries_pkey PRIMARY KEY (id),
  CONSTRAINT outbound_deliveries_tenant_id_dedup_key_key UNIQUE (tenant_id, dedup_key),
  CONSTRAINT outbound_deliveries_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.outbound_deliveries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX outbound_deliveries_due ON run.outbound_deliveries USING btree (next_attempt_at) WHERE (state = 'waiting'::text);
CREATE INDEX outbound_deliveries_target ON run.outbound_deliveries USING btree (tenant_id, target_id, created_at DESC, id);
CREATE INDEX outbound_deliveries_tenant ON run.outbound_deliveries USING btree (tenant_id, created_at DESC, id);
CREATE POLICY system_access ON run.outbound_deliveries FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.outbound_deliveries FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (state, attempts, attempts_before, next_attempt_at, claimed_by, claimed_until, last_status, last_error, delivered_at) ON run.outbound_deliveries TO dd0c_app;
GRANT DELETE, SELECT, UPDATE (attempts, claimed_by, claimed_until) ON run.outbound_deliveries TO dd0c_system;

CREATE TABLE run.outbox (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  execution_id uuid,
  agent_id uuid,
  payload jsonb NOT NULL,
  available_at timestamp with time zone NOT NULL,
  claimed_by text,
  claimed_until timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  done_at timestamp with time zone,
  voided_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT outbox_pkey PRIMARY KEY (id)
);
ALTER TABLE run.outbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX outbox_execution ON run.outbox USING btree (execution_id) WHERE ((done_at IS NULL) AND (voided_at IS NULL));
CREATE INDEX outbox_open ON run.outbox USING btree (kind, available_at, id) WHERE ((done_at IS NULL) AND (voided_at IS NULL));
CREATE POLICY system_access ON run.outbox FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.outbox FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.outbox TO dd0c_app;
GRANT SELECT, UPDATE ON run.outbox TO dd0c_system;

CREATE TABLE run.panic_history (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  panic boolean NOT NULL,
  reason text,
  actor_type text NOT NULL,
  actor_id text NOT NULL,
  actor_via text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT panic_history_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT panic_history_pkey PRIMARY KEY (id)
);
ALTER TABLE run.panic_history ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX panic_history_tenant ON run.panic_history USING btree (tenant_id, occurred_at DESC);
CREATE POLICY system_access ON run.panic_history FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.panic_history FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.panic_history TO dd0c_app;
GRANT SELECT ON run.panic_history TO dd0c_system;

CREATE TABLE run.panic_webhooks (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  secret_hash text NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT panic_webhooks_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  CONSTRAINT panic_webhooks_secret_hash_check CHECK ((secret_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT panic_webhooks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT panic_webhooks_pkey PRIMARY KEY (id)
);
ALTER TABLE run.panic_webhooks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX panic_webhooks_tenant ON run.panic_webhooks USING btree (tenant_id, created_at) WHERE (revoked_at IS NULL);
CREATE POLICY system_access ON run.panic_webhooks FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.panic_webhooks FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (last_used_at, revoked_at) ON run.panic_webhooks TO dd0c_app;
GRANT SELECT ON run.panic_webhooks TO dd0c_system;

CREATE TABLE run.party_mode (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  cause text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}'::jsonb,
  entered_at timestamp with time zone NOT NULL,
  cleared_at timestamp with time zone,
  cleared_by text,
  clear_reason text,
  agreed_at timestamp with time zone,
  agreed_by text,
  agree_reason text,
  CONSTRAINT party_mode_agreed_whole CHECK ((((agreed_at IS NULL) = (agreed_by IS NULL)) AND ((agreed_at IS NULL) = (agree_reason IS NULL)))),
  CONSTRAINT party_mode_check CHECK ((((cleared_at IS NULL) = (cleared_by IS NULL)) AND ((cleared_at IS NULL) = (clear_reason IS NULL)))),
  CONSTRAINT party_mode_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT party_mode_pkey PRIMARY KEY (id)
);
ALTER TABLE run.party_mode ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX party_mode_active ON run.party_mode USING btree (tenant_id) WHERE (cleared_at IS NULL);
CREATE POLICY system_access ON run.party_mode FOR SELECT TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.party_mode FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (cleared_at, cleared_by, clear_reason, agreed_at, agreed_by, agree_reason) ON run.party_mode TO dd0c_app;
GRANT SELECT ON run.party_mode TO dd0c_system;

CREATE TABLE run.runbook_reviews (
  tenant_id uuid NOT NULL,
  version_id uuid NOT NULL,
  reviewed_by text NOT NULL,
  reviewed_via text NOT NULL,
  version_hash text NOT NULL,
  note text,
  reviewed_at timestamp with time zone NOT NULL,
  CONSTRAINT runbook_reviews_version_hash_check CHECK ((version_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT runbook_reviews_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT runbook_reviews_tenant_id_version_id_fkey FOREIGN KEY (tenant_id, version_id) REFERENCES run.runbook_versions(tenant_id, id),
  CONSTRAINT runbook_reviews_pkey PRIMARY KEY (tenant_id, version_id, reviewed_by)
);
ALTER TABLE run.runbook_reviews ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.runbook_reviews FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.runbook_reviews TO dd0c_app;

CREATE TABLE run.runbook_versions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  runbook_id uuid NOT NULL,
  version_number integer NOT NULL,
  source_type text NOT NULL,
  raw_source_text text NOT NULL,
  raw_source_hash text NOT NULL,
  parsed_structure jsonb NOT NULL,
  parser_version text NOT NULL,
  parse_duration_ms double precision,
  llm_model_used text,
  change_source text NOT NULL DEFAULT 'manual'::text,
  created_by_type text NOT NULL,
  created_by text NOT NULL,
  created_by_via text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT runbook_versions_raw_source_hash_check CHECK ((raw_source_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT runbook_versions_version_number_check CHECK ((version_number >= 1)),
  CONSTRAINT runbook_versions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT runbook_versions_tenant_id_runbook_id_fkey FOREIGN KEY (tenant_id, runbook_id) REFERENCES run.runbooks(tenant_id, id),
  CONSTRAINT runbook_versions_pkey PRIMARY KEY (id),
  CONSTRAINT runbook_versions_runbook_id_version_number_key UNIQUE (runbook_id, version_number),
  CONSTRAINT runbook_versions_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.runbook_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.runbook_versions FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.runbook_versions TO dd0c_app;

CREATE TABLE run.runbooks (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  title text NOT NULL,
  service_tag text,
  team_tag text,
  trust_level integer NOT NULL DEFAULT 0,
  governance_override text,
  active_version integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  deleted_at timestamp with time zone,
  policy_lock jsonb,
  suggested_level integer,
  suggested_at timestamp with time zone,
  CONSTRAINT runbooks_active_version_check CHECK ((active_version >= 1)),
  CONSTRAINT runbooks_governance_override_check CHECK ((governance_override = ANY (ARRAY['strict'::text, 'audit'::text]))),
  CONSTRAINT runbooks_suggested_level_check CHECK (((suggested_level >= 1) AND (suggested_level <= 3))),
  CONSTRAINT runbooks_trust_level_check CHECK (((trust_level >= 0) AND (trust_level <= 3))),
  CONSTRAINT runbooks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT runbooks_pkey PRIMARY KEY (id),
  CONSTRAINT runbooks_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.runbooks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX runbooks_service ON run.runbooks USING btree (tenant_id, service_tag) WHERE (deleted_at IS NULL);
CREATE INDEX runbooks_tenant ON run.runbooks USING btree (tenant_id, updated_at DESC, id) WHERE (deleted_at IS NULL);
CREATE TRIGGER trust_needs_admin BEFORE UPDATE OF trust_level ON run.runbooks FOR EACH ROW EXECUTE FUNCTION run.refuse_unexplained_trust();
CREATE POLICY tenant_isolation ON run.runbooks FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.runbooks TO dd0c_app;

CREATE TABLE run.schema_migrations (
  name text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT schema_migrations_pkey PRIMARY KEY (name)
);

CREATE TABLE run.settings (
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  value jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT settings_pkey PRIMARY KEY (tenant_id, key)
);
ALTER TABLE run.settings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.settings FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.settings TO dd0c_app;

CREATE TABLE run.slack_deliveries (
  tenant_id uuid NOT NULL,
  key_hash text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT slack_deliveries_key_hash_check CHECK ((key_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT slack_deliveries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT slack_deliveries_pkey PRIMARY KEY (tenant_id, key_hash)
);
ALTER TABLE run.slack_deliveries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX slack_deliveries_received ON run.slack_deliveries USING btree (received_at);
CREATE POLICY tenant_isolation ON run.slack_deliveries FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT DELETE, INSERT, SELECT ON run.slack_deliveries TO dd0c_app;

CREATE TABLE run.slack_link_codes (
  code_hash text NOT NULL,
  tenant_id uuid NOT NULL,
  slack_user_id text NOT NULL,
  slack_name text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT slack_link_codes_check CHECK ((expires_at > created_at)),
  CONSTRAINT slack_link_codes_code_hash_check CHECK ((code_hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT slack_link_codes_slack_name_check CHECK (((length(slack_name) >= 1) AND (length(slack_name) <= 200))),
  CONSTRAINT slack_link_codes_slack_user_id_check CHECK (((length(slack_user_id) >= 1) AND (length(slack_user_id) <= 100))),
  CONSTRAINT slack_link_codes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT slack_link_codes_pkey PRIMARY KEY (code_hash)
);
ALTER TABLE run.slack_link_codes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX slack_link_codes_tenant ON run.slack_link_codes USING btree (tenant_id, expires_at);
CREATE POLICY tenant_isolation ON run.slack_link_codes FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT DELETE, INSERT, SELECT, UPDATE (used_at) ON run.slack_link_codes TO dd0c_app;

CREATE TABLE run.slack_messages (
  thread_id uuid NOT NULL,
  key text NOT NULL,
  tenant_id uuid NOT NULL,
  ts text,
  body_hash text NOT NULL,
  written_at timestamp with time zone NOT NULL,
  CONSTRAINT slack_messages_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  CONSTRAINT slack_messages_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT slack_messages_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES run.slack_threads(id),
  CONSTRAINT slack_messages_pkey PRIMARY KEY (thread_id, key)
);
ALTER TABLE run.slack_messages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX slack_messages_tenant ON run.slack_messages USING btree (tenant_id);
CREATE POLICY tenant_isolation ON run.slack_messages FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT DELETE, INSERT, SELECT, UPDATE (ts, body_hash, written_at) ON run.slack_messages TO dd0c_app;

CREATE TABLE run.slack_threads (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  channel_id text NOT NULL,
  execution_id uuid,
  alert jsonb,
  state text NOT NULL DEFAULT 'open'::text,
  problem text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT slack_threads_channel_id_check CHECK (((length(channel_id) >= 1) AND (length(channel_id) <= 100))),
  CONSTRAINT slack_threads_check CHECK (((execution_id IS NOT NULL) OR (alert IS NOT NULL))),
  CONSTRAINT slack_threads_state_check CHECK ((state = ANY (ARRAY['open'::text, 'settled'::text, 'broken'::text]))),
  CONSTRAINT slack_threads_execution_id_fkey FOREIGN KEY (execution_id) REFERENCES run.executions(id),
  CONSTRAINT slack_threads_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT slack_threads_pkey PRIMARY KEY (id)
);
ALTER TABLE run.slack_threads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX slack_threads_execution ON run.slack_threads USING btree (execution_id) WHERE (execution_id IS NOT NULL);
CREATE UNIQUE INDEX slack_threads_offer ON run.slack_threads USING btree (tenant_id, ((alert ->> 'offer_id'::text))) WHERE (alert IS NOT NULL);
CREATE INDEX slack_threads_open ON run.slack_threads USING btree (tenant_id, state, created_at);
CREATE POLICY tenant_isolation ON run.slack_threads FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (execution_id, state, problem) ON run.slack_threads TO dd0c_app;

CREATE TABLE run.step_executions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  execution_id uuid NOT NULL,
  "position" integer NOT NULL,
  step_id text NOT NULL,
  step_order integer NOT NULL,
  sub integer NOT NULL,
  origin text NOT NULL,
  parent_step_execution_id uuid,
  agent_id uuid,
  command_as_executed text,
  risk_level text NOT NULL,
  status text NOT NULL,
  attempt integer NOT NULL DEFAULT 0,
  digest text,
  gate_decision text,
  exit_code integer,
  duration_ms integer,
  stdout_hash text,
  stderr_hash text,
  approved_by text,
  approval_note text,
  was_modified boolean NOT NULL DEFAULT false,
  original_command text,
  rollback_command text,
  rollback_executed boolean NOT NULL DEFAULT false,
  rollback_exit_code integer,
  state jsonb NOT NULL,
  not_after timestamp with time zone,
  started_at timestamp with time zone,
  completed_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT step_executions_gate_decision_check CHECK ((gate_decision = ANY (ARRAY['auto'::text, 'ask'::text, 'typed'::text, 'suggest'::text, 'blocked'::text]))),
  CONSTRAINT step_executions_origin_check CHECK ((origin = ANY (ARRAY['runbook'::text, 'unlisted'::text, 'rollback'::text, 'capture'::text]))),
  CONSTRAINT step_executions_risk_level_check CHECK ((risk_level = ANY (ARRAY['safe'::text, 'caution'::text, 'dangerous'::text, 'unknown'::text]))),
  CONSTRAINT step_executions_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'auto_executing'::text, 'awaiting_approval'::text, 'executing'::text, 'completed'::text, 'failed'::text, 'skipped'::text, 'timed_out'::text, 'rolling_back'::text, 'rolled_back'::text, 'suggested'::text, 'blocked'::text, 'outcome_unknown'::text, 'manual_intervention'::text]))),
  CONSTRAINT step_executions_tenant_id_execution_id_fkey FOREIGN KEY (tenant_id, execution_id) REFERENCES run.executions(tenant_id, id),
  CONSTRAINT step_executions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT step_executions_pkey PRIMARY KEY (id),
  CONSTRAINT step_executions_execution_id_position_key UNIQUE (execution_id, "position"),
  CONSTRAINT step_executions_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.step_executions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX step_executions_in_flight ON run.step_executions USING btree (tenant_id, agent_id) WHERE (status = ANY (ARRAY['auto_executing'::text, 'executing'::text, 'rolling_back'::text]));
CREATE INDEX step_executions_step ON run.step_executions USING btree (tenant_id, step_id);
CREATE POLICY tenant_isolation ON run.step_executions FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE ON run.step_executions TO dd0c_app;

CREATE TABLE run.step_outputs (
  tenant_id uuid NOT NULL,
  step_execution_id uuid NOT NULL,
  attempt integer NOT NULL,
  stream text NOT NULL,
  first_byte bigint NOT NULL,
  bytes bytea NOT NULL,
  arrival bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT step_outputs_first_byte_check CHECK ((first_byte >= 0)),
  CONSTRAINT step_outputs_stream_check CHECK ((stream = ANY (ARRAY['stdout'::text, 'stderr'::text]))),
  CONSTRAINT step_outputs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT step_outputs_tenant_id_step_execution_id_fkey FOREIGN KEY (tenant_id, step_execution_id) REFERENCES run.step_executions(tenant_id, id),
  CONSTRAINT step_outputs_pkey PRIMARY KEY (step_execution_id, attempt, stream, first_byte)
);
ALTER TABLE run.step_outputs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.step_outputs FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.step_outputs TO dd0c_app;

CREATE TABLE run.steps (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  runbook_version_id uuid NOT NULL,
  step_id text NOT NULL,
  step_order integer NOT NULL,
  sub integer NOT NULL,
  label text NOT NULL,
  kind text NOT NULL,
  section text,
  description text NOT NULL,
  command text,
  expected_output text,
  rollback_command text,
  risk_level text,
  timeout_ms integer,
  line integer,
  end_line integer,
  variables jsonb NOT NULL DEFAULT '[]'::jsonb,
  branch_logic jsonb,
  prerequisites jsonb NOT NULL DEFAULT '[]'::jsonb,
  ambiguities jsonb NOT NULL DEFAULT '[]'::jsonb,
  CONSTRAINT steps_check CHECK (((command IS NULL) = (risk_level IS NULL))),
  CONSTRAINT steps_kind_check CHECK ((kind = ANY (ARRAY['command'::text, 'manual'::text, 'link'::text]))),
  CONSTRAINT steps_risk_level_check CHECK ((risk_level = ANY (ARRAY['safe'::text, 'caution'::text, 'unknown'::text, 'dangerous'::text]))),
  CONSTRAINT steps_step_order_check CHECK ((step_order >= 1)),
  CONSTRAINT steps_sub_check CHECK ((sub >= 0)),
  CONSTRAINT steps_timeout_ms_check CHECK ((timeout_ms > 0)),
  CONSTRAINT steps_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT steps_tenant_id_runbook_version_id_fkey FOREIGN KEY (tenant_id, runbook_version_id) REFERENCES run.runbook_versions(tenant_id, id),
  CONSTRAINT steps_pkey PRIMARY KEY (id),
  CONSTRAINT steps_runbook_version_id_step_id_key UNIQUE (runbook_version_id, step_id),
  CONSTRAINT steps_runbook_version_id_step_order_sub_key UNIQUE (runbook_version_id, step_order, sub),
  CONSTRAINT steps_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.steps ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.steps FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.steps TO dd0c_app;

CREATE TABLE run.suggestion_decisions (
  tenant_id uuid NOT NULL,
  runbook_id uuid NOT NULL,
  key text NOT NULL,
  decision text NOT NULL,
  summary text NOT NULL,
  runs jsonb NOT NULL,
  reason text,
  version_number integer,
  decided_by text NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  CONSTRAINT suggestion_decisions_check CHECK (((decision = 'applied'::text) = (version_number IS NOT NULL))),
  CONSTRAINT suggestion_decisions_check1 CHECK (((decision = 'applied'::text) OR (reason IS NOT NULL))),
  CONSTRAINT suggestion_decisions_decision_check CHECK ((decision = ANY (ARRAY['applied'::text, 'dismissed'::text]))),
  CONSTRAINT suggestion_decisions_key_check CHECK ((key ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT suggestion_decisions_runbook_id_fkey FOREIGN KEY (runbook_id) REFERENCES run.runbooks(id),
  CONSTRAINT suggestion_decisions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT suggestion_decisions_pkey PRIMARY KEY (tenant_id, runbook_id, key, decided_at)
);
ALTER TABLE run.suggestion_decisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.suggestion_decisions FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT ON run.suggestion_decisions TO dd0c_app;

CREATE TABLE run.system_settings (
  key text NOT NULL,
  value jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT system_settings_pkey PRIMARY KEY (key)
);
ALTER TABLE run.system_settings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY readable ON run.system_settings FOR SELECT TO dd0c_app USING (true);
CREATE POLICY system_access ON run.system_settings FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
GRANT SELECT ON run.system_settings TO dd0c_app;
GRANT INSERT, SELECT, UPDATE ON run.system_settings TO dd0c_system;

CREATE TABLE run.tenants (
  id uuid NOT NULL,
  name text NOT NULL,
  slug text NOT NULL,
  plan text NOT NULL DEFAULT 'unlimited'::text,
  trust_max_level integer NOT NULL DEFAULT 2,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT tenants_plan_check CHECK ((plan = ANY (ARRAY['free'::text, 'pro'::text, 'business'::text, 'unlimited'::text]))),
  CONSTRAINT tenants_trust_max_level_check CHECK (((trust_max_level >= 0) AND (trust_max_level <= 3))),
  CONSTRAINT tenants_pkey PRIMARY KEY (id),
  CONSTRAINT tenants_slug_key UNIQUE (slug)
);
ALTER TABLE run.tenants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY system_access ON run.tenants FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
CREATE POLICY tenant_isolation ON run.tenants FOR ALL TO dd0c_app USING ((id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT SELECT, UPDATE (name) ON run.tenants TO dd0c_app;
GRANT INSERT, SELECT, UPDATE ON run.tenants TO dd0c_system;

CREATE TABLE run.turns (
  name text NOT NULL,
  holder text NOT NULL,
  until timestamp with time zone NOT NULL,
  CONSTRAINT turns_pkey PRIMARY KEY (name)
);
ALTER TABLE run.turns ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY system_access ON run.turns FOR ALL TO dd0c_system USING ((( SELECT run.system_reason() AS system_reason) IS NOT NULL)) WITH CHECK ((( SELECT run.system_reason() AS system_reason) IS NOT NULL));
GRANT INSERT, SELECT, UPDATE ON run.turns TO dd0c_system;

CREATE TABLE run.unknown_commands (
  tenant_id uuid NOT NULL,
  program text NOT NULL,
  reason text NOT NULL,
  seen bigint NOT NULL,
  first_seen timestamp with time zone NOT NULL,
  last_seen timestamp with time zone NOT NULL,
  CONSTRAINT unknown_commands_program_check CHECK ((program ~ '^([A-Za-z0-9._+-]{1,64}|\((other|shell)\))$'::text)),
  CONSTRAINT unknown_commands_reason_check CHECK ((reason ~ '^[a-z_]{1,32}$'::text)),
  CONSTRAINT unknown_commands_seen_check CHECK ((seen > 0)),
  CONSTRAINT unknown_commands_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT unknown_commands_pkey PRIMARY KEY (tenant_id, program, reason)
);
ALTER TABLE run.unknown_commands ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.unknown_commands FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (seen, last_seen) ON run.unknown_commands TO dd0c_app;

CREATE TABLE run.webhook_endpoint_secrets (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  sealed text NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone,
  CONSTRAINT webhook_endpoint_secrets_tenant_id_endpoint_id_fkey FOREIGN KEY (tenant_id, endpoint_id) REFERENCES run.webhook_endpoints(tenant_id, id),
  CONSTRAINT webhook_endpoint_secrets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT webhook_endpoint_secrets_pkey PRIMARY KEY (id)
);
ALTER TABLE run.webhook_endpoint_secrets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX webhook_endpoint_secrets_endpoint ON run.webhook_endpoint_secrets USING btree (endpoint_id, created_at);
CREATE POLICY tenant_isolation ON run.webhook_endpoint_secrets FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (expires_at) ON run.webhook_endpoint_secrets TO dd0c_app;

CREATE TABLE run.webhook_endpoints (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  url text NOT NULL,
  description text NOT NULL,
  event_types jsonb NOT NULL,
  enabled boolean NOT NULL,
  disabled_reason text,
  disabled_at timestamp with time zone,
  failing_since timestamp with time zone,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone,
  CONSTRAINT webhook_endpoints_description_check CHECK ((length(description) <= 200)),
  CONSTRAINT webhook_endpoints_disabled_reason_check CHECK ((disabled_reason = ANY (ARRAY['person'::text, 'gone'::text, 'failing'::text]))),
  CONSTRAINT webhook_endpoints_url_check CHECK (((length(url) >= 1) AND (length(url) <= 2000))),
  CONSTRAINT webhook_endpoints_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES run.tenants(id),
  CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_endpoints_tenant_id_id_key UNIQUE (tenant_id, id)
);
ALTER TABLE run.webhook_endpoints ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX webhook_endpoints_tenant ON run.webhook_endpoints USING btree (tenant_id, created_at) WHERE (removed_at IS NULL);
CREATE POLICY tenant_isolation ON run.webhook_endpoints FOR ALL TO dd0c_app USING ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id))) WITH CHECK ((tenant_id = ( SELECT run.current_tenant_id() AS current_tenant_id)));
GRANT INSERT, SELECT, UPDATE (url, description, event_types, enabled, disabled_reason, disabled_at, failing_since, removed_at) ON run.webhook_endpoints TO dd0c_app;
