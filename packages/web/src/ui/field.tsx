// A labelled text field with an optional hint; the label is always visible.
import { type InputHTMLAttributes, type ReactNode, useId } from "react";

export const INPUT_LOOK = "min-h-11 w-full rounded-md border border-line-strong bg-surface-1 px-3 py-2 text-base text-ink-strong";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

export const Field = ({ label, hint, className = "", ...rest }: FieldProps) => {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium text-ink-strong">
        {label}
      </label>
      <input id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...rest} className={`${INPUT_LOOK} ${className}`} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-small text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  );
};
