// What a person may do with the current step: exactly what step.actions names. One primary action; the rest is quiet beside it.
// While panic is on, offline or without the role, every action is refused with its reason.
import type { WireExecution, WireStepAction, WireStepExecution } from "@dd0c/protocol/http";
import { useState } from "react";
import { useRoleRefusal } from "../../api/session.ts";
import { useOnline } from "../../shell/offline-banner.tsx";
import { Button } from "../../ui/button.tsx";
import { ApproveForm } from "./approve-form.tsx";
import { ContinueForm } from "./continue-form.tsx";
import { EditForm } from "./edit-form.tsx";
import { ReportForm } from "./report-form.tsx";
import { SkipForm } from "./skip-form.tsx";

interface StepDecisionProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
  readonly seen: boolean;
}

type Opened = "none" | "skip" | "edit";

const useRefusal = (execution: WireExecution, step: WireStepExecution): string | null => {
  const role = useRoleRefusal(step.actions.includes("confirm_typed") ? "approver" : "operator");
  const online = useOnline();
  if (execution.panic) return "Everything is stopped. Lift the stop first.";
  if (!online) return "You are offline. Nothing is sent.";
  return role;
};

export const StepDecision = ({ execution, step, seen }: StepDecisionProps) => {
  const refusal = useRefusal(execution, step);
  const [opened, setOpened] = useState<Opened>("none");
  const may = (action: WireStepAction): boolean => step.actions.includes(action);
  const shared = { executionId: execution.id, step, refusal } as const;
  if (step.actions.length === 0) return null;
  const toggle = (form: Opened): void => setOpened((before) => (before === form ? "none" : form));
  return (
    <div className="mt-4 space-y-4 border-t border-line pt-4">
      {(may("approve") || may("confirm_typed")) && opened !== "edit" && (
        <ApproveForm
          {...shared}
          typed={may("confirm_typed")}
          seen={seen}
          agentOnline={execution.agent_online}
          agentName={execution.agent_name}
        />
      )}
      {may("report") && <ReportForm {...shared} />}
      {may("continue") && <ContinueForm {...shared} />}
      {(may("skip") || may("modify")) && (
        <div className="flex flex-wrap gap-3">
          {may("skip") && (
            <Button data-hotkey="skip" aria-expanded={opened === "skip"} refusal={refusal} onClick={() => toggle("skip")}>
              Skip
            </Button>
          )}
          {may("modify") && (
            <Button
              aria-expanded={opened === "edit"}
              refusal={may("skip") && refusal !== null ? "" : refusal}
              onClick={() => toggle("edit")}
            >
              Edit
            </Button>
          )}
        </div>
      )}
      {opened === "skip" && <SkipForm {...shared} onClose={() => setOpened("none")} />}
      {opened === "edit" && <EditForm {...shared} onClose={() => setOpened("none")} />}
    </div>
  );
};
