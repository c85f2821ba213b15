// The exact command of a step: nothing truncated, risky stretches underlined, values from the alert marked, targets named.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { reasonMarks, valueMarks } from "../../text/layout-command.ts";
import { describeTarget } from "../../text/words.ts";
import { CommandText } from "../../ui/command-text.tsx";
import { Prose } from "../../ui/prose.tsx";

interface StepCommandProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
  readonly command: string;
}

const usedValues = (execution: WireExecution, command: string) =>
  execution.variables.flatMap(({ name, value, source }) =>
    value !== null && value !== "" && command.includes(value) ? [{ name, value, source }] : [],
  );

export const StepCommand = ({ execution, step, command }: StepCommandProps) => {
  const values = usedValues(execution, command);
  const fromAlert = values.filter((value) => value.source === "alert");
  const targets = step.classification?.scanner.targets ?? [];
  return (
    <div className="space-y-2">
      <div className="rounded-md border border-line bg-surface-0 p-3">
        <CommandText
          command={command}
          marks={[...reasonMarks(step.classification?.scanner.reasons ?? []), ...valueMarks(command, fromAlert)]}
        />
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-small text-ink-normal">
        {targets.length > 0 && step.risk !== "safe" && (
          <li>
            Touches <Prose text={targets.map(describeTarget).join(", ")} />
          </li>
        )}
        {values.map((value) => (
          <li key={value.name}>
            <span className={value.source === "alert" ? "mark-value px-1" : ""}>{value.name}</span> = <Prose text={value.value} />
            {value.source === "alert" && ", from the alert"}
          </li>
        ))}
        {step.was_modified && step.original_command !== null && (
          <li className="w-full">
            Edited. In the runbook:
            <CommandText command={step.original_command} />
          </li>
        )}
      </ul>
    </div>
  );
};
