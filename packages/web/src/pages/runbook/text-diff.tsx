// A comparison line by line: plus and minus signs carry the meaning, shading only helps.
import { useMemo } from "react";
import { revealAsText } from "@dd0c/protocol/http";
import { type DiffLine, diffLines } from "./diff-lines.ts";

const SIGN: Readonly<Record<DiffLine["kind"], string>> = { same: " ", added: "+", removed: "-" };
const LOOK: Readonly<Record<DiffLine["kind"], string>> = {
  same: "text-ink-faint",
  added: "bg-mark text-ink-strong",
  removed: "bg-surface-2 text-ink-strong",
};

/** `lines` under a title; `height` bounds the frame where they may be many. */
export const DiffFrame = ({
  title,
  lines,
  height = "",
}: {
  readonly title: string;
  readonly lines: readonly DiffLine[];
  readonly height?: string;
}) => (
  <div
    tabIndex={0}
    role="region"
    aria-label={title}
    className={`source-editor output-frame overflow-auto rounded-lg border border-line bg-surface-1 py-2 ${height}`}
  >
    {lines.map((line, index) => (
      <div key={`${index}-${line.kind}`} className={`grid grid-cols-[2rem_1fr] whitespace-pre-wrap ${LOOK[line.kind]}`}>
        <span className="text-center">{SIGN[line.kind]}</span>
        <span className="min-w-0 pr-3 break-words">{revealAsText(line.text.replace(/\r$/, ""))}</span>
      </div>
    ))}
  </div>
);

interface TextDiffProps {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

export const TextDiff = ({ title, before, after }: TextDiffProps) => {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const changed = lines.filter((line) => line.kind !== "same").length;
  return (
    <section className="space-y-2">
      <h2 className="text-title">{title}</h2>
      <p className="text-ink-faint">{changed === 0 ? "The text is the same." : `${changed} lines differ.`}</p>
      <DiffFrame title={title} lines={lines} height="max-h-[75vh]" />
    </section>
  );
};
