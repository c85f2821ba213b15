// Risk as shape, word and colour together.
import type { WireRisk } from "@dd0c/protocol/http";
import { RiskShape } from "./risk-shape.tsx";

const LOOKS: Readonly<Record<WireRisk, string>> = {
  safe: "text-safe-ink border-safe-line",
  caution: "text-caution-ink border-caution-line",
  dangerous: "text-dangerous-ink border-dangerous-line",
  unknown: "text-unknown-ink border-unknown-line border-dashed",
};

export const RiskBadge = ({ risk }: { readonly risk: WireRisk }) => (
  <span
    className={`inline-flex items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-small font-medium whitespace-nowrap ${LOOKS[risk]}`}
  >
    <RiskShape risk={risk} className="size-3.5" />
    {risk}
  </span>
);
