// A choice among a few, each with a sentence that says what it means.
import { useId } from "react";

export interface Choice<V extends string | number> {
  readonly value: V;
  readonly name: string;
  readonly meaning: string;
}

interface ChoiceGroupProps<V extends string | number> {
  readonly legend: string;
  readonly choices: readonly Choice<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
}

export const ChoiceGroup = <V extends string | number>({ legend, choices, value, onChange, disabled = false }: ChoiceGroupProps<V>) => {
  const name = useId();
  return (
    <fieldset disabled={disabled} className="space-y-2">
      <legend className="mb-2 text-base font-semibold text-ink-strong">{legend}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={`flex gap-3 rounded-lg border p-3 ${choice.value === value ? "border-accent bg-mark" : "border-line-strong bg-surface-1"}`}
        >
          <input
            type="radio"
            name={name}
            className="mt-0.5"
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            aria-describedby={`${name}-${choice.value}`}
            aria-label={choice.name}
          />
          <span className="min-w-0">
            <span className="block font-medium text-ink-strong">{choice.name}</span>
            <span id={`${name}-${choice.value}`} className="block text-ink-normal">
              {choice.meaning}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
};
