// The shape of a risk: circle, triangle, octagon, dashed square. Colour only repeats what shape and word already say.
import type { WireRisk } from "@dd0c/protocol/http";
import type { ReactNode } from "react";

const SHAPES: Readonly<Record<WireRisk, ReactNode>> = {
  safe: <circle cx="8" cy="8" r="5.5" />,
  caution: <path d="M8 2 14.5 13.5H1.5Z" />,
  dangerous: <path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3Z" />,
  unknown: <rect x="2.5" y="2.5" width="11" height="11" rx="1" strokeDasharray="3 2.2" />,
};

const COLOURS: Readonly<Record<WireRisk, string>> = {
  safe: "fill-safe-fill stroke-safe-line",
  caution: "fill-caution-fill stroke-caution-line",
  dangerous: "fill-dangerous-fill stroke-dangerous-line",
  unknown: "fill-unknown-fill stroke-unknown-line",
};

export const RiskShape = ({ risk, className = "size-4" }: { readonly risk: WireRisk; readonly className?: string }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true" className={`shrink-0 stroke-2 ${COLOURS[risk]} ${className}`}>
    {SHAPES[risk]}
  </svg>
);
