// Steps beside the text they came from; pressing either marks the other.
import type { WireRunbook } from "@dd0c/protocol/http";
import { Findings } from "../../steps/findings.tsx";
import type { LineRange } from "../../steps/link-lines.ts";
import { LinkedArea } from "../../steps/linked-area.tsx";
import { SourceView } from "../../steps/source-view.tsx";
import { StepList } from "../../steps/step-list.tsx";
import { RiskCounts } from "../../ui/risk-counts.tsx";
import { useLinkedSource } from "../editor/use-linked-source.ts";

export const StepsTab = ({ runbook }: { readonly runbook: WireRunbook }) => {
  const linked = useLinkedSource(runbook.parsed);
  const chooseLine = (line: number): void => {
    linked.followCaret(line);
    const order = linked.stepAt(line)?.order;
    if (order !== undefined) document.getElementById(`step-${order}`)?.scrollIntoView({ block: "nearest" });
  };
  const showLines = (range: LineRange, asked: boolean): void => {
    linked.show(range);
    // On a phone the text stands below the steps.
    if (asked) document.getElementById(`L${range[0]}`)?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <LinkedArea className="min-w-0 space-y-4" onPoint={linked.point} onShow={showLines}>
        <RiskCounts counts={runbook.counts} />
        <Findings parsed={runbook.parsed} />
        <StepList parsed={runbook.parsed} commands={runbook.commands} selectedOrder={linked.selectedOrder} />
      </LinkedArea>
      <div className="min-w-0 lg:sticky lg:top-20">
        <SourceView text={runbook.raw_text} marked={linked.marked} reveal={linked.reveal} onChooseLine={chooseLine} />
      </div>
    </div>
  );
};
