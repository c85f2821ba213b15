// What this agent was told would run: signed announcements and amendments, verified before they are kept.
// The first valid announcement of an execution stands; another one for the same execution is not believed.

import { type AgentNote, type Amendment, type Announcement, parseAmendment, parseAnnouncement } from "@dd0c/core";
import type { Amend, Announce } from "@dd0c/protocol/agent";
import type { ReadSigned } from "./signed-documents.ts";

/** Why a document was not believed. */
export type Disbelief = Extract<AgentNote, "unsigned_announcement" | "other_announcement" | "unsigned_amendment" | "too_many_amendments">;

/** Additions to one plan; more than any run has. */
const maxAmendments = 1_000;
/** Executions remembered; the longest untouched is forgotten and must be announced again. */
const maxExecutions = 1_000;

interface AnnouncedPlan {
  readonly announcement: Announcement | null;
  readonly amendments: readonly Amendment[];
  /** A document for this execution came that was not signed, not readable, or contradicts what stands. */
  readonly forged: boolean;
}

export interface AnnouncedPlans {
  /** Null when the document is believed. */
  announce(frame: Announce): Disbelief | null;
  amend(frame: Amend): Disbelief | null;
  find(executionId: string): AnnouncedPlan;
}

const nothing: AnnouncedPlan = { announcement: null, amendments: [], forged: false };

export function announcedPlans(readSigned: ReadSigned): AnnouncedPlans {
  const plans = new Map<string, AnnouncedPlan>();
  const texts = new Map<string, string>();
  const amended = new Map<string, Set<string>>();
  const find = (executionId: string) => plans.get(executionId) ?? nothing;
  const keep = (executionId: string, plan: AnnouncedPlan) => {
    plans.delete(executionId);
    plans.set(executionId, plan);
    const [oldest] = plans.keys();
    if (plans.size <= maxExecutions || oldest === undefined) return;
    plans.delete(oldest);
    texts.delete(oldest);
    amended.delete(oldest);
  };
  const disbelieve = (executionId: string, why: Disbelief): Disbelief => {
    keep(executionId, { ...find(executionId), forged: true });
    return why;
  };
  return {
    find,
    announce({ executionId, announcement: document }) {
      const text = readSigned(document);
      const announcement = text === null ? null : parseAnnouncement(text);
      if (text === null || announcement === null || announcement.execution !== executionId)
        return disbelieve(executionId, "unsigned_announcement");
      const standing = texts.get(executionId);
      if (standing !== undefined && standing !== text) return disbelieve(executionId, "other_announcement");
      texts.set(executionId, text);
      keep(executionId, { ...find(executionId), announcement });
      return null;
    },
    amend({ executionId, amendment: document }) {
      const text = readSigned(document);
      const amendment = text === null ? null : parseAmendment(text);
      if (text === null || amendment === null || amendment.execution !== executionId) return disbelieve(executionId, "unsigned_amendment");
      const plan = find(executionId);
      const known = amended.get(executionId) ?? new Set<string>();
      if (known.has(text)) return null;
      if (known.size >= maxAmendments) return disbelieve(executionId, "too_many_amendments");
      amended.set(executionId, known.add(text));
      keep(executionId, { ...plan, amendments: [...plan.amendments, amendment] });
      return null;
    },
  };
}
