// The scanner's canaries before its verdicts count: commands known to be destructive must not come out too harmless. In: nothing.
// Out: nothing, or the end of the walk. The SQL parser is loaded through here, so that no verdict on SQL is used unchecked.
import { isSqlLoaded, loadSql, needsSql, runCanaries, runSqlCanaries } from "@dd0c/scanner";
import { RunEnd } from "@dd0c/executor";

const unsound = "The scanner called a command known to be destructive too harmless: nothing more is run.";

/** @throws RunEnd */
export const checkScanner = (): void => {
  const missed = [...runCanaries(), ...(isSqlLoaded() ? runSqlCanaries() : [])];
  if (missed.length > 0) throw new RunEnd("record", unsound);
};

/** Loads the SQL parser where a text may hold SQL. @throws RunEnd */
export const loadSqlFor = async (texts: readonly string[]): Promise<void> => {
  if (isSqlLoaded() || !texts.some((text) => needsSql(text))) return;
  await loadSql();
  checkScanner();
};
