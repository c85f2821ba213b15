// An empty view: what would be here, and the one action that fills it.
import type { ReactNode } from "react";

export const Empty = ({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) => (
  <div className="rounded-lg border border-dashed border-line-strong p-6">
    <p className="font-semibold text-ink-strong">{title}</p>
    <div className="mt-1 max-w-[72ch]">{children}</div>
    {action !== undefined && <div className="mt-4">{action}</div>}
  </div>
);
