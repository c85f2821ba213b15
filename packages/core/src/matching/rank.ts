// An alert and a library go in, the runbooks that its words speak for come out, best first, each with its evidence and a score.
// First all runbooks by what they share with the alert, cheaply; then the best of them in full.
import { alertText } from "./alert-text.ts";
import { alertUnits, rarenessOf } from "./alert-units.ts";
import { type AskedAlert, type Evidence, evidenceFor, measures, saidBy, termsOf } from "./evidence.ts";
import { amountIn, grades, type IndexedRunbook, type MatchLibrary, placeIn, type Posting } from "./match-library.ts";
import { rankWeights } from "./rank-weights.ts";
import type { AlertFacts } from "./types.ts";
import { bareName } from "./words.ts";

export interface Ranked {
  readonly runbook: IndexedRunbook;
  readonly evidence: Evidence;
  readonly score: number;
}

/** Runbooks that are looked at in full. */
const maxCandidates = 80;

export function askedAlert(alert: AlertFacts, library: MatchLibrary): AskedAlert {
  const text = alertText(alert);
  const units = alertUnits(text, library);
  return {
    text,
    units,
    said: saidBy(units.units),
    saidInHeadline: saidBy(units.units.filter(({ headline }) => headline)),
    bareNames: [...new Set([bareName(text.name), bareName(text.title)])].filter((name) => name.length >= 4),
    service: alert.service,
    team: alert.team,
  };
}

/** Adds to each runbook of a posting what the term says for it: much where it stands often, in a short page, in a good place. */
function addShares(scores: Float64Array, posting: Posting, worth: number, library: MatchLibrary): void {
  const mean = library.meanLength();
  for (let at = 0; at < posting.length; at += 2) {
    const [slot = 0, code = 0] = [posting[at], posting[at + 1]];
    const amount = amountIn(code);
    const length = (library.atSlot(slot)?.length ?? mean) / mean;
    const often = amount / (amount + 1 + 0.5 * length);
    scores[slot] = (scores[slot] ?? 0) + worth * often * (0.4 + (grades[placeIn(code)] ?? 0));
  }
}

/** Slots of the runbooks that share most with the alert, each with its share of what the best one shares. */
function candidates(asked: AskedAlert, library: MatchLibrary): ReadonlyMap<number, number> {
  const scores = new Float64Array(library.slots());
  for (const unit of asked.units.units)
    for (const [term, stands] of termsOf(unit)) {
      const posting = library.posting(term);
      if (posting !== undefined) addShares(scores, posting, unit.weight * stands * rarenessOf(library, term), library);
    }
  const found = [...scores.keys()].filter((slot) => (scores[slot] ?? 0) > 0);
  const best = found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, maxCandidates);
  const named = asked.bareNames.flatMap((name) => [...library.named(name), ...library.withSection(name)]);
  const slots = named.map((id) => library.slotOf(id)).filter((slot) => slot !== undefined);
  const most = scores[best[0] ?? 0] ?? 0;
  return new Map([...best, ...slots].map((slot) => [slot, most === 0 ? 0 : (scores[slot] ?? 0) / most]));
}

export function scoreOf(evidence: Evidence): number {
  return measures.reduce((sum, measure) => sum + rankWeights[measure] * evidence[measure], 0);
}

/** Every candidate, best first; equal ones by id. */
export function rank(asked: AskedAlert, library: MatchLibrary): readonly Ranked[] {
  const ranked: Ranked[] = [];
  for (const [slot, nearBest] of candidates(asked, library)) {
    const runbook = library.atSlot(slot);
    if (runbook === undefined) continue;
    const evidence = evidenceFor(asked, library, slot, runbook, nearBest);
    ranked.push({ runbook, evidence, score: scoreOf(evidence) });
  }
  return ranked.sort((a, b) => b.score - a.score || (a.runbook.id < b.runbook.id ? -1 : 1));
}
