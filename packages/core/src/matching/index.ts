export { alertFromRecord } from "./alert-record.ts";
export { alertKey } from "./alert-key.ts";
export { readFiringText } from "./firing-text.ts";
export { matchAlert, maxMatches, offerThreshold } from "./match-alert.ts";
export { createMatchLibrary, type MatchLibrary } from "./match-library.ts";
export type {
  AlertFacts,
  AlertLink,
  AlertMapping,
  KnownBefore,
  MappingCriteria,
  Match,
  MatchReason,
  MatchRunbook,
  MatchSignal,
  UsedBefore,
} from "./types.ts";
export { runbookTitle } from "./runbook-title.ts";
export {
  type AlertMap,
  type MappedField,
  mappedFields,
  mapProblems,
} from "./inbound/alert-map.ts";
export { type AlertValue, alertFields, valueFor } from "./inbound/alert-context.ts";
export { type DeliveryKey, deliveryKey } from "./inbound/delivery-key.ts";
export { type AlertStatus, type Episode, type EpisodeStep, stepEpisode } from "./inbound/episode.ts";
export {
  type AlertChange,
  type AlertSource,
  alertSources,
  type InboundAlert,
  isAlertSource,
  type Normalised,
} from "./inbound/inbound-alert.ts";
export { normaliseDelivery } from "./inbound/normalise.ts";
