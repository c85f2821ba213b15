-- Clearing party mode may take two people: what the first of them said stands beside the cause until the second agrees.
-- sunset_date: none (nothing is replaced)

ALTER TABLE run.party_mode ADD COLUMN agreed_at timestamptz;
ALTER TABLE run.party_mode ADD COLUMN agreed_by text;
ALTER TABLE run.party_mode ADD COLUMN agree_reason text;
ALTER TABLE run.party_mode ADD CONSTRAINT party_mode_agreed_whole
  CHECK ((agreed_at IS NULL) = (agreed_by IS NULL) AND (agreed_at IS NULL) = (agree_reason IS NULL));

GRANT UPDATE (agreed_at, agreed_by, agree_reason) ON run.party_mode TO dd0c_app;
