// One step of a runbook as it will be walked: description, each command with its risk, what undoes it, where it came from.
import type { WireClassifiedCommand, WireParsedStep } from "@dd0c/protocol/http";
import { reasonMarks } from "../text/layout-command.ts";
import { CommandText } from "../ui/command-text.tsx";
import { Prose } from "../ui/prose.tsx";
import { RiskBadge } from "../ui/risk-badge.tsx";
import { describeLines } from "./link-lines.ts";
import { Why } from "./why.tsx";

interface ClassifiedStepProps {
  readonly step: WireParsedStep;
  readonly commands: readonly WireClassifiedCommand[];
  readonly selected: boolean;
  readonly onShowLines: (order: number) => void;
}

const CommandRow = ({ command }: { readonly command: WireClassifiedCommand }) => (
  <div className="rounded-md border border-line bg-surface-0">
    <div className="px-3 py-2">
      <CommandText command={command.command} marks={reasonMarks(command.classification.scanner.reasons)} />
    </div>
    <details className="border-t border-line">
      <summary data-why className="chevron flex min-h-9 flex-wrap items-center gap-2 px-3 py-1 pointer-coarse:min-h-11">
        <RiskBadge risk={command.classification.risk} />
        {!command.classification.scanner.runnable && <span className="text-small text-ink-normal">you run it yourself</span>}
        <span className="text-small text-ink-faint">why</span>
      </summary>
      <div className="px-3 pt-1 pb-3">
        <Why command={command.command} classification={command.classification} />
      </div>
    </details>
  </div>
);

/** Below this the parser itself calls the line a guess. */
const UNSURE_BELOW = 0.5;

const labelOf = (step: WireParsedStep, commands: readonly WireClassifiedCommand[], at: number): string | null =>
  commands.length > 1 ? (commands[at]?.label ?? `${step.order}`) : null;

export const ClassifiedStep = ({ step, commands, selected, onShowLines }: ClassifiedStepProps) => (
  <article
    id={`step-${step.order}`}
    className={`scroll-mt-24 rounded-lg border p-4 ${selected ? "border-accent bg-mark" : "border-line bg-surface-1"}`}
  >
    <div className="flex items-start gap-3">
      <span className="font-semibold text-ink-strong">{step.order}</span>
      <div className="min-w-0 flex-1 space-y-2">
        <div className="flex flex-wrap items-start justify-between gap-x-4">
          <h3 className="max-w-[72ch] min-w-0 text-base font-medium">
            <Prose text={step.description} />
          </h3>
          <button
            type="button"
            data-nav-item
            onClick={() => onShowLines(step.order)}
            className="min-h-6 text-small whitespace-nowrap text-accent underline-offset-4 hover:underline pointer-coarse:min-h-11"
          >
            {describeLines(step.source_lines)}
          </button>
        </div>
        {commands.map((command, at) => (
          <div key={command.label} id={commands.length > 1 ? `step-${command.label}` : undefined} className="scroll-mt-24">
            {labelOf(step, commands, at) !== null && (
              <p className="mb-1 text-small font-semibold text-ink-strong">{labelOf(step, commands, at)}</p>
            )}
            <CommandRow command={command} />
            {(step.commands[command.command_index]?.confidence ?? 1) < UNSURE_BELOW && (
              <p className="text-small text-ink-normal">It is not certain that this line is a command.</p>
            )}
          </div>
        ))}
        {step.kind !== "command" && (
          <p className="text-small text-ink-faint">{step.kind === "link" ? "A page to open." : "A person does this and reports it."}</p>
        )}
        {step.expected_output !== null && (
          <p className="text-small">
            <span className="text-ink-faint">Expect: </span>
            <Prose text={step.expected_output} />
          </p>
        )}
        {step.rollback_command !== null && (
          <div className="text-small">
            <span className="text-ink-faint">Undo:</span>
            <CommandText command={step.rollback_command} />
          </div>
        )}
      </div>
    </div>
  </article>
);
