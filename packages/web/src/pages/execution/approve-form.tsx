// Approval of one step: one deliberate press, or each name typed exactly where the step destroys something. The button moves in
// only after the whole card has been on the screen; it approves the digest that was on that card and nothing else.
import type { WireExecution } from "@dd0c/protocol/http";
import { type FormEvent, type ReactNode, useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import type { DecisionProps } from "./decision-props.ts";
import { namesMatch, needsNoRollbackAcknowledgement } from "./step-facts.ts";
import { TypedNames } from "./typed-names.tsx";

interface ApproveFormProps extends DecisionProps {
  readonly typed: boolean;
  readonly seen: boolean;
  readonly execution: WireExecution;
  /** True while another decision (skip, edit) is being written: one decision on the screen. */
  readonly hidden: boolean;
  /** The quiet actions that stand beside the primary one. */
  readonly others: ReactNode;
}

const blockedBecause = (
  { step, refusal, typed, execution }: ApproveFormProps,
  names: readonly string[],
  acknowledged: boolean,
): string | null => {
  if (refusal !== null) return refusal;
  if (!execution.agent_online) return `Agent ${execution.agent_name} is not connected.`;
  if (step.digest === null) return "The step has no digest yet.";
  if (needsNoRollbackAcknowledgement(step) && !acknowledged) return "Confirm that no rollback exists.";
  return typed && !namesMatch(step.confirmations, names) ? "Type each name exactly." : null;
};

export const ApproveForm = (props: ApproveFormProps) => {
  const { executionId, step, typed, seen, hidden, others } = props;
  const approve = useStepDecision("approveStep", executionId, step.id);
  const [acknowledged, setAcknowledged] = useState(false);
  const [names, setNames] = useState<readonly string[]>(() => step.confirmations.map(() => ""));
  const refusal = blockedBecause(props, names, acknowledged);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (refusal !== null || step.digest === null || approve.isPending) return;
    approve.mutate({
      digest: step.digest,
      attempt: step.attempt,
      ...(typed ? { confirmation: [...names] } : {}),
      ...(needsNoRollbackAcknowledgement(step) ? { acknowledge_no_rollback: acknowledged } : {}),
    });
  };
  if (hidden) return others;
  return (
    <form onSubmit={submit} className="space-y-3" autoComplete="off">
      {typed && <TypedNames targets={step.confirmations} values={names} onChange={setNames} />}
      {needsNoRollbackAcknowledgement(step) && (
        <label className="flex min-h-11 items-center gap-3 text-ink-strong">
          <input type="checkbox" checked={acknowledged} onChange={(event) => setAcknowledged(event.target.checked)} />
          No rollback exists. I go on all the same.
        </label>
      )}
      {approve.isError && <ErrorNotice error={approve.error} what="Not approved." />}
      <div className="flex min-h-11 flex-wrap items-start justify-between gap-3">
        {others}
        {seen ? (
          <div className="move-in ml-auto">
            <Button
              type="submit"
              data-hotkey="approve"
              look={typed ? "dangerous" : "primary"}
              refusal={refusal}
              busy={approve.isPending && "Approving…"}
            >
              {typed ? `Run ${step.label}` : `Approve ${step.label}`}
            </Button>
          </div>
        ) : (
          <p className="flex min-h-11 items-center text-small text-ink-faint">Read to the end of this card; then you can approve.</p>
        )}
      </div>
    </form>
  );
};
