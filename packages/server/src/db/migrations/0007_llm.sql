-- The language model per tenant: answers that can be used again, every call with what it used, usage per month, disagreements with the scanner.
-- sunset_date: none (nothing is replaced)

-- Answers by the hash of everything that was asked. One tenant's answers are never another's, even for the same text.
CREATE TABLE run.llm_answers (
  tenant_id  uuid NOT NULL REFERENCES run.tenants (id),
  key        text NOT NULL CHECK (key ~ '^[0-9a-f]{64}$'),
  purpose    text NOT NULL CHECK (purpose IN ('classify', 'review')),
  answer     jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX llm_answers_age ON run.llm_answers (created_at);

-- One row per question that left: when, what for, to which model, how much; never what was in it.
CREATE TABLE run.llm_calls (
  id             uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL REFERENCES run.tenants (id),
  called_at      timestamptz NOT NULL,
  purpose        text NOT NULL CHECK (purpose IN ('classify', 'review')),
  provider       text NOT NULL,
  model          text NOT NULL,
  prompt_hash    text NOT NULL,
  -- Of the data that was sent, secrets masked.
  content_hash   text NOT NULL,
  masked_secrets int NOT NULL CHECK (masked_secrets >= 0),
  sent_bytes     bigint NOT NULL CHECK (sent_bytes >= 0),
  received_bytes bigint NOT NULL CHECK (received_bytes >= 0),
  input_tokens   bigint NOT NULL CHECK (input_tokens >= 0),
  output_tokens  bigint NOT NULL CHECK (output_tokens >= 0),
  -- The provider did not say how many tokens; they were estimated from the bytes.
  estimated      boolean NOT NULL,
  -- Millionths of a US dollar; null where the model has no price.
  cost_micros    bigint CHECK (cost_micros >= 0),
  attempts       int NOT NULL CHECK (attempts >= 0),
  duration_ms    int NOT NULL CHECK (duration_ms >= 0),
  -- "answered", or why there was no answer.
  outcome        text NOT NULL
);
CREATE INDEX llm_calls_latest ON run.llm_calls (tenant_id, called_at DESC);
CREATE INDEX llm_calls_age ON run.llm_calls (called_at);

CREATE TABLE run.llm_usage (
  tenant_id     uuid NOT NULL REFERENCES run.tenants (id),
  -- Calendar month in UTC, "2026-03".
  month         text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  model         text NOT NULL,
  calls         bigint NOT NULL CHECK (calls >= 0),
  input_tokens  bigint NOT NULL CHECK (input_tokens >= 0),
  output_tokens bigint NOT NULL CHECK (output_tokens >= 0),
  cost_micros   bigint NOT NULL CHECK (cost_micros >= 0),
  PRIMARY KEY (tenant_id, month, model)
);

-- The model called safe what the scanner calls dangerous: by the command's hash, once each.
CREATE TABLE run.llm_disagreements (
  tenant_id    uuid NOT NULL REFERENCES run.tenants (id),
  command_hash text NOT NULL CHECK (command_hash ~ '^[0-9a-f]{64}$'),
  model        text NOT NULL,
  prompt_hash  text NOT NULL,
  seen_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, command_hash, model, prompt_hash)
);

ALTER TABLE run.llm_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.llm_answers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.llm_answers TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.llm_answers TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT ON run.llm_answers TO dd0c_app;
GRANT SELECT, DELETE ON run.llm_answers TO dd0c_system;

ALTER TABLE run.llm_calls ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.llm_calls FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.llm_calls TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
CREATE POLICY system_access ON run.llm_calls TO dd0c_system
  USING ((SELECT run.system_reason()) IS NOT NULL) WITH CHECK ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT, INSERT ON run.llm_calls TO dd0c_app;
GRANT SELECT, DELETE ON run.llm_calls TO dd0c_system;

ALTER TABLE run.llm_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.llm_usage FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.llm_usage TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (calls, input_tokens, output_tokens, cost_micros) ON run.llm_usage TO dd0c_app;

ALTER TABLE run.llm_disagreements ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.llm_disagreements FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.llm_disagreements TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE (seen_at) ON run.llm_disagreements TO dd0c_app;
