// The status of an execution as icon and word. Success and failure use ink and shape, never the risk colours.
import type { WireExecution } from "@dd0c/protocol/http";
import { isExecutionStatus } from "../../shell/statuses.ts";
import { EXECUTION_STATUS } from "../../text/words.ts";

const ICON: Readonly<Record<WireExecution["status"], string>> = {
  pending: "○",
  preflight: "○",
  running: "▶",
  paused: "Ⅱ",
  stalled: "Ⅱ",
  completed: "✓",
  failed: "✕",
  aborted: "■",
  timed_out: "✕",
};

export const StatusWord = ({ status }: { readonly status: string }) => (
  <span className="whitespace-nowrap text-ink-strong">
    {isExecutionStatus(status) && <span aria-hidden="true">{ICON[status]} </span>}
    {isExecutionStatus(status) ? EXECUTION_STATUS[status] : status}
  </span>
);
