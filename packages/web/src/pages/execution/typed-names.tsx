// The names of what a dangerous step touches, each spelled out and typed by hand. Pasting and dropping are off on purpose.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { useId, useState } from "react";
import { revealAsText } from "@dd0c/protocol/http";
import { describeTarget } from "../../text/words.ts";
import { INPUT_LOOK } from "../../ui/field.tsx";

type Target = WireStepExecution["confirmations"][number];

interface TypedNamesProps {
  readonly targets: readonly Target[];
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

interface NameFieldProps {
  readonly target: Target;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const NameField = ({ target, value, onChange }: NameFieldProps) => {
  const id = useId();
  const [pasted, setPasted] = useState(false);
  const refuse = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    setPasted(true);
  };
  return (
    <div>
      <label htmlFor={id} className="block">
        This destroys or exposes{" "}
        <strong className="font-semibold text-ink-strong">{revealAsText(describeTarget(target), "command")}</strong>. Type its name:
        <span className="block py-1 font-mono text-title text-ink-strong select-none">{revealAsText(target.name, "command")}</span>
      </label>
      <input
        id={id}
        value={value}
        data-confirm-name
        aria-describedby={`${id}-state`}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        onPaste={refuse}
        onDrop={refuse}
        onChange={(event) => onChange(event.target.value)}
        className={`${INPUT_LOOK} font-mono`}
      />
      <p id={`${id}-state`} className="min-h-5 text-small text-ink-faint">
        {value === target.name ? "Matches." : pasted ? "Pasting is off here. Type the name." : ""}
      </p>
    </div>
  );
};

export const TypedNames = ({ targets, values, onChange }: TypedNamesProps) => {
  if (targets.length === 0) return <p className="text-ink-strong">No target is known for this step, so it cannot be confirmed here.</p>;
  return (
    <div className="space-y-4">
      {targets.map((target, at) => (
        <NameField
          key={`${target.kind}-${target.name}-${target.namespace}`}
          target={target}
          value={values[at] ?? ""}
          onChange={(value) => onChange(targets.map((_, index) => (index === at ? value : (values[index] ?? ""))))}
        />
      ))}
    </div>
  );
};
