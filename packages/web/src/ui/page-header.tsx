// Title of a page: sets the document title, takes the focus after a navigation, and holds the page's actions.
import { type ReactNode, useEffect, useRef } from "react";

interface PageHeaderProps {
  readonly title: string;
  /** Title of the window where it should differ from the heading. */
  readonly documentTitle?: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
}

export const PageHeader = ({ title, documentTitle, note, actions }: PageHeaderProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body || document.activeElement.closest("nav") !== null) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  useEffect(() => {
    document.title = `${documentTitle ?? title} · dd0c/run`;
  }, [title, documentTitle]);
  return (
    <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3 sm:mb-6">
      <div className="min-w-0">
        <h1 ref={heading} tabIndex={-1} className="text-title break-words sm:text-page">
          {title}
        </h1>
        {note !== undefined && <div className="mt-1 max-w-[72ch] text-ink-faint">{note}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
};
