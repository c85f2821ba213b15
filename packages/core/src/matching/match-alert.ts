// An alert and a library go in, up to three runbooks come out: best first, each with a confidence and reasons in words; none where none is likely.
// Pure and total: any alert gives an answer, the same at every time and in every order of its labels. What the alert's text says is never obeyed.
import { confidences } from "./confidence.ts";
import { afterUse, mappedTo, pointedTo } from "./known-before.ts";
import type { MatchLibrary } from "./match-library.ts";
import { askedAlert, rank } from "./rank.ts";
import { reasonsFor } from "./reasons.ts";
import type { AlertFacts, KnownBefore, Match, MatchReason } from "./types.ts";

/** Where the best confidence is below this, nothing is offered. */
export const offerThreshold = 0.15;
/** A person chooses among three at a glance. */
export const maxMatches = 3;
/** An alternative that is less likely than this only takes room. */
const leastAlternative = 0.01;

const nothingKnown: KnownBefore = { mappings: [], usedBefore: [] };

interface Found {
  confidence: number;
  readonly known: MatchReason[];
}

/**
 * @param library - made once, kept up to date with `put` and `remove`
 * @param known - mappings of the tenant, and what was used under this alert's `alertKey`; of runbooks that the library does not hold nothing comes of it
 * @returns at most `maxMatches` matches, best first, no runbook twice; empty where nothing is likely enough
 */
export function matchAlert(alert: AlertFacts, library: MatchLibrary, known: KnownBefore = nothingKnown): readonly Match[] {
  const asked = askedAlert(alert, library);
  const ranked = rank(asked, library);
  const found = new Map<string, Found>();
  const sure = confidences(asked, ranked, library);
  ranked.forEach(({ runbook }, at) => found.set(runbook.id, { confidence: sure[at] ?? 0, known: [] }));
  const entry = (id: string): Found | undefined => {
    if (library.get(id) === undefined) return undefined;
    const held = found.get(id) ?? { confidence: 0, known: [] };
    found.set(id, held);
    return held;
  };
  for (const id of new Set([...found.keys(), ...known.usedBefore.map(({ runbookId }) => runbookId)])) {
    const held = entry(id);
    if (held === undefined) continue;
    const { confidence, reason } = afterUse(id, held.confidence, known.usedBefore);
    held.confidence = confidence;
    if (reason !== null) held.known.unshift(reason);
  }
  for (const { id, confidence, reason } of [...pointedTo(alert, library), ...mappedTo(alert, known)]) {
    const held = entry(id);
    if (held === undefined) continue;
    held.confidence = Math.max(held.confidence, confidence);
    if (held.known.every(({ signal }) => signal !== reason.signal)) held.known.unshift(reason);
  }
  const evidence = new Map(ranked.map((each) => [each.runbook.id, each]));
  return best(found).map(([id, { confidence, known: reasons }]) => {
    const words = evidence.get(id);
    return {
      runbookId: id,
      confidence: Math.round(confidence * 1_000) / 1_000,
      reasons: [...reasons, ...(words === undefined ? [] : reasonsFor(asked, library, words))],
    };
  });
}

/** The likeliest first, equal ones by id; nothing where the first is not likely enough. */
function best(found: ReadonlyMap<string, Found>): readonly (readonly [string, Found])[] {
  const ordered = [...found].sort(([a, first], [b, second]) => second.confidence - first.confidence || (a < b ? -1 : 1));
  const [top] = ordered;
  if (top === undefined || top[1].confidence < offerThreshold) return [];
  return ordered.slice(0, maxMatches).filter(([, { confidence }], at) => at === 0 || confidence >= leastAlternative);
}
