// Holds an export against what an agent noted for itself. In: the agent's record, each event of the export in order, when the export was made.
// Out: everything in which the two differ, in the order of the journal. The agent's word is its owner's: the log must explain all of it.
import { isErrorCode } from "../errors.ts";
import type { AgentRecord, WitnessedAttempt, WitnessedNote } from "./agent-record.ts";
import type { AuditEvent } from "./envelope.ts";
import { type LoggedAttempt, type LoggedSteps, loggedSteps } from "./logged-steps.ts";

/**
 * not_dispatched: the agent was sent this, and the log knows of no such dispatch. other_command: the log says another command was sent.
 * other_grant: it came with a grant that nobody gave, by the log. hidden_refusal, other_refusal: the agent refused it, and the log does not say so.
 * hidden_run: it was run, and the log does not say how it went. forged_run: the log says it ran, and the agent never ran it. other_result: exit code or
 * output were others. panic_lifted: the agent was told that a panic is over which, by the log, nobody lifted. never_ours: no honest server sends this.
 */
export type AgentFault =
  | "not_dispatched"
  | "other_command"
  | "other_grant"
  | "hidden_refusal"
  | "other_refusal"
  | "hidden_run"
  | "forged_run"
  | "other_result"
  | "panic_lifted"
  | "never_ours";

export interface AgentContradiction {
  readonly fault: AgentFault;
  /** Of the journal; 0 where it has none. */
  readonly record: number;
  /** Of the export; 0 where it has none. */
  readonly seq: number;
  /** Id of the step execution, or what the note was about. */
  readonly about: string;
  /** The agent's code of refusal or note; empty where there is none. */
  readonly code: string;
}

export interface AgentComparison {
  readonly contradictions: readonly AgentContradiction[];
  /** What the agent noted and an honest server may have caused: for a person to look at. */
  readonly remarks: readonly WitnessedNote[];
  /** Attempts that are younger than the export: it cannot know them. */
  readonly younger: number;
}

export interface AgentComparer {
  see(event: AuditEvent): void;
  /** @param exportedAt ISO 8601, as the closing statement has it */
  end(exportedAt: string): AgentComparison;
}

/** Notes that no server of ours can cause, whatever breaks. */
const neverOurs: ReadonlySet<string> = new Set([
  "unsigned_announcement",
  "unsigned_amendment",
  "unsigned_capsule",
  "foreign_hello",
  "oversized_frame",
  "unreadable_dispatch",
]);

/** @param sha256Text over a text's UTF-8 bytes */
export function compareAgentRecord(record: AgentRecord, sha256Text: (text: string) => string): AgentComparer {
  const agents = new Set(record.attempts.flatMap(({ agent }) => agent ?? []));
  const logged = loggedSteps(agents, sha256Text);
  return {
    see: logged.see,
    end(exportedAt) {
      const isYounger = ({ at, told }: { readonly at: string; readonly told?: boolean }) => told !== true && at > exportedAt;
      const attempts = record.attempts.filter((attempt) => !isYounger(attempt));
      const notes = record.notes.filter((note) => !isYounger(note));
      const found = [
        ...attempts.flatMap((attempt) => attemptFault(attempt, logged)),
        ...notes.flatMap((note) => noteFault(note, logged)),
      ].sort((a, b) => a.record - b.record);
      return {
        contradictions: [...found, ...inventedRuns(record, logged)],
        remarks: notes.filter((note) => noteFault(note, logged).length === 0),
        younger: record.attempts.length - attempts.length,
      };
    },
  };
}

function attemptFault(attempt: WitnessedAttempt, logged: LoggedSteps): readonly AgentContradiction[] {
  const seen = logged.attempt(attempt.step, attempt.attempt);
  const fault = dispatchFault(attempt, seen) ?? endFault(attempt, seen, logged);
  if (fault === null) return [];
  const code = attempt.end.kind === "refused" ? attempt.end.code : "";
  return [{ fault, record: attempt.record, seq: seen.executed?.seq ?? seen.dispatched?.seq ?? 0, about: attempt.step, code }];
}

function dispatchFault(attempt: WitnessedAttempt, seen: LoggedAttempt): AgentFault | null {
  if (seen.dispatched?.execution !== attempt.execution) return "not_dispatched";
  if (seen.dispatched.digest !== attempt.digest) return "other_command";
  if (attempt.grant === null || attempt.grant === "") return null;
  return seen.grants.includes(attempt.grant) ? null : "other_grant";
}

function endFault({ end, step }: WitnessedAttempt, seen: LoggedAttempt, logged: LoggedSteps): AgentFault | null {
  switch (end.kind) {
    case "refused":
      return seen.executed === undefined ? refusalFault(end.code, seen, logged.isSettled(step)) : "forged_run";
    case "finished":
      return resultFault(end, seen, logged.isSettled(step));
    case "unknown":
      if (seen.executed !== undefined) return "forged_run";
      return logged.isSettled(step) ? null : "hidden_run";
    default:
      // Taken or running: what the log says of its end, the agent has not written yet, or never will.
      return seen.executed === undefined ? null : "forged_run";
  }
}

/** A step that was settled meanwhile takes no more reports. Codes of the executor's own are put in other words on the wire. */
function refusalFault(code: string, seen: LoggedAttempt, isSettled: boolean): AgentFault | null {
  if (seen.refusal === undefined) return isSettled ? null : "hidden_refusal";
  return seen.refusal === code || !isErrorCode(code) ? null : "other_refusal";
}

type Finished = Extract<WitnessedAttempt["end"], { readonly kind: "finished" }>;

function resultFault(end: Finished, { executed }: LoggedAttempt, isSettled: boolean): AgentFault | null {
  if (executed === undefined) return isSettled ? null : "hidden_run";
  const isSame = executed.exitCode === end.exitCode && executed.stdoutHash === end.stdoutSha256 && executed.stderrHash === end.stderrSha256;
  return isSame ? null : "other_result";
}

function noteFault({ note, detail, record }: WitnessedNote, logged: LoggedSteps): readonly AgentContradiction[] {
  const about = detail["step"] ?? detail["execution"] ?? detail["panic"] ?? "";
  if (neverOurs.has(note)) return [{ fault: "never_ours", record, seq: 0, about, code: note }];
  // Panic is of the whole installation: one that this tenant's log does not begin may be another tenant's, to lift as well.
  if (note !== "panic_lifted" || !logged.isLiftedByNobody(about)) return [];
  return [{ fault: "panic_lifted", record, seq: 0, about, code: "" }];
}

/** Runs by this agent, since its journal was made and before it ends, of which the journal knows nothing. */
function inventedRuns(record: AgentRecord, logged: LoggedSteps): readonly AgentContradiction[] {
  const known = new Set(record.attempts.map(({ step, attempt }) => `${step}/${attempt}`));
  return logged
    .runs()
    .filter(({ key, at }) => !known.has(key) && at <= record.until)
    .map(({ seq, step }) => ({ fault: "forged_run", record: 0, seq, about: step, code: "" }));
}
