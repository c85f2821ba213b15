-- What each integration's provider is told when a run for one of its alerts is over; and the retention of deliveries.
-- sunset_date: none (nothing is replaced)

-- No row: nothing is told, which is how every integration begins. The token is sealed for its integration and is used for this alone.
CREATE TABLE run.integration_closings (
  integration_id uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL REFERENCES run.tenants (id),
  adds_note      boolean NOT NULL,
  resolves       text NOT NULL CHECK (resolves IN ('never', 'when_asked', 'when_completed')),
  -- Origin and path in front of the provider's own paths.
  api_url        text NOT NULL CHECK (length(api_url) BETWEEN 1 AND 500),
  -- The provider's user in whose name it is done, where the provider wants one.
  acts_as        text CHECK (length(acts_as) BETWEEN 1 AND 320),
  sealed_token   text NOT NULL,
  changed_by     text NOT NULL,
  changed_at     timestamptz NOT NULL,
  FOREIGN KEY (tenant_id, integration_id) REFERENCES run.integrations (tenant_id, id)
);
CREATE INDEX integration_closings_tenant ON run.integration_closings (tenant_id);

ALTER TABLE run.integration_closings ENABLE ROW LEVEL SECURITY;
ALTER TABLE run.integration_closings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON run.integration_closings TO dd0c_app
  USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (tenant_id = (SELECT run.current_tenant_id()));
GRANT SELECT, INSERT, UPDATE, DELETE ON run.integration_closings TO dd0c_app;

-- Housekeeping takes old deliveries away, with what they said about an alert. Alerts stay: a late beginning still meets the end that it missed.
-- It sees when something came, and nothing of what it said.
CREATE POLICY system_access ON run.alert_deliveries TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT (id, received_at, read_at), DELETE ON run.alert_deliveries TO dd0c_system;
CREATE POLICY system_access ON run.alert_events TO dd0c_system USING ((SELECT run.system_reason()) IS NOT NULL);
GRANT SELECT (delivery_id), DELETE ON run.alert_events TO dd0c_system;
CREATE INDEX alert_deliveries_received ON run.alert_deliveries (received_at) WHERE read_at IS NOT NULL;
