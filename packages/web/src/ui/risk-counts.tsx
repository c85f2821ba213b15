// The risk make-up of a runbook in one line: "5 safe, 2 caution, 1 dangerous, 1 manual", each with its shape.
import type { WirePreview } from "@dd0c/protocol/http";
import { RiskShape } from "./risk-shape.tsx";

const RISKS = ["dangerous", "unknown", "caution", "safe"] as const;

export const RiskCounts = ({ counts }: { readonly counts: WirePreview["counts"] }) => (
  <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-normal">
    {RISKS.filter((risk) => counts[risk] > 0).map((risk) => (
      <span key={risk} className="inline-flex items-center gap-1 whitespace-nowrap">
        <RiskShape risk={risk} className="size-3.5" />
        {counts[risk]} {risk}
      </span>
    ))}
    {counts.manual > 0 && <span className="whitespace-nowrap">{counts.manual} manual</span>}
  </span>
);
