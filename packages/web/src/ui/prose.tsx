// Text that others wrote (descriptions, notes, messages): line ends kept, invisible characters spelled out, web addresses linked.
import { Fragment } from "react";
import { revealInvisible } from "../text/reveal-invisible.ts";

const ADDRESS = /(https?:\/\/[^\s<>"')\]]+)/;

const Visible = ({ text }: { readonly text: string }) =>
  revealInvisible(text, "prose").map((run) =>
    run.hidden ? (
      <span key={run.start} className="hidden-character" title="An invisible character stands here">
        {run.shown}
      </span>
    ) : (
      <Fragment key={run.start}>{run.shown}</Fragment>
    ),
  );

interface ProseProps {
  readonly text: string;
  readonly className?: string;
  /** false where a link may not stand: inside something else that is pressed. */
  readonly links?: boolean;
}

export const Prose = ({ text, className = "", links = true }: ProseProps) => (
  <span className={`whitespace-pre-wrap ${className}`}>
    {(links ? text.split(ADDRESS) : [text]).map((part, index) =>
      links && ADDRESS.test(part) ? (
        <a key={`${index}-${part}`} href={part} target="_blank" rel="noreferrer noopener" className="break-all text-accent underline">
          <Visible text={part} />
        </a>
      ) : (
        <Visible key={`${index}-${part}`} text={part} />
      ),
    )}
  </span>
);
