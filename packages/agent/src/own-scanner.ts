// The compiled-in scanner with its own checks: canaries at the start, the SQL parser when the first SQL comes, its canaries before its first
// verdict counts. An agent whose scanner misses a canary stays connected, says which, and runs nothing; a parser that cannot be loaded leaves SQL unknown.

import { type CanaryJudge, loadSql, needsSql, runCanaries, runSqlCanaries } from "@dd0c/scanner";
import type { Log } from "./log.ts";
import { bundledSqlParser } from "./release/own-binary.ts";

export interface OwnScanner {
  /** Resolves when `text` can be scanned. @returns false when the scanner has failed a check: nothing may be run by its word */
  ready(text: string): Promise<boolean>;
  /** Ids of the canaries that were missed; empty when all is well. Never shrinks: the agent has to be installed again. */
  missed(): readonly string[];
}

/** @param judge the compiled-in scanner; a test gives one that errs */
export function ownScanner(log: Log, judge?: CanaryJudge): OwnScanner {
  const missed = new Set<string>();
  const check = (run: typeof runCanaries): void => {
    const ids = run(judge).map(({ id }) => id);
    for (const id of ids) missed.add(id);
    if (ids.length > 0) log("error", "scanner_unsound", { canaries: ids.join(" ") });
  };
  check(runCanaries);
  const withSql = async () => {
    try {
      await loadSql(bundledSqlParser());
      check(runSqlCanaries);
    } catch {
      log("error", "sql_parser_not_loaded");
    }
  };
  let loading: Promise<void> | undefined;
  return {
    async ready(text) {
      if (needsSql(text)) loading ??= withSql();
      await loading;
      return missed.size === 0;
    },
    missed: () => [...missed],
  };
}
