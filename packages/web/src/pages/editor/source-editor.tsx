// Where a runbook is pasted: text with line numbers, the chosen step's lines marked. Long lines scroll sideways instead of
// wrapping, so that line numbers always stand beside their line.
import { type SyntheticEvent, useEffect, useMemo, useRef, useState } from "react";
import { type LineRange, lineAtOffset } from "../../steps/link-lines.ts";

const LINE_HEIGHT_PX = 24;
const PADDING_PX = 8;

interface SourceEditorProps {
  readonly value: string;
  readonly marked: LineRange | null;
  /** Scrolls to this range when it changes; null leaves the view alone. */
  readonly reveal: { readonly range: LineRange } | null;
  readonly onChange: (value: string) => void;
  readonly onCaretLine: (line: number) => void;
}

const lineNumbers = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join("\n");

const countLines = (text: string): number => {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
};

export const SourceEditor = ({ value, marked, reveal, onChange, onCaretLine }: SourceEditorProps) => {
  const area = useRef<HTMLTextAreaElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const lines = countLines(value);
  const numbers = useMemo(() => lineNumbers(lines), [lines]);
  useEffect(() => {
    if (reveal === null || area.current === null) return;
    area.current.scrollTop = (reveal.range[0] - 1) * LINE_HEIGHT_PX - area.current.clientHeight / 3;
  }, [reveal]);
  const onSelect = (event: SyntheticEvent<HTMLTextAreaElement>): void =>
    onCaretLine(lineAtOffset(value, event.currentTarget.selectionStart));
  return (
    <div className="source-editor relative h-[55dvh] min-h-64 overflow-hidden rounded-lg border border-line-strong bg-surface-1 lg:h-auto lg:min-h-0 lg:flex-1">
      <div aria-hidden="true" className="pointer-events-none absolute inset-0">
        <div style={{ transform: `translateY(${-scrollTop}px)` }}>
          {marked !== null && (
            <div
              className="absolute inset-x-0 bg-mark"
              style={{ top: PADDING_PX + (marked[0] - 1) * LINE_HEIGHT_PX, height: (marked[1] - marked[0] + 1) * LINE_HEIGHT_PX }}
            />
          )}
          <pre className="absolute top-2 left-0 w-12 pr-3 text-right text-ink-faint select-none">{numbers}</pre>
        </div>
      </div>
      <textarea
        ref={area}
        aria-label="Runbook text"
        data-hotkey="search"
        value={value}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        placeholder="Paste a runbook: Markdown, numbered prose, a wiki page, a chat thread."
        onChange={(event) => onChange(event.target.value)}
        onSelect={onSelect}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        className="absolute inset-0 h-full w-full resize-none overflow-auto bg-transparent py-2 pr-3 pl-14 text-ink-strong placeholder:text-ink-faint"
      />
    </div>
  );
};
