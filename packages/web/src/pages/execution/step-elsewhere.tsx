// When the reader is looking at something else and a step waits: a quiet sign at the edge that waits to be pressed. Nothing scrolls by itself.
import { useEffect, useRef, useState } from "react";

interface StepElsewhereProps {
  readonly stepId: string;
  readonly actionable: boolean;
}

export const StepElsewhere = ({ stepId, actionable }: StepElsewhereProps) => {
  const anchor = useRef<HTMLDivElement>(null);
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const card = anchor.current?.closest("article");
    if (card === null || card === undefined) return;
    const observer = new IntersectionObserver(([entry]) => setVisible(entry?.isIntersecting ?? true));
    observer.observe(card);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <div ref={anchor} />
      {!visible && actionable && (
        <a
          href={`#step-${stepId}`}
          className="fixed bottom-4 left-1/2 z-20 flex min-h-11 -translate-x-1/2 items-center rounded-full border border-line-strong bg-surface-1 px-5 font-medium whitespace-nowrap text-ink-strong"
        >
          Step {stepId} waits for you
        </a>
      )}
    </>
  );
};
