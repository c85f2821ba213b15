-- What holds commands back on an agent's host, as the agent said at its last connection: limits, account, sandbox.
-- sunset_date: none (nothing is replaced)

-- Null: the agent does not say it. For people; nothing is decided by it.
ALTER TABLE run.agents ADD COLUMN host_facts jsonb;
