// Status and severity of an alert as icon and word; risk colours stay with risk.
import type { WireAlertSummary } from "@dd0c/protocol/http";
import { ALERT_ICON, ALERT_STATUS } from "../../text/alert-words.ts";

export const AlertStatus = ({ alert }: { readonly alert: Pick<WireAlertSummary, "status" | "severity"> }) => (
  <span className="whitespace-nowrap text-ink-strong">
    <span aria-hidden="true">{ALERT_ICON[alert.status]} </span>
    {ALERT_STATUS[alert.status]}, {alert.severity}
  </span>
);
