// Why a tenant is locked: each invariant of ours that can be seen to break, in words for people and as facts for the record.
// Facts are ids, numbers and versions, never command text or secrets.
import type { TenantBreach } from "../db/index.ts";

type CauseName =
  | "canary_missed"
  | "agent_canary_missed"
  | "scanners_disagree"
  | "agent_ran_unplanned"
  | "trust_unexplained"
  | "chain_broken"
  | "witness_contradicted"
  | "replay_differs"
  | "row_refused"
  | "foreign_row";

export interface Cause {
  readonly cause: CauseName;
  /** What makes two sightings the same failure: while nobody cleared it, it is one party mode. */
  readonly key: string;
  readonly agentId: string | null;
  /** Whose trust falls; null where every runbook is affected. */
  readonly runbookId: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** As it stands in the database. Records of earlier releases have neither key nor runbook. */
export interface CauseDetails {
  readonly agent_id: string | null;
  readonly runbook_id?: string | null;
  readonly key?: string;
  readonly canaries?: readonly string[];
  readonly seq?: number;
  readonly fault?: string;
}

export const detailsOf = ({ key, agentId, runbookId, facts }: Cause): CauseDetails => ({
  agent_id: agentId,
  runbook_id: runbookId,
  key,
  ...facts,
});

export const keyOf = (details: CauseDetails): string => details.key ?? details.agent_id ?? "";

const explanations: Readonly<Record<string, string>> = {
  canary_missed: "The scanner of this server called a command that is known to be destructive too harmless.",
  agent_canary_missed: "The scanner of an agent called a command that is known to be destructive too harmless.",
  scanners_disagree:
    "Server and agent have the same patterns and judged one command differently: one of the two is not what it says it is.",
  agent_ran_unplanned:
    "An agent reports that it ran something that this server never sent it. Either somebody else commands it, or the database lost its last moments.",
  trust_unexplained: "A runbook's trust was raised, or was to be raised, without an admin's decision on record.",
  chain_broken: "The audit chain does not verify.",
  witness_contradicted:
    "A checkpoint of the audit chain that this server signed, and that somebody else kept, says something else than the chain says now.",
  replay_differs: "An execution is stored otherwise than its recorded events add up to: somebody or something changed it past the product.",
  row_refused:
    "The product tried to read or write something that belongs to another tenant, or that it has no right to. The database refused it.",
  foreign_row: "The database gave out a row of another tenant. It was withheld.",
};

export function explain(cause: string, details: CauseDetails): string {
  const words = explanations[cause] ?? "One of the product's own promises was broken.";
  return cause === "chain_broken" ? `${words} Event ${details.seq ?? "?"}: ${details.fault ?? "unknown"}.` : words;
}

const everyRunbook = { agentId: null, runbookId: null };

export const serverCanaries = (canaries: readonly string[]): Cause => ({
  ...everyRunbook,
  cause: "canary_missed",
  key: "",
  facts: { canaries },
});

export const agentCanaries = (agentId: string, canaries: readonly string[]): Cause => ({
  cause: "agent_canary_missed",
  key: agentId,
  agentId,
  runbookId: null,
  facts: { canaries },
});

export const chainBroken = (seq: number, fault: string): Cause => ({
  ...everyRunbook,
  cause: "chain_broken",
  key: `${seq}:${fault}`,
  facts: { seq, fault },
});

/** @param witness who kept it */
export const witnessContradicted = (count: number, kept: string, witness: string): Cause => ({
  ...everyRunbook,
  cause: "witness_contradicted",
  key: `${count}:${kept}`,
  facts: { count, kept, witness },
});

/** @param differs names of rows and columns, never what they hold */
export const replayDiffers = (executionId: string, runbookId: string | null, events: number, differs: readonly string[]): Cause => ({
  cause: "replay_differs",
  key: `${executionId}:${events}`,
  agentId: null,
  runbookId,
  facts: { execution_id: executionId, events, differs },
});

export const unexplainedTrust = (runbookId: string | null, facts: Readonly<Record<string, unknown>> = {}): Cause => ({
  cause: "trust_unexplained",
  key: runbookId ?? "",
  agentId: null,
  runbookId,
  facts,
});

/** What the database refused or gave out: which rows it was about is not known, so every runbook is affected. */
export const tenantBreach = (breach: TenantBreach): Cause =>
  breach === "trust_unexplained" ? unexplainedTrust(null) : { ...everyRunbook, cause: breach, key: "", facts: {} };
