// What a person may do with the current step: exactly what step.actions names. One primary action; the rest is quiet beside it.
// While panic is on, offline or without the role, every action is refused with its reason.
import type { WireExecution, WireStepAction, WireStepExecution } from "@dd0c/protocol/http";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { ApproveForm } from "./approve-form.tsx";
import { ContinueForm } from "./continue-form.tsx";
import { EditForm } from "./edit-form.tsx";
import { ReportForm } from "./report-form.tsx";
import { SkipForm } from "./skip-form.tsx";
import { useWriteRefusal } from "./use-write-refusal.ts";

interface StepDecisionProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
  readonly seen: boolean;
}

type Opened = "none" | "skip" | "edit";

interface QuietActionsProps {
  readonly step: WireStepExecution;
  readonly refusal: string | null;
  readonly opened: Opened;
  readonly onToggle: (form: Opened) => void;
}

/** Skip and edit. Their common refusal is said once. */
const QuietActions = ({ step, refusal, opened, onToggle }: QuietActionsProps) => {
  const skip = step.actions.includes("skip");
  const edit = step.actions.includes("modify");
  if (!skip && !edit) return null;
  return (
    <div className="flex flex-wrap gap-3">
      {skip && (
        <Button data-hotkey="skip" aria-expanded={opened === "skip"} refusal={refusal} onClick={() => onToggle("skip")}>
          Skip
        </Button>
      )}
      {edit && (
        <Button aria-expanded={opened === "edit"} refusal={skip && refusal !== null ? "" : refusal} onClick={() => onToggle("edit")}>
          Edit
        </Button>
      )}
    </div>
  );
};

/** Nothing is offered: where that is not plain from the step itself, say why. */
const NothingToDecide = ({ execution }: { readonly execution: WireExecution }) => {
  if (execution.panic) return <Refused words="Everything is stopped. Nothing can be decided until an admin lifts the stop." />;
  if (execution.status === "paused" || execution.status === "stalled")
    return <Refused words="Resume the execution above to decide here." />;
  return null;
};

const Refused = ({ words }: { readonly words: string }) => <p className="mt-3 border-t border-line pt-3 text-ink-strong">{words}</p>;

export const StepDecision = ({ execution, step, seen }: StepDecisionProps) => {
  const refusal = useWriteRefusal(execution, step.actions.includes("confirm_typed") ? "approver" : "operator");
  const [opened, setOpened] = useState<Opened>("none");
  const may = (action: WireStepAction): boolean => step.actions.includes(action);
  const shared = { executionId: execution.id, step, refusal } as const;
  const close = (): void => setOpened("none");
  if (step.actions.length === 0) return <NothingToDecide execution={execution} />;
  const toggle = (form: Opened): void => setOpened((before) => (before === form ? "none" : form));
  const others = <QuietActions step={step} refusal={refusal} opened={opened} onToggle={toggle} />;
  const approvable = may("approve") || may("confirm_typed");
  return (
    <div className="mt-3 space-y-4 border-t border-line pt-3">
      {approvable && (
        <ApproveForm
          {...shared}
          execution={execution}
          typed={may("confirm_typed")}
          seen={seen}
          hidden={opened !== "none"}
          others={others}
        />
      )}
      {may("report") && <ReportForm {...shared} />}
      {may("continue") && <ContinueForm {...shared} />}
      {!approvable && others}
      {opened === "skip" && <SkipForm {...shared} onClose={close} />}
      {opened === "edit" && <EditForm {...shared} onClose={close} />}
    </div>
  );
};
