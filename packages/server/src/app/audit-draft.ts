// Who did what, when and from where goes in; the draft of an audit event comes out. Used by every use case that changes something.
import type { Actor, AuditDraft, AuditEventType } from "@dd0c/core";
import type { Caller } from "../identity/caller.ts";
import { actorOf } from "../identity/caller.ts";

export interface Deed {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly sourceIp: string | null;
  readonly atMs: number;
}

/** A caller's deed, now. */
export const deedOf = (caller: Caller, atMs: number): Deed => ({
  tenantId: caller.tenantId,
  actor: actorOf(caller),
  sourceIp: caller.sourceIp,
  atMs,
});

/** The system's own deed, now. */
export const systemDeed = (tenantId: string, component: string, atMs: number): Deed => ({
  tenantId,
  actor: { type: "system", id: component, via: "system" },
  sourceIp: null,
  atMs,
});

/** `data` is recorded as it is: plain JSON in snake case. */
export function auditDraft(
  deed: Deed,
  type: AuditEventType,
  data: Readonly<Record<string, unknown>>,
  runbookId: string | null = null,
): AuditDraft {
  const time = new Date(deed.atMs).toISOString();
  return {
    type,
    schema_version: 1,
    tenant: deed.tenantId,
    execution: null,
    step_execution: null,
    runbook: runbookId,
    actor: deed.actor,
    occurred_at: time,
    recorded_at: time,
    late: false,
    source_ip: deed.sourceIp,
    data,
  };
}
