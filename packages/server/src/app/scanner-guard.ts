// The scanner with its canaries around it: work that classifies goes in, its result comes out only if the canaries hold afterwards.
// Stands before every verdict that is shown as new, stored or run. A miss is for good: nothing is classified until everything held again.
import { AppError } from "@dd0c/core";
import { type CanaryMiss, canaries, canaryMisses, loadSql, needsSql, scan, sqlCanaries, type Verdict } from "@dd0c/scanner";

type Judge = (text: string) => Verdict;

/** "all": before something is stored. "some": the next part of the list, for what is asked often; all of it within `parts` batches. */
export type Extent = "all" | "some";

export interface ScannerGuard {
  readonly scan: Judge;
  /** Loads the SQL parser where a text may hold SQL, and checks its canaries once. For explaining what was decided before: never refuses. */
  readonly prepare: (texts: readonly string[]) => Promise<void>;
  /** One batch: prepares, classifies, then checks. @throws AppError PARTY_MODE_ACTIVE; the result is withheld */
  readonly batch: <T>(texts: readonly string[], extent: Extent, classify: (scan: Judge) => Promise<T> | T) => Promise<T>;
  readonly isSound: () => boolean;
  /** Ids of the canaries that were missed since the last time that everything held. */
  readonly missed: () => readonly string[];
  /** Checks everything; what was missed is forgotten only when nothing is missed any more. Returns whether all is well. */
  readonly checkAll: () => boolean;
  /** Who is told of every miss; the scanner is locked already. */
  readonly onMiss: (tell: () => void) => void;
}

/** Into how many batches the list is divided: a part costs a quarter of a millisecond, which an approval can spare. */
const parts = 64;

const withheld = "The scanner called a command known to be destructive too harmless. Nothing is classified until a human has looked.";

/** @param judge the compiled-in scanner; a test gives one that errs */
export function createScannerGuard(judge: Judge = scan): ScannerGuard {
  const missed = new Set<string>();
  let isSqlReady = false;
  let loading: Promise<void> | undefined;
  let part = 0;
  let tell: () => void = () => undefined;

  const known = () => (isSqlReady ? [...canaries, ...sqlCanaries] : canaries);
  const nextPart = () => {
    part = (part + 1) % parts;
    return known().filter((_canary, at) => at % parts === part);
  };
  const note = (misses: readonly CanaryMiss[]): void => {
    for (const { id } of misses) missed.add(id);
    if (misses.length > 0) tell();
  };
  const refuse = (): void => {
    if (missed.size === 0) return;
    tell();
    throw new AppError("PARTY_MODE_ACTIVE", withheld, { canaries: [...missed] });
  };
  const loadSqlOnce = async (): Promise<void> => {
    await loadSql();
    isSqlReady = true;
    note(canaryMisses(sqlCanaries, judge));
  };
  const prepare = async (texts: readonly string[]): Promise<void> => {
    if (isSqlReady || !texts.some(needsSql)) return;
    loading ??= loadSqlOnce().finally(() => {
      loading = undefined;
    });
    await loading;
  };
  return {
    scan: judge,
    prepare,
    batch: async (texts, extent, classify) => {
      await prepare(texts);
      refuse();
      const result = await classify(judge);
      // Afterwards: a text that breaks the scanner is caught by its own batch.
      note(canaryMisses(extent === "all" ? known() : nextPart(), judge));
      refuse();
      return result;
    },
    isSound: () => missed.size === 0,
    missed: () => [...missed],
    checkAll: () => {
      const misses = canaryMisses(known(), judge);
      if (misses.length === 0) missed.clear();
      note(misses);
      return misses.length === 0;
    },
    onMiss: (listener) => {
      tell = listener;
    },
  };
}
