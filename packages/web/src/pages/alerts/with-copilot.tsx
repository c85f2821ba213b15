// How long this incident lasted with the copilot, and those of its kind: nothing where no run has completed for one.
import type { WireAlert } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { formatDuration } from "../../text/format-time.ts";
import { describeMttr } from "../../text/mttr-words.ts";
import { countWord } from "../../text/words.ts";

const Alike = ({ seconds, runs }: { readonly seconds: number; readonly runs: number }) => (
  <p className="text-ink-faint">
    Alerts like this one: {formatDuration(seconds * 1_000)} in the middle of {countWord(runs, "completed run")} in 90 days.
  </p>
);

export const WithCopilot = ({ alert }: { readonly alert: WireAlert }) => {
  const { run, runs, median_seconds: median } = alert.with_copilot;
  if (run === null && median === null) return null;
  return (
    <section aria-label="With the copilot" className="space-y-1 border-l-4 border-line-strong pl-4">
      {run !== null && (
        <p className="text-ink-strong">
          Resolved with the copilot in {describeMttr(run)}{" "}
          <Link
            to="/executions/$executionId"
            params={{ executionId: run.execution_id }}
            className="inline-block py-1 text-accent underline underline-offset-4"
          >
            The run
          </Link>
        </p>
      )}
      {median !== null && (run === null || runs > 1) && <Alike seconds={median} runs={runs} />}
    </section>
  );
};
