// A runbook's text with line numbers, to read: the lines of the chosen step are marked; pressing a line number finds its step.
import { useEffect, useRef } from "react";
import { revealInvisible } from "@dd0c/protocol/http";
import type { LineRange } from "./link-lines.ts";

interface SourceViewProps {
  readonly text: string;
  readonly marked: LineRange | null;
  /** Scrolls to this range when it changes; null leaves the view alone. */
  readonly reveal: { readonly range: LineRange } | null;
  readonly onChooseLine: (line: number) => void;
}

const isMarked = (line: number, marked: LineRange | null): boolean => marked !== null && marked[0] <= line && line <= marked[1];

export const SourceView = ({ text, marked, reveal, onChooseLine }: SourceViewProps) => {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (reveal === null || frame.current === null) return;
    const row = frame.current.querySelector<HTMLElement>(`[data-line="${reveal.range[0]}"]`);
    if (row !== null) frame.current.scrollTop = row.offsetTop - frame.current.clientHeight / 3;
  }, [reveal]);
  return (
    <div
      ref={frame}
      tabIndex={0}
      role="region"
      aria-label="Source text"
      className="source-editor output-frame relative max-h-[75vh] overflow-auto rounded-lg border border-line bg-surface-1 py-2"
    >
      {text.split("\n").map((content, index) => {
        const line = index + 1;
        return (
          <div
            key={line}
            data-line={line}
            id={`L${line}`}
            className={`grid grid-cols-[3.5rem_1fr] ${isMarked(line, marked) ? "bg-mark" : ""}`}
          >
            <button
              type="button"
              tabIndex={-1}
              onClick={() => onChooseLine(line)}
              aria-label={`Find the step of line ${line}`}
              className="self-start pr-3 text-right text-ink-faint select-none hover:text-ink-strong"
            >
              {line}
            </button>
            <span className="pr-3 break-words whitespace-pre-wrap text-ink-normal">
              {revealInvisible(content.replace(/\r$/, ""), "prose").map((run) =>
                run.hidden ? (
                  <span key={run.start} className="hidden-character">
                    {run.shown}
                  </span>
                ) : (
                  <span key={run.start}>{run.shown}</span>
                ),
              )}
            </span>
          </div>
        );
      })}
    </div>
  );
};
