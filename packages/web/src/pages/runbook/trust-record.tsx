// What this runbook's own runs say about its trust: clean ones in a row, and the suggestion that ten of them make. An admin decides.
import type { WireRunbook } from "@dd0c/protocol/http";
import { Moment } from "../../ui/moment.tsx";

export const TrustRecord = ({ runbook }: { readonly runbook: WireRunbook }) => {
  const { clean_runs: clean, needed, suggested_level: level, suggested_at: at } = runbook.trust_record;
  return (
    <section aria-label="Clean runs" className="rounded-lg border border-line bg-surface-1 p-3">
      <p className="text-ink-strong">
        {clean} clean {clean === 1 ? "run" : "runs"} in a row at trust level {runbook.trust_level}.
      </p>
      {level !== null && at !== null ? (
        <p>
          That suggests trust level {level}, since <Moment iso={at} />. Nothing changes until an admin decides.
        </p>
      ) : (
        <p className="text-ink-faint">
          After {needed} the next level is suggested, where the policy allows it. A bad run begins the count again.
        </p>
      )}
    </section>
  );
};
