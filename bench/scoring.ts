// Labelled rows in, a score out: what came out safe and must not, what was recognised, what can run and why the rest cannot.
// Only counts; whether a figure is good enough is said by score.test.ts, how it looks by score.ts.
import { scan, suggestForm, type Verdict } from "@dd0c/scanner";
import type { LabelledRow, LabelledSet } from "./labelled-sets.ts";

export interface Judged extends LabelledRow {
  readonly verdict: Verdict;
  readonly micros: number;
}

/** A part of a whole, as counts. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

export interface Score {
  readonly name: string;
  /** Rows that must not be safe and are. */
  readonly falseSafe: readonly Judged[];
  readonly mustNot: number;
  /** Read-only rows that are not safe. */
  readonly missed: readonly Judged[];
  readonly recall: Share;
  /** Rows labelled dangerous that are called dangerous; the rest by name. */
  readonly underrated: readonly Judged[];
  readonly dangerous: Share;
  /** Rows labelled caution that are called caution. */
  readonly caution: Share;
  /** Read-only and caution rows with a plan that the executor runs. */
  readonly runnable: Share;
  readonly micros: readonly number[];
}

export interface RankedReason {
  readonly code: string;
  readonly count: number;
  /** How many of them come with a form of the text that is proven to run. */
  readonly formed: number;
  /** How many of the others say in words what would run. */
  readonly advised: number;
  readonly example: string;
}

function judge(row: LabelledRow): Judged {
  const start = process.hrtime.bigint();
  const verdict = scan(row.cmd);
  return { ...row, verdict, micros: Number(process.hrtime.bigint() - start) / 1000 };
}

function share(rows: readonly Judged[], holds: (row: Judged) => boolean): Share {
  return { part: rows.filter(holds).length, whole: rows.length };
}

export function judgeSet({ rows }: LabelledSet): readonly Judged[] {
  return rows.map(judge);
}

export function scoreRows(name: string, rows: readonly Judged[]): Score {
  const labelled = (expected: string): readonly Judged[] => rows.filter((row) => row.expected === expected);
  const mustNot = rows.filter((row) => row.expected !== "safe");
  const called = (risk: string) => (row: Judged) => row.verdict.risk === risk;
  return {
    name,
    falseSafe: mustNot.filter(called("safe")),
    mustNot: mustNot.length,
    missed: labelled("safe").filter((row) => row.verdict.risk !== "safe"),
    recall: share(labelled("safe"), called("safe")),
    underrated: labelled("dangerous").filter((row) => row.verdict.risk !== "dangerous"),
    dangerous: share(labelled("dangerous"), called("dangerous")),
    caution: share(labelled("caution"), called("caution")),
    runnable: share(mayRun(rows), (row) => row.verdict.plan !== undefined),
    micros: rows.map((row) => row.micros),
  };
}

/** Rows that a person would want to run: read-only and caution ones. */
function mayRun(rows: readonly Judged[]): readonly Judged[] {
  return rows.filter((row) => row.expected === "safe" || row.expected === "caution");
}

/** Why rows that a person would want to run have no plan, the commonest first. */
export function rankReasons(rows: readonly Judged[]): readonly RankedReason[] {
  const byCode = new Map<string, Judged[]>();
  for (const row of mayRun(rows)) {
    const code = row.verdict.notRunnable?.code;
    if (code !== undefined) byCode.set(code, [...(byCode.get(code) ?? []), row]);
  }
  return [...byCode].map(([code, all]) => rankedReason(code, all)).sort((a, b) => b.count - a.count);
}

function rankedReason(code: string, rows: readonly Judged[]): RankedReason {
  const unformed = rows.filter((row) => suggestForm(row.cmd, row.verdict) === undefined);
  return {
    code,
    count: rows.length,
    formed: rows.length - unformed.length,
    advised: unformed.filter((row) => row.verdict.notRunnable?.suggestion !== undefined).length,
    example: unformed[0]?.cmd ?? rows[0]?.cmd ?? "",
  };
}
