// The matcher against labelled alerts: the goals on the shared ones, and figures that our own sets must not fall below.
import { describe, expect, it } from "vitest";
import { matchAlert, type MatchLibrary } from "@dd0c/core";
import { isThere, type LabelledAlert, libraryOf, ownSet, sharedRunbooks, sharedSet, wideRunbooks } from "./labelled-alerts.ts";
import { type Answered, meetsGoals, tally } from "./tally.ts";

const answers = (alerts: readonly LabelledAlert[], library: MatchLibrary): readonly Answered[] =>
  alerts.map(({ id, alert, right }) => {
    const matches = matchAlert(alert, library);
    const at = matches.findIndex(({ runbookId }) => right.includes(runbookId));
    return {
      id,
      answerable: right.length > 0,
      offered: matches.length > 0,
      place: at < 0 ? null : at + 1,
      confidence: matches[0]?.confidence ?? 0,
    };
  });

describe.skipIf(!isThere())("labelled alerts (skipped when ../shared/corpus/alerts is absent)", () => {
  it("the shared ones meet every goal", () => {
    expect(meetsGoals(tally(answers(sharedSet(), libraryOf(sharedRunbooks()))))).toBe(true);
  });

  it("our own, in a wider library: nine of ten first, and 0.9 means it", () => {
    const { answerable, first, sure, sureRight } = tally([...answers(ownSet("first"), libraryOf(wideRunbooks()))]);
    expect(first / answerable).toBeGreaterThanOrEqual(0.9);
    expect(sureRight / sure).toBeGreaterThanOrEqual(0.97);
  });

  it("every expected runbook of our own sets is in the library", () => {
    const library = libraryOf(wideRunbooks());
    const missing = [...ownSet("first"), ...ownSet("second")].flatMap(({ id, right }) =>
      right.every((each) => library.get(each) === undefined) && right.length > 0 ? [id] : [],
    );
    expect(missing).toEqual([]);
  });
});
