// Drafts of audit events for tests of the stores: complete, and different enough to be told apart.
import type { AuditDraft } from "@dd0c/core";

/** A draft on the tenant's chain (or the system chain for null). */
export function sampleDraft(tenant: string | null, changes: Partial<AuditDraft> = {}): AuditDraft {
  return {
    type: "policy.changed",
    schema_version: 1,
    tenant,
    execution: null,
    step_execution: null,
    runbook: null,
    actor: { type: "system", id: "server", via: "system" },
    occurred_at: "2026-03-04T05:06:07.089Z",
    recorded_at: new Date().toISOString(),
    late: false,
    source_ip: null,
    data: {},
    ...changes,
  };
}
