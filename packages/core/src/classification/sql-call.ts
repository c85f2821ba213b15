// A bare SQL statement of a runbook, put to the scanner as what a person would type: a call of a database client with the statement quoted.
// A command text goes in; the call comes out, or null for text that is no statement. Nothing here runs: a statement is typed by hand.

import { quoteWords, type Verdict } from "@dd0c/scanner";
import { looksLikeSql } from "../runbook/index.ts";
import { exceeds } from "../risk.ts";
import type { Scan } from "./types.ts";

/** Words and marks that PostgreSQL does not know. */
const MYSQL =
  /`\w+`|\\G\s*;?\s*$|^\s*(?:show\s+(?:global |session |full )?(?:variables|status|processlist|engines?|master|slaves?|replicas?|binary|databases|tables|create|grants|index|columns|warnings)\b|(?:start|stop|reset|change)\s+(?:slave|replica|master)\b|flush\s|kill\s|(?:un)?lock\s+tables\b|optimize\s+table\b|purge\s+binary\b)/i;

/** The texts that judging a command scans; an app loads the SQL parser when one of them needs it. */
export function scannedTexts(command: string): readonly string[] {
  const call = sqlCall(command);
  return call === null ? [command] : [command, call];
}

/** `psql -c '...'` or `mysql -e '...'` for text that is a statement by its first words; null for everything else. */
export function sqlCall(command: string): string | null {
  const flat = command.replace(/\\G\s*;?\s*$/, ";").replace(/\s+/g, " ");
  if (!looksLikeSql(flat)) return null;
  return MYSQL.test(command) ? quoteWords(["mysql", "-e", command]) : quoteWords(["psql", "-c", command]);
}

/**
 * Judges a text as a shell would read it, or, where a database's grammar accepts it as a statement, as that statement.
 * A text that no grammar accepts keeps the shell's verdict, so that `select 1; rm -rf /` is what it looks like.
 */
export function scanStatement(scan: Scan, text: string): Verdict {
  const call = sqlCall(text);
  const asShell = scan(text);
  if (call === null) return asShell;
  const asSql = scan(call);
  return asSql.risk === "unknown" ? asShell : typedElsewhere(asSql, text);
}

/** Reasons speak of the whole statement, and there is no plan: an agent has no database prompt. */
function typedElsewhere(verdict: Verdict, text: string): Verdict {
  const { plan: _plan, inverse: _inverse, ...rest } = verdict;
  const own = verdict.reasons.filter(({ ruleId }) => ruleId.startsWith("sql."));
  const told = own.length > 0 && !own.some(({ risk }) => exceeds(verdict.risk, risk)) ? own : verdict.reasons;
  return {
    ...rest,
    reasons: told.map((reason) => ({ ...reason, span: { start: 0, end: text.length } })),
    notRunnable: {
      code: "DATABASE_STATEMENT",
      message: "A statement for a database prompt; an agent runs programs.",
      suggestion: "Give it to the client: psql -c '...'",
    },
    answerCodes: [],
  };
}
