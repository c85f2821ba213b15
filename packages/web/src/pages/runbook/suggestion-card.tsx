// One suggestion: what the runs did, the lines that would change, which runs, and the two answers. Nothing is applied but by this button.
import type { WireRunbook, WireSuggestions } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useMemo, useState } from "react";
import { useApplySuggestion, useDismissSuggestion } from "../../api/divergence.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { announce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RiskBadge } from "../../ui/risk-badge.tsx";
import { spanLines } from "./span-lines.ts";
import { DiffFrame } from "./text-diff.tsx";

type Item = WireSuggestions["items"][number];

export const RunLinks = ({ runs }: { readonly runs: readonly string[] }) => (
  <span className="text-small text-ink-faint">
    From {runs.length === 1 ? "run" : "runs"}{" "}
    {runs.map((id, at) => (
      <span key={id}>
        {at > 0 && ", "}
        <Link
          to="/executions/$executionId"
          params={{ executionId: id }}
          className="inline-block py-0.5 font-mono text-accent underline underline-offset-4"
        >
          {id.slice(0, 8)}
        </Link>
      </span>
    ))}
  </span>
);

interface DismissProps {
  readonly runbookId: string;
  readonly item: Item;
  readonly onClose: () => void;
}

const DismissForm = ({ runbookId, item, onClose }: DismissProps) => {
  const dismiss = useDismissSuggestion(runbookId);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    dismiss.mutate({ key: item.key, reason: reason.trim() }, { onSuccess: () => announce("Dismissed. It is not suggested again.") });
  };
  return (
    <form onSubmit={submit} className="space-y-3 rounded-md border border-line bg-surface-0 p-4">
      <Field
        label="Why not?"
        hint="Kept with your name. The same change is not suggested again."
        value={reason}
        maxLength={2000}
        required
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
      {dismiss.isError && <ErrorNotice error={dismiss.error} what="Not dismissed." />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" refusal={reason.trim() === "" ? "Give a reason." : null} busy={dismiss.isPending && "Dismissing…"}>
          Dismiss it
        </Button>
        <Button look="plain" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </form>
  );
};

export const SuggestionCard = ({ runbook, item }: { readonly runbook: WireRunbook; readonly item: Item }) => {
  const apply = useApplySuggestion(runbook.id);
  const refusal = useRoleRefusal("author");
  const [dismissing, setDismissing] = useState(false);
  const lines = useMemo(() => spanLines(runbook.raw_text, item.spans), [runbook.raw_text, item.spans]);
  const next = runbook.version + 1;
  const confirm = (): void =>
    apply.mutate({ key: item.key, sha256: item.proposed_sha256 }, { onSuccess: () => announce(`Version ${next} is saved.`) });
  return (
    <li className="space-y-3 rounded-lg border border-line bg-surface-1 p-4">
      <h2 className="text-base font-medium text-ink-strong">
        <Prose text={item.summary} links={false} />
      </h2>
      <RunLinks runs={item.runs} />
      {item.risk !== null && (
        <p className="flex flex-wrap items-center gap-2">
          The command that comes in is <RiskBadge risk={item.risk} />
        </p>
      )}
      <DiffFrame title={`Change of the text: ${item.summary}`} lines={lines} />
      {apply.isError && <ErrorNotice error={apply.error} what="Not applied." />}
      {dismissing ? (
        <DismissForm runbookId={runbook.id} item={item} onClose={() => setDismissing(false)} />
      ) : (
        <div className="flex flex-wrap gap-3">
          <Button look="primary" refusal={refusal} busy={apply.isPending && "Saving…"} onClick={confirm}>
            Apply as version {next}
          </Button>
          {refusal === null && <Button onClick={() => setDismissing(true)}>Dismiss…</Button>}
        </div>
      )}
    </li>
  );
};
