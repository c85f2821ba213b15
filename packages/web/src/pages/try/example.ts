// A runbook as people write them: prose with commands, something vague, something only mentioned, something to fill in.

export const EXAMPLE = `# Checkout is slow

The nightly \`pg_dump shop\` job makes this worse; it runs until 03:30.

## Diagnosis

1. See which pods restarted: \`kubectl get pods -n shop\`
2. Check the logs.
3. Look at the connections: \`psql -h <db-host> -c "select state, count(*) from pg_stat_activity group by 1"\`

## Mitigation

1. Restart the API: \`kubectl rollout restart deployment/checkout -n shop\`
   If it does not help, undo it with \`kubectl rollout undo deployment/checkout -n shop\`.
2. Remove old sessions: \`rm -rf /srv/shop/sessions\`
3. Tell the owner of <service> what happened.
`;
