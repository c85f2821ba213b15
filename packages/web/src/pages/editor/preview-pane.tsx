// What the text would become: steps with their risk, questions to answer in place, warnings. The last good preview stays while the next
// is made, and while the text is momentarily none; nothing on the screen moves because of it.
import { ApiError, type WirePreview } from "@dd0c/protocol/http";
import { useEffect, useMemo, useRef } from "react";
import { LinkedArea, type LineLink } from "../../steps/linked-area.tsx";
import { openGroup, Prerequisites, RollbackCommands, Warnings } from "../../steps/findings.tsx";
import { adviseOnError } from "../../text/advise-on-error.ts";
import { countWord } from "../../text/words.ts";
import { announce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { RiskCounts } from "../../ui/risk-counts.tsx";
import { openQuestions } from "./arrange-preview.ts";
import { ModelPart } from "./model/model-part.tsx";
import type { Model } from "./model/use-model.ts";
import { withReview } from "./model/with-review.ts";
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
  readonly model: Model;
  /** Writes a command into the text. */
  readonly onWrite: (command: string) => void;
}

const clock = (atMs: number): string => new Date(atMs).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

const statusWords = ({ checking, preview, error, waitsUntil }: LivePreview): string => {
  if (waitsUntil !== null) return `Checked as often as allowed for now. The next check runs by itself at ${clock(waitsUntil)}.`;
  if (checking) return "Checking…";
  return preview === undefined || error !== null ? "" : `Checked in ${Math.max(1, Math.round(preview.parse_duration_ms))} ms`;
};

const PARTS = ["warning", "variable", "prerequisite"] as const;

/** Takes the reader to what stands beside the steps. */
const Parts = ({ preview }: { readonly preview: WirePreview }) => {
  const { warnings, variables, prerequisites } = preview.parsed;
  const counts = { warning: warnings.length, variable: variables.length, prerequisite: prerequisites.length };
  return PARTS.filter((part) => counts[part] > 0).map((part) => (
    <button
      key={part}
      type="button"
      onClick={() => openGroup(part)}
      className="min-h-6 text-small text-accent underline-offset-4 hover:underline pointer-coarse:min-h-11"
    >
      {countWord(counts[part], part)}
    </button>
  ));
};

/** Why what is shown is not of the text as it is, in few words: it stands above the steps, however far one has read. */
const OutdatedNote = ({ live }: { readonly live: LivePreview }) => {
  const { message, next, code } = adviseOnError(live.error instanceof ApiError ? live.error : null);
  return (
    <p role="alert" className="basis-full border-l-4 border-line-strong pl-3 text-ink-normal">
      <span className="font-medium text-ink-strong">Below is the last preview that worked.</span> {message} {next}{" "}
      <code className="font-mono text-small text-ink-faint">{code}</code>{" "}
      {code !== "PARSE_FAILED" && (
        <button type="button" onClick={live.retry} className="min-h-6 text-accent underline pointer-coarse:min-h-11">
          Try again
        </button>
      )}
    </p>
  );
};

const Summary = ({ live, preview, counts, open, onNext }: SummaryProps) => (
  <div className="z-10 flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface-0 pb-2 lg:sticky lg:top-0">
    <p className="flex grow flex-wrap items-center gap-x-4">
      <span className="font-semibold text-ink-strong">{countWord(preview.parsed.steps.length, "step")}</span>
      <RiskCounts counts={counts} />
    </p>
    <p className="text-small text-ink-faint">{statusWords(live)}</p>
    <div className="flex min-h-11 basis-full flex-wrap items-center gap-x-4">
      {open > 0 ? (
        <Button onClick={onNext}>{`${countWord(open, "open question")}: go to the next`}</Button>
      ) : (
        <p className="text-small text-ink-normal">No open questions</p>
      )}
      <Parts preview={preview} />
    </div>
    {live.error !== null && <OutdatedNote live={live} />}
  </div>
);

interface SummaryProps {
  readonly live: LivePreview;
  readonly preview: WirePreview;
  readonly counts: WirePreview["counts"];
  readonly open: number;
  readonly onNext: () => void;
}

const Result = ({ preview, answers, outdated, selectedOrder, selectedLine, model, onWrite }: ResultProps) => {
  const commands = useMemo(() => withReview(preview, model.review), [preview, model.review]);
  return (
    <div className={`space-y-4 ${outdated ? "outdated" : ""}`}>
      <div data-place>
        <Warnings parsed={preview.parsed} />
        <StaleAnswers preview={preview} answers={answers} />
      </div>
      <PreviewSteps preview={preview} commands={commands} answers={answers} selectedOrder={selectedOrder} selectedLine={selectedLine} />
      <ModelPart model={model} preview={preview} answers={answers} onWrite={onWrite} />
      <div data-place>
        <PreviewVariables preview={preview} answers={answers} />
        <Prerequisites parsed={preview.parsed} />
        <RollbackCommands parsed={preview.parsed} />
      </div>
    </div>
  );
};

interface ResultProps {
  readonly preview: WirePreview;
  readonly answers: Answers;
  readonly outdated: boolean;
  readonly selectedOrder: number | null;
  readonly selectedLine: number | null;
  readonly model: Model;
  readonly onWrite: (command: string) => void;
}

/** Before there was any preview. */
const Nothing = ({ live }: { readonly live: LivePreview }) =>
  live.error === null ? (
    <p className="text-small text-ink-faint">{statusWords(live)}</p>
  ) : (
    <ErrorNotice error={live.error} what="No steps from this text." onRetry={live.retry} />
  );

export const PreviewPane = (props: PreviewPaneProps) => {
  const { live, answers, empty, onPoint, onShow } = props;
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
  if (preview === undefined) return <Nothing live={live} />;
  return (
    <section ref={area} aria-label="Preview" onFocus={({ target }) => rememberFocus(target)}>
      <KeepPlace versions={[preview, live.error, answers, props.model.review]} className="space-y-3">
        <Summary live={live} preview={preview} counts={props.model.review?.counts ?? preview.counts} open={open} onNext={focusNext} />
        <LinkedArea onPoint={onPoint} onShow={onShow}>
          <Result
            preview={preview}
            answers={answers}
            outdated={live.error !== null}
            selectedOrder={props.selectedOrder}
            selectedLine={props.selectedLine}
            model={props.model}
            onWrite={props.onWrite}
          />
        </LinkedArea>
      </KeepPlace>
    </section>
  );
};
