// The thread between text and steps: the caret chooses a step, a step shows its lines. Following the caret never scrolls the
// other side; pressing a link does.
import type { WireParsedRunbook } from "@dd0c/protocol/http";
import { useState } from "react";
import { type LineRange, linesOfStep, stepAtLine } from "../../steps/link-lines.ts";

export const useLinkedSource = (parsed: WireParsedRunbook | undefined) => {
  const steps = parsed?.steps ?? [];
  const [selectedOrder, setSelectedOrder] = useState<number | null>(null);
  const [extraLine, setExtraLine] = useState<number | null>(null);
  const [reveal, setReveal] = useState<{ readonly range: LineRange; readonly at: number } | null>(null);

  const showRange = (range: LineRange | null): void => {
    if (range !== null) setReveal({ range, at: Date.now() });
  };
  return {
    selectedOrder,
    marked: extraLine === null ? linesOfStep(steps, selectedOrder) : ([extraLine, extraLine] as const),
    reveal,
    followCaret: (line: number): void => {
      setExtraLine(null);
      setSelectedOrder(stepAtLine(steps, line));
    },
    showStep: (order: number): void => {
      setExtraLine(null);
      setSelectedOrder(order);
      showRange(linesOfStep(steps, order));
    },
    showLine: (line: number): void => {
      setSelectedOrder(stepAtLine(steps, line));
      setExtraLine(line);
      showRange([line, line]);
    },
    chooseLine: (line: number): number | null => {
      setExtraLine(null);
      const order = stepAtLine(steps, line);
      setSelectedOrder(order);
      return order;
    },
  };
};
