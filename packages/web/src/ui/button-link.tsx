// A link that looks like a button: for places one goes to, not for things one does.
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

const LOOKS = {
  primary: "bg-accent-fill text-accent-on border-transparent font-semibold",
  quiet: "bg-surface-1 text-ink-strong border-line-strong",
} as const;

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly look?: keyof typeof LOOKS;
  readonly ref?: Ref<HTMLAnchorElement>;
}

const Anchor = ({ look = "quiet", className = "", ...rest }: AnchorProps) => (
  <a
    {...rest}
    className={`inline-flex min-h-11 items-center rounded-md border px-4 py-2 hover:brightness-110 ${LOOKS[look]} ${className}`}
  />
);

export const ButtonLink = createLink(Anchor);
