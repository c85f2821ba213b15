// Which words are statuses of executions, alerts and deliveries: for addresses that people type or share.
import type { WireAlertSummary, WireExecution, WireOutboundDelivery } from "@dd0c/protocol/http";
import { ALERT_STATUS, MATCH_STATE } from "../text/alert-words.ts";
import { DELIVERY_STATE } from "../text/delivery-words.ts";
import { EXECUTION_STATUS } from "../text/words.ts";

export const isExecutionStatus = (value: unknown): value is WireExecution["status"] =>
  typeof value === "string" && Object.hasOwn(EXECUTION_STATUS, value);

export const isAlertStatus = (value: unknown): value is WireAlertSummary["status"] =>
  typeof value === "string" && Object.hasOwn(ALERT_STATUS, value);

export const isMatchState = (value: unknown): value is WireAlertSummary["match_state"] =>
  typeof value === "string" && Object.hasOwn(MATCH_STATE, value);

export const isDeliveryState = (value: unknown): value is WireOutboundDelivery["state"] =>
  typeof value === "string" && Object.hasOwn(DELIVERY_STATE, value);
