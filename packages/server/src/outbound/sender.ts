// What every kind of target brings along: how one delivery is sent there, and what of the tenant's audit chain it is told.
// The worker (outbound-worker.ts) claims, times, tries again and records; a sender only speaks to the other side.
import type { AuditEvent } from "@dd0c/core";
import type { DeliveryState, NewOutboundDelivery, OutboundDelivery, OutboundKind, TenantTx } from "../db/index.ts";

interface Answered {
  /** HTTP status of the other side; null where it did not get so far. */
  readonly status: number | null;
  /** A sentence for people, at most 500 characters of the other side's answer in it, masked; null where all went well. */
  readonly why: string | null;
}

/**
 * What became of one attempt. `retry`: it may work later, not before `afterMs` where that is given. `gone`: the target wants nothing more.
 * `refused`: this delivery will never work as it is; a person may have it sent again.
 */
export type Sent =
  | ({ readonly outcome: "delivered" } & Answered)
  | ({ readonly outcome: "retry"; readonly afterMs?: number } & Answered)
  | ({ readonly outcome: "gone" } & Answered)
  | ({ readonly outcome: "refused" } & Answered);

/** How an attempt left its delivery. */
export interface Settled {
  readonly sent: Sent;
  readonly state: DeliveryState;
  readonly at: Date;
}

export interface Sender {
  readonly kind: OutboundKind;
  /** At least once: the same delivery may come again under the same id. Must end soon after the signal, and within `sendDeadlineMs`. */
  readonly send: (delivery: OutboundDelivery, signal: AbortSignal) => Promise<Sent>;
  /**
   * Deliveries that these events mean for this target, in the transaction that remembers that it was told of them. Nothing may be asked of the
   * outside here. Left out: this kind's deliveries are written elsewhere.
   */
  readonly deliveriesFor?: (tx: TenantTx, targetId: string, events: readonly AuditEvent[]) => Promise<readonly NewOutboundDelivery[]>;
  /** After an attempt, in the transaction that records it: what it means for the target itself. */
  readonly settled?: (tx: TenantTx, delivery: OutboundDelivery, settled: Settled) => Promise<void>;
}

/** Longer than any one attempt may take; a claim outlives it. */
export const sendDeadlineMs = 20_000;
