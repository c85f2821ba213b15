// Steps beside the text they came from; pressing either marks the other.
import type { WireRunbook } from "@dd0c/protocol/http";
import { Findings } from "../../steps/findings.tsx";
import { SourceView } from "../../steps/source-view.tsx";
import { StepList } from "../../steps/step-list.tsx";
import { RiskCounts } from "../../ui/risk-counts.tsx";
import { useLinkedSource } from "../editor/use-linked-source.ts";

export const StepsTab = ({ runbook }: { readonly runbook: WireRunbook }) => {
  const linked = useLinkedSource(runbook.parsed);
  const chooseLine = (line: number): void => {
    const order = linked.chooseLine(line);
    if (order !== null) document.getElementById(`step-${order}`)?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="min-w-0 space-y-4">
        <RiskCounts counts={runbook.counts} />
        <Findings parsed={runbook.parsed} onShowLine={linked.showLine} />
        <StepList parsed={runbook.parsed} commands={runbook.commands} selectedOrder={linked.selectedOrder} onShowLines={linked.showStep} />
      </div>
      <div className="min-w-0 lg:sticky lg:top-20">
        <SourceView text={runbook.raw_text} marked={linked.marked} onChooseLine={chooseLine} />
      </div>
    </div>
  );
};
