// Text that others wrote (descriptions, notes, messages): line ends kept, invisible characters spelled out, web addresses linked,
// words between backticks in the type of commands. Nothing else is interpreted.
import { Fragment } from "react";
import { revealInvisible } from "@dd0c/protocol/http";

const ADDRESS = /(https?:\/\/[^\s<>"'`)\]]+)/;
const CODE = /`([^`\n]+)`/;

const Plain = ({ text }: { readonly text: string }) =>
  revealInvisible(text, "prose").map((run) =>
    run.hidden ? (
      <span key={run.start} className="hidden-character" title="An invisible character stands here">
        {run.shown}
      </span>
    ) : (
      <Fragment key={run.start}>{run.shown}</Fragment>
    ),
  );

/** Split at CODE, every second part was written between backticks. */
const Visible = ({ text }: { readonly text: string }) =>
  text.split(CODE).map((part, index) =>
    index % 2 === 1 ? (
      <code key={`${index}-${part}`} className="font-mono text-[0.94em] break-words">
        <Plain text={part} />
      </code>
    ) : (
      <Plain key={`${index}-${part}`} text={part} />
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
