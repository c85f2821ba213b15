// A runbook in a line, for lists that a person reads on a phone.
import type { WireRunbookSummary } from "@dd0c/protocol/http";
import { prose } from "./rich-text.ts";
import { riskSign } from "./words.ts";

/** "8 steps (4 safe, 3 caution, 1 dangerous)". */
export function riskCountWords({ safe, caution, unknown, dangerous, manual }: WireRunbookSummary["counts"]): string {
  const parts = Object.entries({ safe, caution, unknown, dangerous, manual }).filter(([, count]) => count > 0);
  const total = parts.reduce((sum, [, count]) => sum + count, 0);
  return `${total} ${total === 1 ? "step" : "steps"} (${parts.map(([name, count]) => `${count} ${name}`).join(", ")})`;
}

export const runbookLine = ({ title, worst_risk: worst, counts, trust_level: trust }: WireRunbookSummary): string =>
  `${worst === null ? "" : `${riskSign[worst]} `}${prose(title, 150)} · ${riskCountWords(counts)} · trust ${trust}`;
