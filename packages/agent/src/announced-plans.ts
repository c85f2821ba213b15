// What this agent was told would run: signed announcements and amendments, verified before they are kept.
// The first valid announcement of an execution stands; another one for the same execution is not believed.

import { type Amendment, type Announcement, parseAmendment, parseAnnouncement } from "@dd0c/core";
import type { Amend, Announce } from "@dd0c/protocol/agent";
import type { ReadSigned } from "./signed-documents.ts";

/** Executions remembered; the longest untouched is forgotten and must be announced again. */
const maxExecutions = 1_000;

interface AnnouncedPlan {
  readonly announcement: Announcement | null;
  readonly amendments: readonly Amendment[];
  /** A document for this execution came that was not signed, not readable, or contradicts what stands. */
  readonly forged: boolean;
}

export interface AnnouncedPlans {
  /** False when the document was not believed. */
  announce(frame: Announce): boolean;
  amend(frame: Amend): boolean;
  find(executionId: string): AnnouncedPlan;
}

const nothing: AnnouncedPlan = { announcement: null, amendments: [], forged: false };

export function announcedPlans(readSigned: ReadSigned): AnnouncedPlans {
  const plans = new Map<string, AnnouncedPlan>();
  const texts = new Map<string, string>();
  const find = (executionId: string) => plans.get(executionId) ?? nothing;
  const keep = (executionId: string, plan: AnnouncedPlan) => {
    plans.delete(executionId);
    plans.set(executionId, plan);
    const [oldest] = plans.keys();
    if (plans.size <= maxExecutions || oldest === undefined) return;
    plans.delete(oldest);
    texts.delete(oldest);
  };
  const disbelieve = (executionId: string) => {
    keep(executionId, { ...find(executionId), forged: true });
    return false;
  };
  return {
    find,
    announce({ executionId, announcement: document }) {
      const text = readSigned(document);
      const announcement = text === null ? null : parseAnnouncement(text);
      if (text === null || announcement === null || announcement.execution !== executionId) return disbelieve(executionId);
      const standing = texts.get(executionId);
      if (standing !== undefined && standing !== text) return disbelieve(executionId);
      texts.set(executionId, text);
      keep(executionId, { ...find(executionId), announcement });
      return true;
    },
    amend({ executionId, amendment: document }) {
      const text = readSigned(document);
      const amendment = text === null ? null : parseAmendment(text);
      if (amendment === null || amendment.execution !== executionId) return disbelieve(executionId);
      const plan = find(executionId);
      const known = plan.amendments.some((each) => JSON.stringify(each) === JSON.stringify(amendment));
      if (!known) keep(executionId, { ...plan, amendments: [...plan.amendments, amendment] });
      return true;
    },
  };
}
