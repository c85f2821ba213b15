// What `matchAlert` says of labelled alerts, as answers that tally.ts counts.
import { matchAlert, type MatchLibrary } from "@dd0c/core";
import type { LabelledAlert } from "./labelled-alerts.ts";
import type { Answered } from "./tally.ts";

export function answers(alerts: readonly LabelledAlert[], library: MatchLibrary): readonly Answered[] {
  return alerts.map(({ id, alert, right }) => {
    const matches = matchAlert(alert, library);
    const at = matches.findIndex(({ runbookId }) => right.includes(runbookId));
    const [first] = matches;
    return {
      id,
      answerable: right.length > 0,
      offered: first !== undefined,
      place: at < 0 ? null : at + 1,
      confidence: first?.confidence ?? 0,
    };
  });
}
