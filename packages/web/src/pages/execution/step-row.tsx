// One past step: a line that opens to its command, result, output, and who decided what.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { useState } from "react";
import type { StepOutput } from "../../live/collect-output.ts";
import { Why } from "../../steps/why.tsx";
import { formatDuration } from "../../text/format-time.ts";
import { reasonMarks } from "../../text/layout-command.ts";
import { describeActor, describeStep } from "../../text/words.ts";
import { CommandText } from "../../ui/command-text.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RiskBadge } from "../../ui/risk-badge.tsx";
import { OutputFrame } from "./output-frame.tsx";
import { StepAfterwards } from "./step-afterwards.tsx";
import { StepIcon } from "./step-icon.tsx";

interface StepRowProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
  readonly live: StepOutput | undefined;
  /** What it was beside the runbook, in a word or two; left out where it was none of that. */
  readonly mark?: string | undefined;
}

const hasRun = (step: WireStepExecution): boolean => step.command !== null && step.started_at !== null;

const StepRecord = ({ step }: { readonly step: WireStepExecution }) => (
  <ul className="text-small text-ink-normal">
    {step.look.counted !== null && (
      <li>
        Counted before: <Prose text={step.look.counted.summary} />
      </li>
    )}
    {step.approved_by !== null && <li>Approved by {describeActor(step.approved_by)}</li>}
    {step.started_at !== null && (
      <li>
        Started <Moment iso={step.started_at} />
      </li>
    )}
    {step.completed_at !== null && (
      <li>
        Ended <Moment iso={step.completed_at} />
      </li>
    )}
    {step.members.length > 1 && (
      <li>
        Exit of each part:{" "}
        {step.members.map((member) => `${member.program}: ${member.exit_code ?? member.signal ?? "not started"}`).join(", ")}
      </li>
    )}
    {step.note !== null && (
      <li>
        Note: <Prose text={step.note} />
      </li>
    )}
    {step.refusal !== null && (
      <li>
        Refused by the agent, nothing ran: <Prose text={step.refusal.message} /> ({step.refusal.code})
      </li>
    )}
    {step.stdout_sha256 !== null && <li className="font-mono break-all text-ink-faint">stdout sha256 {step.stdout_sha256}</li>}
  </ul>
);

const StepBody = ({ execution, step, live }: Omit<StepRowProps, "mark">) => (
  <div className="space-y-3 px-4 pb-4">
    {step.command !== null && <CommandText command={step.command} marks={reasonMarks(step.classification?.scanner.reasons ?? [])} />}
    {step.was_modified && step.original_command !== null && (
      <div className="text-small text-ink-faint">
        Edited. In the runbook: <CommandText command={step.original_command} />
      </div>
    )}
    {step.command !== null && <RiskBadge risk={step.risk} />}
    <StepRecord step={step} />
    {hasRun(step) && <OutputFrame execution={execution} step={step} live={live} />}
    {step.classification !== null && (
      <details>
        <summary className="chevron flex min-h-11 items-center text-small text-ink-faint">why {step.risk}</summary>
        <Why command={step.command ?? ""} classification={step.classification} />
      </details>
    )}
  </div>
);

export const StepRow = ({ execution, step, live, mark }: StepRowProps) => {
  const [open, setOpen] = useState(false);
  return (
    <li id={`step-${step.label}`} className="scroll-mt-24 border-b border-line last:border-b-0">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary data-nav-item className="chevron flex min-h-11 flex-wrap items-center gap-x-2 px-3 py-2">
          <StepIcon step={step} />
          <span className="font-medium text-ink-strong">{step.label}</span>
          <Prose text={step.description} links={false} className={`flex-1 ${mark === undefined ? "min-w-0" : "min-w-40"}`} />
          {mark !== undefined && (
            <span className="rounded-sm border border-line-strong px-1.5 text-small font-medium text-ink-strong">{mark}</span>
          )}
          <span className="text-small text-ink-normal">{describeStep(step)}</span>
          {step.duration_ms !== null && <span className="text-small text-ink-faint">{formatDuration(step.duration_ms)}</span>}
        </summary>
        {open && <StepBody execution={execution} step={step} live={live} />}
      </details>
      <StepAfterwards execution={execution} step={step} className="px-3 pb-3" />
    </li>
  );
};
