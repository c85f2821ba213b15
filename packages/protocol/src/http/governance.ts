// Governance in numbers on the wire: what ran by itself and what people decided, week by week, and what follows from it.
import { z } from "zod";
import { isoTime } from "./primitives.ts";

const counts = {
  /** Steps that ran: automatic, approved and typed ones. */
  steps: z.int(),
  /** Null where nothing ran. */
  auto_share_percent: z.number().nullable(),
  auto: z.int(),
  approved: z.int(),
  typed: z.int(),
  rejected: z.int(),
  refused_by_agent: z.int(),
  blocked: z.int(),
  /** Runbooks whose trust fell. */
  downgrades: z.int(),
  /** Changes of the policy or of a runbook's lock. */
  overrides: z.int(),
};

const report = z.object({ from: isoTime, to: isoTime, ...counts });

export const governance = z.object({
  last_seven_days: report,
  /** Newest first, each Monday to Monday in UTC. */
  weeks: z.array(report),
  max_auto_share_percent: z.int(),
  /** Fewer steps than this in seven days have no consequence. */
  minimum_steps: z.int(),
  /** Governance goes to strict at `due_at` unless the share falls. */
  notice: z.object({ given_at: isoTime, due_at: isoTime, auto_share_percent: z.number().nullable(), steps: z.int() }).nullable(),
  /** Governance went to strict by itself; an admin can take that back. */
  downgrade: z.object({ at: isoTime, auto_share_percent: z.number().nullable(), steps: z.int() }).nullable(),
});

export const restoreGovernanceRequest = z.object({ reason: z.string().trim().min(1).max(2_000) });

export type WireGovernance = z.infer<typeof governance>;
