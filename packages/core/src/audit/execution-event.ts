// An event as the chain holds it -> the engine's own form of it, for replaying what is on record. Judges nothing: the caller knows its type.
import type { ExecutionEvent } from "../execution/events.ts";
import type { AuditEvent } from "./envelope.ts";

/**
 * @param event of a type for which `isExecutionEventType` holds
 * @param occurredAtMs its `occurred_at`, in epoch milliseconds
 */
export const executionEventOf = ({ type, execution, step_execution, actor, data }: AuditEvent, occurredAtMs: number): ExecutionEvent =>
  ({
    type,
    executionId: execution,
    stepExecutionId: step_execution,
    actor,
    occurredAtMs,
    data,
  }) as unknown as ExecutionEvent;
