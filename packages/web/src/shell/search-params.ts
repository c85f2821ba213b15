// Search parameters of each page as they may stand in an address: unknown ones are dropped, unreadable ones count as absent.
import type { WireAlertSummary, WireExecution, WireOutboundDelivery } from "@dd0c/protocol/http";
import { RUNBOOK_TABS } from "./runbook-tabs.ts";
import { isAlertStatus, isDeliveryState, isExecutionStatus, isMatchState } from "./statuses.ts";

type Raw = Readonly<Record<string, unknown>>;

/** The router reads 12 and true in an address as what they look like; in a search box they are text. */
const text = (value: unknown): string | undefined => {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
};

const wholeNumber = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;

export interface RunbooksSearch {
  readonly service?: string | undefined;
  readonly q?: string | undefined;
}
export const readRunbooksSearch = (raw: Raw): RunbooksSearch => ({ service: text(raw["service"]), q: text(raw["q"]) });

export interface RunbookSearch {
  readonly tab?: (typeof RUNBOOK_TABS)[number] | undefined;
  readonly version?: number | undefined;
}
export const readRunbookSearch = (raw: Raw): RunbookSearch => ({
  tab: RUNBOOK_TABS.find((known) => known === raw["tab"]),
  version: wholeNumber(raw["version"]),
});

export interface ExecutionsSearch {
  readonly status?: WireExecution["status"] | undefined;
}
export const readExecutionsSearch = (raw: Raw): ExecutionsSearch => ({
  status: isExecutionStatus(raw["status"]) ? raw["status"] : undefined,
});

export interface AlertsSearch {
  readonly status?: WireAlertSummary["status"] | undefined;
  readonly match?: WireAlertSummary["match_state"] | undefined;
}
export const readAlertsSearch = (raw: Raw): AlertsSearch => ({
  status: isAlertStatus(raw["status"]) ? raw["status"] : undefined,
  match: isMatchState(raw["match"]) ? raw["match"] : undefined,
});

/** What an alert's page sends along to a new mapping. */
export interface MappingsSearch {
  readonly name?: string | undefined;
  readonly service?: string | undefined;
  readonly runbook?: string | undefined;
}
export const readMappingsSearch = (raw: Raw): MappingsSearch => ({
  name: text(raw["name"]),
  service: text(raw["service"]),
  runbook: text(raw["runbook"]),
});

export interface DeliveriesSearch {
  readonly target_id?: string | undefined;
  readonly state?: WireOutboundDelivery["state"] | undefined;
}
export const readDeliveriesSearch = (raw: Raw): DeliveriesSearch => ({
  target_id: text(raw["target_id"]),
  state: isDeliveryState(raw["state"]) ? raw["state"] : undefined,
});

export interface AuditSearch {
  readonly type?: string | undefined;
  readonly execution_id?: string | undefined;
  readonly runbook_id?: string | undefined;
}
export const readAuditSearch = (raw: Raw): AuditSearch => ({
  type: text(raw["type"]),
  execution_id: text(raw["execution_id"]),
  runbook_id: text(raw["runbook_id"]),
});
