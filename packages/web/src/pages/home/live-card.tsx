// One live execution on the home page: where it stands and the step that matters now.
import type { WireExecution, WireExecutionSummary } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { splitHeadline } from "../../text/split-headline.ts";
import { describeStep } from "../../text/words.ts";
import { Age } from "../../ui/age.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RiskBadge } from "../../ui/risk-badge.tsx";
import { arrangeSteps } from "../execution/arrange-steps.ts";
import { StatusWord } from "../executions/status-word.tsx";

const currentStep = (execution: WireExecution | WireExecutionSummary) =>
  "steps" in execution ? (arrangeSteps(execution).current ?? undefined) : undefined;

export const LiveCard = ({ execution }: { readonly execution: WireExecution | WireExecutionSummary }) => {
  const step = currentStep(execution);
  return (
    <li className="rounded-lg border border-line-strong bg-surface-1 p-4">
      <Link
        data-nav-item
        to="/executions/$executionId"
        params={{ executionId: execution.id }}
        className="block py-1 text-base font-semibold text-ink-strong underline-offset-4 hover:underline"
      >
        <Prose text={execution.runbook_title} />
      </Link>
      <p className="text-small text-ink-faint">
        <StatusWord status={execution.status} />, on {execution.agent_name}, started <Age sinceMs={Date.parse(execution.started_at)} />
      </p>
      {step !== undefined && (
        <p className="mt-2 flex flex-wrap items-center gap-2">
          {step.command !== null && <RiskBadge risk={step.risk} />}
          <span className="font-medium">{step.label}</span>
          <Prose text={splitHeadline(step.description).first} links={false} className="min-w-0" />
          <span className="text-small text-ink-faint">{describeStep(step)}</span>
        </p>
      )}
      {execution.status_reason !== null && (
        <p className="mt-2">
          <Prose text={execution.status_reason} />
        </p>
      )}
    </li>
  );
};
