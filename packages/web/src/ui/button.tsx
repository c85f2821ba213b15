// The one button. A disabled button always says why: the reason stands beside it and is read with it.
import { type ButtonHTMLAttributes, type ReactNode, useId } from "react";

type Look = "primary" | "quiet" | "plain" | "dangerous";

const LOOKS: Readonly<Record<Look, string>> = {
  primary: "bg-accent-fill text-accent-on border-transparent font-semibold",
  quiet: "bg-surface-1 text-ink-strong border-line-strong",
  plain: "text-accent border-transparent underline-offset-4 hover:underline",
  dangerous: "bg-dangerous-fill text-ink-strong border-dangerous-line border-2 font-semibold",
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  /** Why it cannot be pressed now; null or absent means it can. */
  readonly refusal?: string | null | undefined;
  /** Words shown instead of the label while the answer is awaited. */
  readonly busy?: string | false | undefined;
  readonly children: ReactNode;
}

export const Button = ({ look = "quiet", refusal = null, busy = false, children, className = "", ...rest }: ButtonProps) => {
  const reasonId = useId();
  const refused = refusal !== null;
  const faded = refused ? "bg-surface-2 text-ink-faint border-line border font-normal" : LOOKS[look];
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-3 gap-y-1">
      <button
        type="button"
        {...rest}
        disabled={refused || busy !== false}
        aria-describedby={refused ? reasonId : rest["aria-describedby"]}
        className={`min-h-11 rounded-md border px-4 py-2 text-base transition-colors hover:brightness-110 ${faded} ${className}`}
      >
        {busy === false ? children : busy}
      </button>
      {refused && (
        <span id={reasonId} className="text-small text-ink-faint">
          {refusal}
        </span>
      )}
    </span>
  );
};
