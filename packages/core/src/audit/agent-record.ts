// What an agent's journal says, as far as an audit log can be held against it: the attempts that it was sent, and what it did not believe.
// Plain values, read from the journal by whoever has the file. Nothing here judges anything.

/** What the agent saw and did not act on, or acted on without being able to check it. */
export type AgentNote =
  /** An announcement without a signature that counts, or not about the execution that it came for. */
  | "unsigned_announcement"
  /** Another plan for an execution whose plan stands. */
  | "other_announcement"
  | "unsigned_amendment"
  | "too_many_amendments"
  /** What a person could go on under without a server: without a signature that counts, or not for this agent and execution. */
  | "unsigned_capsule"
  /** A hello for another agent or tenant. */
  | "foreign_hello"
  /** A hello of a server that is behind one which this agent has heard. */
  | "stale_hello"
  /** A frame larger than any that a server of ours sends; the stream ended with it. */
  | "oversized_frame"
  /** A dispatch without a step, with impossible numbers or with names beyond all measure. */
  | "unreadable_dispatch"
  | "second_dispatch"
  /** The server's clock went back. */
  | "clock_back"
  | "panic_lifted"
  /** Beyond this the agent kept no more notes until it was restarted. */
  | "more_left_out";

/** How an attempt stands in the journal. */
export type AttemptEnd =
  | { readonly kind: "received" }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "started" }
  | { readonly kind: "unknown" }
  | {
      readonly kind: "finished";
      readonly exitCode: number | null;
      readonly stdoutSha256: string;
      readonly stderrSha256: string;
    };

export interface WitnessedAttempt {
  /** Number and time of the journal's last record about it. */
  readonly record: number;
  readonly at: string;
  readonly agent: string | null;
  readonly execution: string;
  readonly step: string;
  readonly attempt: number;
  readonly digest: string;
  /** SHA-256 of the grant that came with it; empty: none came; null: written by a release that did not note it. */
  readonly grant: string | null;
  readonly end: AttemptEnd;
  /** The server has said that it stored how it ended. */
  readonly told: boolean;
}

export interface WitnessedNote {
  readonly record: number;
  readonly at: string;
  readonly note: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** One agent's journal. */
export interface AgentRecord {
  readonly attempts: readonly WitnessedAttempt[];
  readonly notes: readonly WitnessedNote[];
  /** Time of its last record. */
  readonly until: string;
}
