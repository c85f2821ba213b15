// The words of the interface for what the wire says about alerts.
import type { WireAlert, WireAlertSummary } from "@dd0c/protocol/http";

export const ALERT_STATUS: Readonly<Record<WireAlertSummary["status"], string>> = {
  firing: "firing",
  acknowledged: "acknowledged",
  resolved: "resolved",
};

export const ALERT_ICON: Readonly<Record<WireAlertSummary["status"], string>> = { firing: "▲", acknowledged: "◐", resolved: "✓" };

export const MATCH_STATE: Readonly<Record<WireAlertSummary["match_state"], string>> = {
  waiting: "being matched",
  matched: "runbook found",
  unmatched: "no runbook found",
  not_needed: "nothing to do",
};

export const ALERT_CHANGE: Readonly<Record<WireAlert["events"][number]["change"], string>> = {
  opened: "began",
  reopened: "began again",
  acknowledged: "acknowledged at the source",
  resolved: "ended",
  noted: "note at the source",
  other: "other news",
};

export const SOURCE_NAME: Readonly<Record<string, string>> = {
  pagerduty: "PagerDuty",
  opsgenie: "Opsgenie",
  alertmanager: "Alertmanager",
  grafana: "Grafana",
  "dd0c-alert": "dd0c/alert",
  generic: "other system",
};

export const sourceName = (source: string): string => SOURCE_NAME[source] ?? source;

export const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;

type Offer = NonNullable<WireAlertSummary["offer"]>;

const OFFER: Readonly<Record<Offer["status"], string>> = {
  open: "offered",
  started: "started",
  dismissed: "dismissed",
  lapsed: "nobody started it",
};

/** What became of the runbook that was found. */
export const offerWords = ({ status, execution_id }: Offer): string =>
  status === "open" && execution_id === null ? "waits to be posted" : OFFER[status];
