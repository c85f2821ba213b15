// What somebody with the database in hand can do and the application cannot: the newest event of the tenant's chain is gone, the head says so,
// and what is left verifies. Only somebody who saw the event knows.
export const losingLastEvent = `
BEGIN;
SET LOCAL session_replication_role = replica;
DELETE FROM run.audit_events USING run.audit_heads AS head
  WHERE audit_events.chain = head.chain AND audit_events.seq = head.seq AND head.chain <> 'system';
UPDATE run.audit_heads AS head SET seq = last.seq, hash = last.hash
  FROM run.audit_events AS last
  WHERE head.chain <> 'system' AND last.chain = head.chain
    AND last.seq = (SELECT max(seq) FROM run.audit_events WHERE chain = head.chain);
COMMIT;
`;
