// What "this alert" means when the product remembers which runbook was used for it: one text per kind of alert, the same at every time it fires.
import { cleanTitle } from "./alert-text.ts";
import type { AlertFacts } from "./types.ts";
import { bareName } from "./words.ts";

/**
 * Key under which uses of a runbook are remembered: the rule's name (or the title without machines and numbers) and the service.
 * At most 400 characters; the empty text for an alert that says nothing.
 */
export function alertKey(alert: AlertFacts): string {
  const named = alert.name ?? cleanTitle(alert.title ?? "").replace(/\S*\d\S*/g, " ");
  const name = bareName(named);
  return name === "" ? "" : `${name}|${bareName(alert.service ?? "")}`.slice(0, 400);
}
