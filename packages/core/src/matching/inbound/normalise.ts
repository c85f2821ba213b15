// A parsed delivery goes in, alerts in our own terms come out. One file per sender; a sender's oddities stay in its file.
// Total: any JSON value gives an answer. A wrong shape is a sentence in `problem`, never an error.
import { readAlertmanager, readGrafana } from "./alertmanager.ts";
import type { AlertMap } from "./alert-map.ts";
import { type AlertSource, type Normalised } from "./inbound-alert.ts";
import { readMapped } from "./mapped.ts";
import { readNative } from "./native.ts";
import { readOpsgenie } from "./opsgenie.ts";
import { readPagerduty } from "./pagerduty.ts";

/** @param map of a generic integration; null reads our own form */
export function normaliseDelivery(source: AlertSource, body: unknown, map: AlertMap | null): Normalised {
  switch (source) {
    case "pagerduty":
      return readPagerduty(body);
    case "opsgenie":
      return readOpsgenie(body);
    case "alertmanager":
      return readAlertmanager(body);
    case "grafana":
      return readGrafana(body);
    case "dd0c-alert":
      return readNative(body, "dd0c-alert");
    case "generic":
      return map === null ? readNative(body, "generic") : readMapped(body, map);
  }
}
