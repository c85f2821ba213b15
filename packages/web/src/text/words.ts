// The words of the interface for what the wire names in codes. Tables only: one place, so that every page says the same.
import type { WireActor, WireExecution, WireRisk, WireStepExecution } from "@dd0c/protocol/http";

export const EXECUTION_STATUS: Readonly<Record<WireExecution["status"], string>> = {
  pending: "waits to start",
  preflight: "preflight",
  running: "running",
  paused: "paused",
  stalled: "stalled",
  completed: "completed",
  failed: "failed",
  aborted: "aborted",
  timed_out: "timed out",
};

export const STEP_STATUS: Readonly<Record<WireStepExecution["status"], string>> = {
  pending: "not started",
  auto_executing: "running by itself",
  awaiting_approval: "waits for you",
  executing: "running",
  completed: "done",
  failed: "failed",
  skipped: "skipped",
  timed_out: "timed out",
  rolling_back: "rolling back",
  rolled_back: "rolled back",
  suggested: "suggested: you run it",
  blocked: "blocked",
  outcome_unknown: "outcome unknown",
  manual_intervention: "waits for you",
};

/** One plain sentence per risk, shown where the badge stands alone. */
export const RISK_MEANING: Readonly<Record<WireRisk, string>> = {
  safe: "Proven to read only.",
  caution: "Changes state, or reads something sensitive or endless.",
  unknown: "Not proven. Treated like caution until someone reviews it.",
  dangerous: "Destroys or exposes something. May not be undone.",
};

export const TRUST_LEVEL: readonly { readonly name: string; readonly meaning: string }[] = [
  { name: "0, read-only", meaning: "Proven-safe steps can run. Everything that changes state is blocked." },
  {
    name: "1, suggest",
    meaning: "Proven-safe steps can run. State changes are shown for you to run yourself and report. Dangerous steps are blocked.",
  },
  {
    name: "2, copilot",
    meaning: "State changes run after you approve each one. Dangerous steps run after you type the name of what they touch.",
  },
  { name: "3, autopilot", meaning: "Not available in this version." },
];

export const GOVERNANCE: Readonly<Record<"strict" | "audit", { readonly name: string; readonly meaning: string }>> = {
  strict: { name: "Strict", meaning: "Every step waits for a person, also the proven-safe ones." },
  audit: {
    name: "Audit",
    meaning: "Proven-safe steps run by themselves where the trust level allows it. Everything else waits for a person.",
  },
};

export const DANGEROUS_STEPS: Readonly<Record<"typed" | "block", { readonly name: string; readonly meaning: string }>> = {
  typed: { name: "Type the name", meaning: "At trust level 2 a person types the name of what is destroyed, then it runs." },
  block: { name: "Block", meaning: "Dangerous steps never run from here, at any trust level." },
};

const VIA: Readonly<Record<WireActor["via"], string>> = {
  web: "on the web",
  slack: "in Slack",
  cli: "in the terminal",
  api_key: "with an API key",
  agent: "agent",
  system: "system",
  scheduler: "scheduler",
};

/** "Ada Berg, on the web"; falls back to the id where no name is known. */
export const describeActor = (actor: WireActor): string => {
  const who = actor.name ?? actor.id;
  return actor.type === "user" ? `${who}, ${VIA[actor.via]}` : who;
};

/** "deployment payment-svc in payments". */
export const describeTarget = (target: { readonly kind: string; readonly name: string; readonly namespace: string | null }): string =>
  `${target.kind} ${target.name}${target.namespace === null ? "" : ` in ${target.namespace}`}`;

/** What a finished or waiting step says about itself, exit code included; never better than what is known. */
export const describeStep = (step: Pick<WireStepExecution, "status" | "outcome" | "exit_code" | "started_at">): string => {
  if (step.started_at === null && (step.status === "executing" || step.status === "auto_executing"))
    return "sent to the agent, not started yet";
  const exit = step.exit_code === null || step.exit_code === 0 ? "" : `, exit ${step.exit_code}`;
  if (step.status === "completed" && step.outcome === "answer") return `done${exit} is an answer`;
  if (step.status === "completed" && step.outcome === null) return "reported done";
  return `${STEP_STATUS[step.status]}${exit}`;
};

export const countWord = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
