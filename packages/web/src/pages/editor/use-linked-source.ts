// The thread between text and steps: the caret chooses a step, a step or a command shows its lines. Pointing and following the caret
// only mark; pressing a link also scrolls.
import type { WireParsedRunbook, WireParsedStep } from "@dd0c/protocol/http";
import { useState } from "react";
import { type LineRange, placeAtLine } from "../../steps/link-lines.ts";

export interface Reveal {
  readonly range: LineRange;
  /** Changes with every request, so that the same range can be asked for again. */
  readonly times: number;
}

const sameRange = (a: LineRange | null, b: LineRange | null): boolean => a === b || (a?.[0] === b?.[0] && a?.[1] === b?.[1]);

export const useLinkedSource = (parsed: WireParsedRunbook | undefined) => {
  const [caretLine, setCaretLine] = useState<number | null>(null);
  const [shown, setShown] = useState<LineRange | null>(null);
  const [pointed, setPointed] = useState<LineRange | null>(null);
  const [reveal, setReveal] = useState<Reveal | null>(null);

  const stepAt = (line: number | null): WireParsedStep | null => (parsed === undefined ? null : placeAtLine(parsed, line));
  const selected = stepAt(caretLine);
  return {
    stepAt,
    caretLine,
    selectedOrder: selected?.order ?? null,
    marked: pointed ?? shown ?? selected?.source_lines ?? null,
    reveal,
    followCaret: (line: number): void => {
      setShown(null);
      setCaretLine(line);
    },
    point: (range: LineRange | null): void => setPointed((before) => (sameRange(before, range) ? before : range)),
    show: (range: LineRange): void => {
      setShown(range);
      setCaretLine(range[0]);
      setReveal((before) => ({ range, times: (before?.times ?? 0) + 1 }));
    },
  };
};
