// One click that runs the reads listed above it, and nothing else: it sends the digest of each.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { useStepDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

interface LookButtonProps {
  readonly executionId: string;
  readonly step: WireStepExecution;
  readonly refusal: string | null;
  readonly again?: boolean;
}

export const LookButton = ({ executionId, step, refusal, again = false }: LookButtonProps) => {
  const look = useStepDecision("lookStep", executionId, step.id);
  const click = (): void => look.mutate({ digest: step.digest ?? "", digests: step.look.reads.map(({ digest }) => digest) });
  return (
    <>
      {look.isError && <ErrorNotice error={look.error} what="Not looked." />}
      <Button data-hotkey="look" refusal={refusal} busy={look.isPending && "Looking…"} onClick={click}>
        {again ? `Look at ${step.label} again` : `Look at ${step.label} first`}
      </Button>
    </>
  );
};
