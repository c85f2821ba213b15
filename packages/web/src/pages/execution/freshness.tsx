// How fresh the view is: live, or how old. A broken stream is said, never hidden.
import type { Connection } from "../../live/use-live-execution.ts";
import { Age } from "../../ui/age.tsx";

interface FreshnessProps {
  readonly connection: Connection;
  readonly updatedAtMs: number;
}

export const Freshness = ({ connection, updatedAtMs }: FreshnessProps) => {
  if (connection.state === "live") return <span>Live</span>;
  if (connection.state === "connecting") return <span className="late">Connecting</span>;
  return (
    <strong className="font-semibold text-ink-strong">
      Connection lost <Age sinceMs={connection.sinceMs} />, state from <Age sinceMs={updatedAtMs} />
    </strong>
  );
};
