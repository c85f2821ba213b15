// One variable of the preflight: typed, or chosen where the runbook lists choices; its source stands beside it.
import type { WireExecution } from "@dd0c/protocol/http";
import { useId } from "react";
import { revealAsText } from "@dd0c/protocol/http";
import { Field, INPUT_LOOK } from "../../ui/field.tsx";

type Variable = WireExecution["variables"][number];

const SOURCE: Readonly<Record<Variable["source"], string>> = {
  alert: "Comes from the alert when there is one; this run has none, so you type it.",
  runtime: "The run will show it. Leave it open, or type it if you know it.",
  manual: "You type it.",
};

interface VariableFieldProps {
  readonly variable: Variable;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const sourceHint = ({ source, value, needs_typing }: Variable): string => {
  if (needs_typing)
    return `The alert says “${revealAsText(value ?? "", "command")}”. That is no plain word, so it is not filled in: type what you want`;
  return source === "alert" && value !== null ? "Filled in from the alert. Check it before you go on." : SOURCE[source];
};

const hintFor = (variable: Variable): string => [variable.description, sourceHint(variable)].filter((part) => part !== null).join(". ");

export const VariableField = ({ variable, value, onChange }: VariableFieldProps) => {
  const id = useId();
  if (variable.choices.length === 0) {
    return (
      <Field
        label={<code className="font-mono">{variable.name}</code>}
        hint={hintFor(variable)}
        value={value}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        className="font-mono"
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-ink-strong">
        <code className="font-mono">{variable.name}</code>
      </label>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        className={INPUT_LOOK}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">Choose one</option>
        {variable.choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="mt-1 text-small text-ink-faint">
        {hintFor(variable)}
      </p>
    </div>
  );
};
