// One step of a runbook as it will be walked: description, each command with its risk, what undoes it, where it came from.
import type { WireClassifiedCommand, WireParsedStep } from "@dd0c/protocol/http";
import type { ReactNode } from "react";
import { CommandText } from "../ui/command-text.tsx";
import { Prose } from "../ui/prose.tsx";
import { CommandRow } from "./command-row.tsx";
import { linesOfCommand, writeLines } from "./link-lines.ts";
import { ShowLines } from "./show-lines.tsx";

interface ClassifiedStepProps<C extends WireClassifiedCommand> {
  readonly step: WireParsedStep;
  readonly commands: readonly C[];
  readonly selected: boolean;
  /** The line that the caret is on, for the command that it stands in. */
  readonly selectedLine?: number | null;
  readonly noteOf?: (command: C) => ReactNode;
  /** What the step asks its author, with the answers: then they are not said a second time. */
  readonly questions?: ReactNode;
}

const labelOf = (step: WireParsedStep, commands: readonly WireClassifiedCommand[], at: number): string | null =>
  commands.length > 1 ? (commands[at]?.label ?? `${step.order}`) : null;

/** The only command of a step already says its lines. */
const saysItsLines = (step: WireParsedStep): boolean => {
  const [only, ...others] = step.commands;
  return only !== undefined && others.length === 0 && writeLines(linesOfCommand(only)) === writeLines(step.source_lines);
};

const Facts = ({ step, asked }: { readonly step: WireParsedStep; readonly asked: boolean }) => (
  <>
    {step.clarification !== undefined && !asked && (
      <p>
        <span className="text-ink-faint">The author says: </span>
        <Prose text={step.clarification} />
      </p>
    )}
    {step.verifies !== undefined && <p className="text-small text-ink-normal">Checks what step {step.verifies} did.</p>}
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
  </>
);

export const ClassifiedStep = <C extends WireClassifiedCommand>({
  step,
  commands,
  selected,
  selectedLine = null,
  noteOf,
  questions,
}: ClassifiedStepProps<C>) => (
  <article
    id={`step-${step.order}`}
    data-lines={writeLines(step.source_lines)}
    className={`scroll-mt-24 rounded-lg border p-4 ${selected ? "border-accent bg-mark" : "border-line bg-surface-1"}`}
  >
    <div className="flex items-start gap-3">
      <span className="font-semibold text-ink-strong">{step.order}</span>
      <div className="min-w-0 flex-1 space-y-2">
        <div className="flex flex-wrap items-start justify-between gap-x-4">
          <h3 className="max-w-[72ch] min-w-0 text-base font-medium">
            <Prose text={step.description} />
          </h3>
          {!saysItsLines(step) && <ShowLines range={step.source_lines} item />}
        </div>
        {commands.map((command, at) => (
          <div key={command.label} id={commands.length > 1 ? `step-${command.label}` : undefined} className="scroll-mt-24">
            {labelOf(step, commands, at) !== null && (
              <p className="mb-1 text-small font-semibold text-ink-strong">{labelOf(step, commands, at)}</p>
            )}
            <CommandRow
              command={command}
              source={step.commands[command.command_index]}
              selectedLine={selectedLine}
              note={noteOf?.(command)}
              asked={questions !== undefined}
            />
          </div>
        ))}
        <Facts step={step} asked={questions !== undefined} />
        {questions}
      </div>
    </div>
  </article>
);
