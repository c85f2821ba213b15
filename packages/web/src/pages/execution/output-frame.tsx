// Output of one step in a frame of its own: it grows and scrolls inside and never moves the page. It follows the end until the
// reader scrolls up; then new lines wait behind a button at the edge. Not a live region.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { useEffect, useRef, useState } from "react";
import type { StepOutput } from "../../live/collect-output.ts";
import { useStepOutput } from "../../live/use-step-output.ts";
import { countWord } from "../../text/words.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { OutputText } from "./output-text.tsx";

interface OutputFrameProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
  readonly live: StepOutput | undefined;
  readonly running?: boolean;
}

const NEAR_END_PX = 24;

const emptyWords = (running: boolean, pending: boolean): string => {
  if (pending) return "Reading the output…";
  return running ? "No output yet." : "It printed nothing.";
};

const LeftOut = ({ dropped, truncated }: { readonly dropped: number; readonly truncated: boolean }) => (
  <>
    {dropped > 0 && (
      <p className="mb-2 text-small text-ink-faint">{countWord(dropped, "earlier character")} are kept on the server, not shown here.</p>
    )}
    {truncated && <p className="mb-2 text-small text-ink-faint">The middle was left out: the output exceeded its limit.</p>}
  </>
);

export const OutputFrame = ({ execution, step, live, running = false }: OutputFrameProps) => {
  const { output, truncated, isPending, error } = useStepOutput(execution.id, step.id, live, true);
  const frame = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const toEnd = (): void => frame.current?.scrollTo({ top: frame.current.scrollHeight });
  useEffect(() => {
    if (following) toEnd();
  }, [output, following]);
  const onScroll = (): void => {
    const element = frame.current;
    if (element !== null) setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX);
  };
  if (error !== null && output.chunks.length === 0)
    return <ErrorNotice error={error} what="The output could not be read. It is kept on the server." />;
  return (
    <div className="relative">
      <div
        ref={frame}
        onScroll={onScroll}
        tabIndex={0}
        role="group"
        aria-label={`Output of step ${step.label}`}
        className={`output-frame overflow-auto rounded-md border border-line bg-surface-0 p-3 ${running ? "h-64" : "max-h-96"}`}
      >
        <LeftOut dropped={output.dropped} truncated={truncated || step.truncated} />
        {output.chunks.length === 0 ? (
          <p className="text-ink-faint">{emptyWords(running, isPending)}</p>
        ) : (
          <OutputText chunks={output.chunks} />
        )}
      </div>
      {!following && running && (
        <button
          type="button"
          onClick={() => {
            setFollowing(true);
            toEnd();
          }}
          className="absolute right-4 bottom-3 min-h-11 rounded-md border border-line-strong bg-surface-1 px-3 text-small text-ink-strong"
        >
          Follow new lines
        </button>
      )}
    </div>
  );
};
