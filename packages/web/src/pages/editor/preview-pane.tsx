// What the text would become: steps with their risk, questions to answer in place, warnings. The last good preview stays while the next
// is made, and while the text is momentarily none; nothing on the screen moves because of it.
import { useEffect, useRef } from "react";
import { LinkedArea, type LineLink } from "../../steps/linked-area.tsx";
import { Prerequisites, RollbackCommands, Warnings } from "../../steps/findings.tsx";
import { countWord } from "../../text/words.ts";
import { announce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { RiskCounts } from "../../ui/risk-counts.tsx";
import { openQuestions } from "./arrange-preview.ts";
import { KeepPlace } from "./keep-place.tsx";
import { PreviewSteps } from "./preview-steps.tsx";
import { PreviewVariables, StaleAnswers } from "./preview-variables.tsx";
import type { Answers } from "./use-answers.ts";
import type { LivePreview } from "./use-live-preview.ts";
import { useNextQuestion } from "./use-next-question.ts";

interface PreviewPaneProps extends LineLink {
  readonly live: LivePreview;
  readonly answers: Answers;
  readonly empty: boolean;
  readonly selectedOrder: number | null;
  readonly selectedLine: number | null;
}

const clock = (atMs: number): string => new Date(atMs).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

const statusWords = ({ checking, preview, error, waitsUntil }: LivePreview): string => {
  if (waitsUntil !== null) return `Checked as often as allowed for now. The next check runs by itself at ${clock(waitsUntil)}.`;
  if (checking) return "Checking…";
  return preview === undefined || error !== null ? "" : `Checked in ${Math.max(1, Math.round(preview.parse_duration_ms))} ms`;
};

const Summary = ({ live, open, onNext }: { readonly live: LivePreview; readonly open: number; readonly onNext: () => void }) => (
  <div className="sticky top-0 z-10 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line bg-surface-0 py-2">
    {live.preview !== undefined && (
      <p className="flex flex-wrap items-center gap-x-4">
        <span className="font-semibold text-ink-strong">{countWord(live.preview.parsed.steps.length, "step")}</span>
        <RiskCounts counts={live.preview.counts} />
      </p>
    )}
    <p className="text-small text-ink-faint">{statusWords(live)}</p>
    {live.preview !== undefined &&
      (open > 0 ? (
        <Button onClick={onNext}>{`${countWord(open, "open question")}: go to the next`}</Button>
      ) : (
        <p className="flex min-h-11 items-center text-small text-ink-normal">No open questions</p>
      ))}
  </div>
);

/** Why what is shown is not of the text as it is. */
const Outdated = ({ live }: { readonly live: LivePreview }) =>
  live.error === null ? null : (
    <div className="space-y-2">
      <ErrorNotice error={live.error} what="No steps from the text as it is now." onRetry={live.retry} />
      {live.preview !== undefined && <p className="text-ink-normal">Below is the last preview that worked. It comes back by itself.</p>}
    </div>
  );

export const PreviewPane = ({ live, answers, empty, selectedOrder, selectedLine, onPoint, onShow }: PreviewPaneProps) => {
  const area = useRef<HTMLDivElement>(null);
  const { focusNext, rememberFocus } = useNextQuestion(area);
  const { preview } = live;
  const open = preview === undefined ? 0 : openQuestions(preview, answers.of).length;
  const summary =
    preview === undefined || live.checking
      ? null
      : `${countWord(preview.parsed.steps.length, "step")}, ${countWord(open, "open question")}`;
  useEffect(() => {
    if (summary !== null && !empty) announce(summary);
  }, [summary, empty]);
  if (empty) {
    return (
      <Empty title="Steps appear here as you type">
        Each command is marked safe, caution, dangerous or unknown, with the reason. Nothing runs and nothing is saved until you say so.
      </Empty>
    );
  }
  return (
    <section ref={area} aria-label="Preview" onFocus={({ target }) => rememberFocus(target)}>
      <Summary live={live} open={open} onNext={focusNext} />
      <LinkedArea className="pt-3" onPoint={onPoint} onShow={onShow}>
        <KeepPlace version={live} className="space-y-4">
          <Outdated live={live} />
          {preview !== undefined && (
            <div className={`space-y-4 ${live.error === null ? "" : "outdated"}`}>
              <div data-place>
                <Warnings parsed={preview.parsed} />
                <PreviewVariables preview={preview} answers={answers} />
                <Prerequisites parsed={preview.parsed} />
                <RollbackCommands parsed={preview.parsed} />
                <StaleAnswers preview={preview} answers={answers} />
              </div>
              <PreviewSteps preview={preview} answers={answers} selectedOrder={selectedOrder} selectedLine={selectedLine} />
            </div>
          )}
        </KeepPlace>
      </LinkedArea>
    </section>
  );
};
