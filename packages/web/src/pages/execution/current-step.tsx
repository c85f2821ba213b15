// The current step, large: what it does, the exact command, why it has its risk, what undoes it, and the one decision it needs.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import type { StepOutput } from "../../live/collect-output.ts";
import { splitHeadline } from "../../text/split-headline.ts";
import { describeStep } from "../../text/words.ts";
import { Prose } from "../../ui/prose.tsx";
import { RiskBadge } from "../../ui/risk-badge.tsx";
import { MissingValues } from "./missing-values.tsx";
import { OutputFrame } from "./output-frame.tsx";
import { RunningClock } from "./running-clock.tsx";
import { AskedSince } from "./asked-since.tsx";
import { StepAfterwards } from "./step-afterwards.tsx";
import { StepCommand } from "./step-command.tsx";
import { StepDeadline } from "./step-deadline.tsx";
import { StepDecision } from "./step-decision.tsx";
import { StepElsewhere } from "./step-elsewhere.tsx";
import { StepLook } from "./step-look.tsx";
import { StepReasons } from "./step-reasons.tsx";
import { StepUndo } from "./step-undo.tsx";
import { StopStep } from "./stop-step.tsx";
import { Waiting } from "./waiting.tsx";
import { isRunning } from "./step-facts.ts";
import { useCardSeen } from "./use-card-seen.ts";
import { useWriteRefusal } from "./use-write-refusal.ts";

interface CurrentStepProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
  readonly live: StepOutput | undefined;
}

const BORDER: Readonly<Record<WireStepExecution["risk"], string>> = {
  safe: "border-safe-line",
  caution: "border-caution-line",
  unknown: "border-unknown-line border-dashed",
  dangerous: "border-dangerous-line border-2",
};

const StepTitle = ({ step }: { readonly step: WireStepExecution }) => (
  <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
    <h2 className="min-w-0 flex-1 text-title">
      <a href={`#step-${step.label}`} className="text-ink-faint underline decoration-dotted underline-offset-4">
        {step.label}
      </a>{" "}
      <Prose text={splitHeadline(step.description).first} />
    </h2>
    {step.command !== null && <RiskBadge risk={step.risk} />}
  </div>
);

const Rest = ({ description }: { readonly description: string }) => {
  const { rest } = splitHeadline(description);
  return rest === "" ? null : (
    <p className="max-w-[72ch]">
      <Prose text={rest} />
    </p>
  );
};

const StatusLine = ({ execution, step }: { readonly execution: WireExecution; readonly step: WireStepExecution }) => (
  <p className="text-small text-ink-normal">
    <span className="font-medium text-ink-strong">
      {execution.panic && isRunning(step) ? "stopped with everything else; the agent's own state stands above" : describeStep(step)}
    </span>
    {isRunning(step) && !execution.panic && <RunningClock step={step} />}
    {step.command !== null && execution.agent_name !== "" && <span className="text-ink-faint">, on agent {execution.agent_name}</span>}
    {execution.status === "running" && execution.status_reason !== null && (
      <Waiting execution={execution} reason={execution.status_reason} />
    )}
    <AskedSince step={step} serverTime={execution.server_time} />
  </p>
);

const Expectation = ({ text }: { readonly text: string | null }) =>
  text === null ? null : (
    <p>
      <span className="text-ink-faint">Expect: </span>
      <Prose text={text} />
    </p>
  );

const Clarification = ({ text }: { readonly text: string | null }) =>
  text === null ? null : (
    <p className="max-w-[72ch]">
      <span className="text-ink-faint">The author says: </span>
      <Prose text={text} />
    </p>
  );

const Refusal = ({ step }: { readonly step: WireStepExecution }) =>
  step.refusal === null ? null : (
    <div role="alert" className="rounded-md border-2 border-line-strong bg-surface-2 p-3">
      <p className="font-semibold text-ink-strong">Refused by the agent. Nothing ran.</p>
      <p>
        <Prose text={step.refusal.message} /> <code className="font-mono text-small">({step.refusal.code})</code>
      </p>
    </div>
  );

/** Everything a person reads before deciding; when any of it changes, the decision has to be read again. */
const cardKey = (step: WireStepExecution): string =>
  `${step.id}:${step.attempt}:${step.digest ?? ""}:${step.status}:${step.look.state}:${step.actions.join(",")}`;

export const CurrentStep = ({ execution, step, live }: CurrentStepProps) => {
  const key = cardKey(step);
  const { top, bottom, seen } = useCardSeen(key);
  const refusal = useWriteRefusal(execution, "operator");
  const hasOutput = step.command !== null && step.started_at !== null;
  return (
    <article
      id={`step-${step.label}`}
      aria-label={`Current step ${step.label}`}
      className={`scroll-mt-20 rounded-lg border bg-surface-1 px-4 py-3 sm:px-6 sm:py-4 ${step.command === null ? "border-line-strong" : BORDER[step.risk]}`}
    >
      <div ref={top} aria-hidden="true" className="h-px" />
      <div className="space-y-3">
        <StepTitle step={step} />
        <Rest description={step.description} />
        <Clarification text={step.clarification} />
        <StatusLine execution={execution} step={step} />
        {step.command !== null && <StepCommand execution={execution} step={step} command={step.command} />}
        <Refusal step={step} />
        <StepReasons step={step} />
        <Expectation text={step.expected_output} />
        {step.command !== null && <StepLook executionId={execution.id} step={step} refusal={refusal} />}
        {step.command !== null && <StepUndo step={step} />}
        <StepDeadline execution={execution} step={step} />
        <MissingValues execution={execution} step={step} />
        <StopStep execution={execution} step={step} />
        {hasOutput && <OutputFrame execution={execution} step={step} live={live} running={isRunning(step)} />}
      </div>
      <div ref={bottom} aria-hidden="true" className="h-px" />
      <StepDecision key={key} execution={execution} step={step} seen={seen} />
      <StepAfterwards execution={execution} step={step} className="mt-3 border-t border-line pt-3" />
      <StepElsewhere stepId={step.label} actionable={step.actions.length > 0} />
    </article>
  );
};
