// A word that holds SQL -> reasons in the scan, through the SQL scanner. Offsets are mapped back into the scanned text.
import type { Arg } from "./arg.ts";
import type { ScanState } from "./scan-state.ts";
import { scanSqlText } from "./sql/scan-sql.ts";
import type { SqlDialect } from "./sql/types.ts";

/** Reports what the SQL in `arg` does; a word that is not written out is unknown. */
export function scanSqlArg(state: ScanState, dialect: SqlDialect, arg: Arg): void {
  state.codeWords.push(arg.span);
  if (arg.shape !== "literal") {
    state.report("sql.text", "unknown", arg.span, "The SQL is not written out.");
    return;
  }
  const verdict = scanSqlText(dialect, arg.text);
  for (const finding of verdict.findings) {
    const span = arg.origin === undefined ? arg.span : { start: arg.origin + finding.start, end: arg.origin + finding.end };
    state.report(finding.ruleId, finding.risk, span, finding.message, finding.saferAlternative);
  }
  // The verdict's risk counts even if no finding carries it.
  if (verdict.findings.every((finding) => finding.risk !== verdict.risk)) {
    state.report("sql.verdict", verdict.risk, arg.span, "The SQL as a whole.");
  }
  state.addTargets(verdict.targets);
  state.sensitive ||= verdict.sensitive;
  state.unbounded ||= verdict.unbounded;
  if (verdict.fingerprint !== undefined) state.fingerprints.push(verdict.fingerprint);
}
