// The compiled-in scanner with its own checks: canaries at the start, the SQL parser when the first SQL comes, its canaries before its first
// verdict counts. A scanner that misses a canary judges nothing any more; a parser that cannot be loaded leaves SQL unknown.

import { AppError } from "@dd0c/core";
import { isSqlLoaded, loadSql, needsSql, runCanaries, runSqlCanaries } from "@dd0c/scanner";
import type { Log } from "./log.ts";

export interface OwnScanner {
  /** Resolves when `text` can be scanned. @returns false when the scanner has failed a check: nothing may be run by its word */
  ready(text: string): Promise<boolean>;
}

/** @throws AppError INTERNAL_ERROR when a canary is called less than it must be: such an agent must not start */
export function ownScanner(log: Log): OwnScanner {
  if (runCanaries().length > 0) throw new AppError("INTERNAL_ERROR", "The scanner of this agent fails its own check; install it again.");
  let isSound = true;
  const withSql = async () => {
    try {
      await loadSql();
      if (runSqlCanaries().length === 0) return;
      isSound = false;
      log("error", "scanner_unsound");
    } catch {
      log("error", "sql_parser_not_loaded");
    }
  };
  let loading: Promise<void> | undefined;
  return {
    async ready(text) {
      if (needsSql(text) && !isSqlLoaded()) loading ??= withSql();
      await loading;
      return isSound;
    },
  };
}
