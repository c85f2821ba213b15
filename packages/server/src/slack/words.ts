// The words and signs of Slack's face for what the wire names in codes. Tables only.
import type { WireExecution, WireRisk, WireStepExecution } from "@dd0c/protocol/http";

export const riskSign: Readonly<Record<WireRisk, string>> = { safe: "🟢", caution: "🟡", unknown: "⬜", dangerous: "🔴" };

export const riskWords = (risk: WireRisk): string => `${riskSign[risk]} ${risk}`;

type StepStatus = WireStepExecution["status"];

export const stepWords: Readonly<Record<StepStatus, string>> = {
  pending: "Not started",
  auto_executing: "⏳ Running by itself",
  awaiting_approval: "✋ Waits for an approval",
  executing: "⏳ Running",
  completed: "✅ Done",
  failed: "❌ Failed",
  skipped: "⏭ Skipped",
  timed_out: "❌ Timed out",
  rolling_back: "⏳ Rolling back",
  rolled_back: "↩ Rolled back",
  suggested: "✋ You do it, then say how it went",
  blocked: "🚫 Blocked",
  outcome_unknown: "❓ Outcome unknown: nobody can tell whether it ran",
  manual_intervention: "✋ Waits for you",
};

export const runWords: Readonly<Record<WireExecution["status"], string>> = {
  pending: "waits to start",
  preflight: "waits for answers before the first step",
  running: "running",
  paused: "⏸ paused",
  stalled: "⏸ stalled",
  completed: "✅ completed",
  failed: "❌ failed",
  aborted: "🛑 aborted",
  timed_out: "❌ timed out",
};

export const overStatuses: ReadonlySet<WireExecution["status"]> = new Set(["completed", "failed", "aborted", "timed_out"]);

export const countOf = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

/** "3m 47s". */
export function spell(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return `${hours}h ${minutes % 60}m`;
  return minutes > 0 ? `${minutes}m ${Math.round(seconds % 60)}s` : `${Math.round(seconds)}s`;
}

/** "17:03 UTC". */
export const clockTime = (iso: string): string => `${iso.slice(11, 16)} UTC`;
