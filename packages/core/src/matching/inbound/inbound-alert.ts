// What a normaliser makes of a delivery: alerts with the sender's names sorted into ours, whatever the sender was.
// Pure values. Every text is as an outsider sent it, but for NUL characters and overlong texts.
import type { AlertFacts } from "../types.ts";

/** Systems whose webhooks we read; `opsgenie` is the format of Jira Service Management too. */
export const alertSources = ["pagerduty", "opsgenie", "alertmanager", "grafana", "dd0c-alert", "generic"] as const;
export type AlertSource = (typeof alertSources)[number];
export const isAlertSource = (value: string): value is AlertSource => (alertSources as readonly string[]).includes(value);

/**
 * What a delivery says about one alert. `reopened` is the sender's own word for "again"; `opened` after the end is late news.
 * `other` is recorded and changes nothing.
 */
export type AlertChange = "opened" | "reopened" | "acknowledged" | "resolved" | "noted" | "other";

export interface InboundAlert {
  /** The same for everything that is said about one problem by one sender. */
  readonly episodeKey: string;
  readonly change: AlertChange;
  /** The sender's own time, epoch milliseconds; null where it gave none. */
  readonly occurredAtMs: number | null;
  /** A later `opened` under the same key may be a new problem: the sender chooses the key itself. */
  readonly keyIsReused: boolean;
  readonly facts: AlertFacts;
  readonly region: string | null;
  readonly environment: string | null;
  /** What runs there now, and since when, as far as the alert says. */
  readonly deployment: string | null;
  readonly deployedAt: string | null;
  /** As the sender spelt it; `facts.severity` is ours. */
  readonly rawSeverity: string | null;
  /** The sender left something out that it may have had. */
  readonly isPartial: boolean;
}

/** `problem`: why there is none, in words for people; texts of the delivery never stand in it. */
export interface Normalised {
  readonly alerts: readonly InboundAlert[];
  readonly problem: string | null;
  /** Alerts that the sender says it left out. */
  readonly truncated: number;
}

/** More alerts than this in one delivery are not looked at, and that is said. */
export const maxAlertsPerDelivery = 1_000;
