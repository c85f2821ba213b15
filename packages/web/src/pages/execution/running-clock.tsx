// How long the step has been running, and its limit.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { formatDuration } from "../../text/format-time.ts";
import { useNow } from "../../ui/use-now.ts";

export const RunningClock = ({ step }: { readonly step: WireStepExecution }) => {
  const now = useNow(1_000);
  const elapsed = step.started_at === null ? null : Math.max(0, now - Date.parse(step.started_at));
  return (
    <span className="text-ink-faint">
      {elapsed !== null && ` for ${formatDuration(Math.floor(elapsed / 1_000) * 1_000)}`}, limit {formatDuration(step.timeout_ms)}
    </span>
  );
};
