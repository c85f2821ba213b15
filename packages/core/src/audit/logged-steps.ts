// What an export says about steps, as far as an agent can contradict it. In: events in order. Out: per attempt, what was sent, granted, refused and run.
// Reads only events that concern agents' work; whether the chain holds is asked elsewhere.
import { canonicalJson } from "../canonical-json.ts";
import type { AuditEvent } from "./envelope.ts";

export interface LoggedRun {
  readonly seq: number;
  readonly exitCode: number | null;
  readonly stdoutHash: string;
  readonly stderrHash: string;
}

export interface LoggedAttempt {
  readonly dispatched?: { readonly seq: number; readonly execution: string | null; readonly digest: unknown };
  /** SHA-256 of each grant for it. */
  readonly grants: readonly string[];
  readonly refusal?: string;
  readonly executed?: LoggedRun;
}

export interface LoggedSteps {
  see(event: AuditEvent): void;
  attempt(step: string, attempt: number): LoggedAttempt;
  /** It ended otherwise than by the agent's report: skipped, reported by hand, unknown, out of time, a look-up that was given up. */
  isSettled(step: string): boolean;
  /** Reports of these agents since their journals were made. */
  runs(): readonly { readonly key: string; readonly step: string; readonly seq: number; readonly at: string }[];
  isLiftedByNobody(panicId: string): boolean;
}

const settling: ReadonlySet<string> = new Set([
  "step.skipped",
  "step.reported",
  "step.outcome_unknown",
  "step.timed_out",
  "step.looked",
  "step.rejected",
]);

interface Run {
  readonly key: string;
  readonly step: string;
  readonly seq: number;
  readonly at: string;
  readonly agent: string;
}

/** Null for what is no grant, and for what no canonical text holds: a doctored export must not stop the comparison. */
function grantHash(grant: unknown, sha256Text: (text: string) => string): string | null {
  if (typeof grant !== "object" || grant === null) return null;
  try {
    return sha256Text(canonicalJson(grant));
  } catch {
    return null;
  }
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** @param agents whose runs are listed */
export function loggedSteps(agents: ReadonlySet<string>, sha256Text: (text: string) => string): LoggedSteps {
  const attempts = new Map<string, LoggedAttempt>();
  const settled = new Set<string>();
  const panics = { begun: new Set<string>(), lifted: new Set<string>() };
  let runs: Run[] = [];
  const find = (key: string): LoggedAttempt => attempts.get(key) ?? { grants: [] };
  const put = (key: string, more: Partial<LoggedAttempt>) => void attempts.set(key, { ...find(key), ...more });

  const stepSeen = (event: AuditEvent, step: string): void => {
    const { type, data, seq } = event;
    const key = `${step}/${String(data["attempt"])}`;
    if (settling.has(type)) settled.add(step);
    if (type === "step.dispatched") put(key, { dispatched: { seq, execution: event.execution, digest: data["digest"] } });
    if (type === "step.refused") put(key, { refusal: textOf(data["code"]) });
    if (type === "step.executed") executedSeen(event, step, key);
    if (type === "step.approved" || type === "step.look_granted") grantSeen(step, data["grant"]);
  };
  const executedSeen = ({ data, seq, actor, occurred_at }: AuditEvent, step: string, key: string): void => {
    const { exit_code: code, stdout_hash: stdout, stderr_hash: stderr } = data;
    const exitCode = typeof code === "number" ? code : null;
    put(key, { executed: { seq, exitCode, stdoutHash: textOf(stdout), stderrHash: textOf(stderr) } });
    if (agents.has(actor.id)) runs.push({ key, step, seq, at: occurred_at, agent: actor.id });
  };
  const grantSeen = (step: string, grant: unknown): void => {
    const hash = grantHash(grant, sha256Text);
    if (hash === null) return;
    const key = `${step}/${String((grant as { readonly attempt?: unknown }).attempt)}`;
    put(key, { grants: [...find(key).grants, hash] });
  };
  const otherSeen = ({ type, data }: AuditEvent): void => {
    if (type === "panic.activated") panics.begun.add(textOf(data["panic_id"]));
    if (type === "panic.cleared") panics.lifted.add(textOf(data["panic_id"]));
    // Runs before it stand in a journal that nobody has any more.
    if (type === "agent.journal_replaced") runs = runs.filter(({ agent }) => agent !== data["agent_id"]);
  };
  return {
    see: (event) => (event.step_execution === null ? otherSeen(event) : stepSeen(event, event.step_execution)),
    attempt: (step, attempt) => find(`${step}/${attempt}`),
    isSettled: (step) => settled.has(step),
    runs: () => runs,
    isLiftedByNobody: (panicId) => panics.begun.has(panicId) && !panics.lifted.has(panicId),
  };
}
