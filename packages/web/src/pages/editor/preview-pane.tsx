// What the text would become: steps with their risk, questions, warnings. The last good preview stays while the next is made.
import type { WirePreview } from "@dd0c/protocol/http";
import { Findings } from "../../steps/findings.tsx";
import { StepList } from "../../steps/step-list.tsx";
import { countWord } from "../../text/words.ts";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { RiskCounts } from "../../ui/risk-counts.tsx";

interface PreviewPaneProps {
  readonly preview: WirePreview | undefined;
  readonly error: unknown;
  readonly checking: boolean;
  readonly empty: boolean;
  readonly selectedOrder: number | null;
  readonly onShowLines: (order: number) => void;
  readonly onShowLine: (line: number) => void;
}

const statusWords = ({ checking, preview }: PreviewPaneProps): string => {
  if (checking) return "Checking…";
  return preview === undefined ? "" : `Checked in ${Math.max(1, Math.round(preview.parse_duration_ms))} ms`;
};

export const PreviewPane = (props: PreviewPaneProps) => {
  const { preview, error, empty, selectedOrder, onShowLines, onShowLine } = props;
  if (empty) {
    return (
      <Empty title="Steps appear here as you type">
        Each command is marked safe, caution, dangerous or unknown, with the reason. Nothing runs and nothing is saved until you say so.
      </Empty>
    );
  }
  return (
    <section aria-label="Preview" className="space-y-4">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        {preview !== undefined && error === null && (
          <p className="flex flex-wrap items-center gap-x-4">
            <span className="font-semibold text-ink-strong">{countWord(preview.parsed.steps.length, "step")}</span>
            <RiskCounts counts={preview.counts} />
          </p>
        )}
        <p className="text-small text-ink-faint">{statusWords(props)}</p>
      </div>
      {error !== null && <ErrorNotice error={error} what="No steps from this text." />}
      {preview !== undefined && error === null && (
        <>
          <Findings parsed={preview.parsed} onShowLine={onShowLine} />
          <StepList parsed={preview.parsed} commands={preview.commands} selectedOrder={selectedOrder} onShowLines={onShowLines} />
        </>
      )}
    </section>
  );
};
