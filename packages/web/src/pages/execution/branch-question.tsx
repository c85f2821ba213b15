// A condition of the runbook that a person answers, with what each answer leaves out. The output to look at stands beside it.
import type { WireExecution } from "@dd0c/protocol/http";
import { useState } from "react";
import { useAnswerBranch } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { Prose } from "../../ui/prose.tsx";
import { useWriteRefusal } from "./use-write-refusal.ts";

type Question = NonNullable<WireExecution["question"]>;

const leaves = (labels: readonly string[]): string =>
  labels.length === 0 ? "leaves nothing out" : `leaves out ${labels.length === 1 ? "step" : "steps"} ${labels.join(", ")}`;

const WhyAsked = ({ question }: { readonly question: Question }) =>
  question.why_asked === null ? null : (
    <p className="text-ink-strong">
      The runbook declares a check for this, and it could not answer: <Prose text={question.why_asked} />
    </p>
  );

export const BranchQuestion = ({ execution, question }: { readonly execution: WireExecution; readonly question: Question }) => {
  const answer = useAnswerBranch(execution.id, question.branch_id);
  const refusal = useWriteRefusal(execution, "operator");
  const [note, setNote] = useState("");
  const say = (value: "yes" | "no"): void => answer.mutate({ answer: value, ...(note.trim() === "" ? {} : { note: note.trim() }) });
  const before = execution.steps.find(({ id }) => id === question.before_step_id);
  return (
    <article
      aria-label="A condition to answer"
      className="space-y-3 rounded-lg border border-line-strong bg-surface-1 px-4 py-3 sm:px-6 sm:py-4"
    >
      <p className="text-small text-ink-faint">Before step {before?.label ?? ""}, the runbook asks</p>
      <h2 className="text-title">
        <Prose text={question.condition} />
      </h2>
      <WhyAsked question={question} />
      <p>
        Yes {leaves(question.skipped_if_yes)}. No {leaves(question.skipped_if_no)}. What is left asks for itself.
      </p>
      <Field label="What did you see? (optional)" value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      {answer.isError && <ErrorNotice error={answer.error} what="Not answered." />}
      <div className="flex flex-wrap gap-3">
        <Button refusal={refusal} busy={answer.isPending && "Answering…"} onClick={() => say("yes")}>
          Yes
        </Button>
        <Button refusal={refusal === null ? null : ""} busy={answer.isPending && "Answering…"} onClick={() => say("no")}>
          No
        </Button>
      </div>
    </article>
  );
};
