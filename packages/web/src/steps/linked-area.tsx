// Where steps stand beside their source: whatever carries data-lines tells its lines when it is pointed at, focused or pressed.
// One listener for the whole area; the parts only say which lines they came from. A button with data-show-lines asks to be taken there.
import type { FocusEvent, MouseEvent, PointerEvent, ReactNode } from "react";
import { type LineRange, readLines } from "./link-lines.ts";

export interface LineLink {
  /** Marks lines without moving anything; null: nothing is pointed at. */
  readonly onPoint: (range: LineRange | null) => void;
  /** Brings lines into view. `asked`: a control was pressed for just that. */
  readonly onShow: (range: LineRange, asked: boolean) => void;
}

interface LinkedAreaProps extends LineLink {
  readonly className?: string;
  readonly children: ReactNode;
}

const CONTROLS = "button, a, summary, input, textarea, select, label";

const linesAt = (target: EventTarget): LineRange | null =>
  target instanceof Element ? readLines(target.closest<HTMLElement>("[data-lines]")?.dataset["lines"]) : null;

const hasSelection = (): boolean => (document.getSelection()?.toString() ?? "") !== "";

export const LinkedArea = ({ onPoint, onShow, className = "", children }: LinkedAreaProps) => {
  const press = ({ target }: MouseEvent): void => {
    const range = linesAt(target);
    if (range === null || !(target instanceof Element)) return;
    if (target.closest("[data-show-lines]") !== null) return onShow(range, true);
    if (target.closest(CONTROLS) === null && !hasSelection()) onShow(range, false);
  };
  return (
    <div
      className={className}
      onPointerOver={({ target, pointerType }: PointerEvent) => pointerType === "mouse" && onPoint(linesAt(target))}
      onPointerLeave={() => onPoint(null)}
      onFocus={({ target }: FocusEvent) => onPoint(linesAt(target))}
      onBlur={() => onPoint(null)}
      onClick={press}
    >
      {children}
    </div>
  );
};
