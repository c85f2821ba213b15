// Two things about the focus in a preview: going to the next open question, and not losing the place when the control that had the focus
// is replaced (an answered question folds, an accepted mention moves into a step).
import { type RefObject, useLayoutEffect, useRef } from "react";

const CONTROL = "textarea, select, input, button:not([data-show-lines])";

const focusIn = (question: HTMLElement, preventScroll: boolean): void => {
  question.closest("details")?.setAttribute("open", "");
  question.querySelector<HTMLElement>(CONTROL)?.focus({ preventScroll });
};

export const useNextQuestion = (area: RefObject<HTMLElement | null>) => {
  const last = useRef<{ readonly element: Element; readonly question: string } | null>(null);
  useLayoutEffect(() => {
    const gone = last.current;
    if (gone === null || gone.element.isConnected || document.activeElement !== document.body) return;
    last.current = null;
    const question = area.current?.querySelector<HTMLElement>(`[data-question="${CSS.escape(gone.question)}"]`);
    if (question != null) focusIn(question, true);
  });
  return {
    rememberFocus: (target: EventTarget): void => {
      const question = target instanceof Element ? target.closest<HTMLElement>("[data-question]")?.dataset["question"] : undefined;
      last.current = target instanceof Element && question !== undefined ? { element: target, question } : null;
    },
    /** The next open one behind the focus, else the first. */
    focusNext: (): void => {
      const open = [...(area.current?.querySelectorAll<HTMLElement>("[data-open-question]") ?? [])];
      const from = document.activeElement;
      const behind = open.find(
        (question) =>
          from !== null && !question.contains(from) && (from.compareDocumentPosition(question) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
      );
      const next = behind ?? open[0];
      if (next === undefined) return;
      focusIn(next, false);
      next.scrollIntoView({ block: "nearest" });
    },
  };
};
