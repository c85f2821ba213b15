// Recomputes the chain on the server and says what came out: intact up to which event, or broken where and why.
import type { WireChainVerification } from "@dd0c/protocol/http";
import { useVerifyAudit } from "../../api/operations.ts";
import { formatDuration } from "../../text/format-time.ts";
import { countWord } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Moment } from "../../ui/moment.tsx";

const Result = ({ result, atMs }: { readonly result: WireChainVerification; readonly atMs: number }) =>
  result.ok && result.broken === null ? (
    <div role="status" data-chain="ok">
      <p className="font-semibold text-ink-strong">✓ The chain holds: {countWord(result.events, "event")} checked.</p>
      <p className="text-small text-ink-faint">
        Checked <Moment iso={new Date(atMs).toISOString()} /> in {formatDuration(result.duration_ms)}. Head {result.head_seq},{" "}
        <span className="font-mono break-all">{result.head_hash}</span>
      </p>
    </div>
  ) : (
    <div role="alert" data-chain="broken">
      <p className="font-semibold text-ink-strong">✕ The chain is broken at event {result.broken?.seq ?? "unknown"}.</p>
      <p>{result.broken?.reason ?? "The server gave no reason."} Keep this database as it is and tell your admin.</p>
    </div>
  );

export const VerifyChain = () => {
  const verify = useVerifyAudit();
  return (
    <section aria-label="Verify the chain" className="mb-6 flex flex-wrap items-start gap-4 rounded-lg border border-line bg-surface-1 p-4">
      <Button look="primary" onClick={() => verify.mutate()} busy={verify.isPending && "Verifying…"}>
        Verify chain
      </Button>
      <div className="min-w-0 flex-1">
        {verify.data !== undefined && <Result result={verify.data} atMs={verify.submittedAt} />}
        {verify.isError && <ErrorNotice error={verify.error} what="The chain was not verified." />}
        {verify.isIdle && (
          <p className="text-ink-normal">
            Not verified since this page was opened. An export can be checked without this server:{" "}
            <code className="font-mono text-code">dd0c verify-audit FILE</code>
          </p>
        )}
      </div>
    </section>
  );
};
