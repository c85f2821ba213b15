// Resumes a paused or stalled execution; shown only then, and only where the current step does not itself ask to go on.
import type { WireExecution } from "@dd0c/protocol/http";
import { useExecutionDecision } from "../../api/executions.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { arrangeSteps } from "./arrange-steps.ts";

export const ResumeExecution = ({ execution }: { readonly execution: WireExecution }) => {
  const resume = useExecutionDecision("resumeExecution", execution.id);
  const role = useRoleRefusal("operator");
  const stepOffersIt = arrangeSteps(execution).current?.actions.includes("continue") === true;
  if (stepOffersIt || (execution.status !== "paused" && execution.status !== "stalled")) return null;
  return (
    <>
      <Button
        look="primary"
        refusal={role ?? (execution.panic ? "Everything is stopped." : null)}
        busy={resume.isPending && "Resuming…"}
        onClick={() => resume.mutate({})}
      >
        Resume
      </Button>
      {resume.isError && <ErrorNotice error={resume.error} what="Not resumed." />}
    </>
  );
};
