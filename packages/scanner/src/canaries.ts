// Commands that everybody knows to be destructive, compiled in. If a scanner calls one of them less than it must, something is broken:
// the caller enters party mode. Run at start, with every batch, and for PostgreSQL right after loadSql. Data: canaries/, by topic.
import { type Canary, canariesOf } from "./canaries/canary.ts";
import { cloud } from "./canaries/cloud.ts";
import { code } from "./canaries/code.ts";
import { containers } from "./canaries/containers.ts";
import { databases } from "./canaries/databases.ts";
import { files } from "./canaries/files.ts";
import { infrastructure } from "./canaries/infrastructure.ts";
import { kubernetes } from "./canaries/kubernetes.ts";
import { requests } from "./canaries/requests.ts";
import { shell } from "./canaries/shell.ts";
import { sql } from "./canaries/sql.ts";
import { system } from "./canaries/system.ts";
import { wrappers } from "./canaries/wrappers.ts";
import { compareRisk } from "./risk.ts";
import { scan } from "./scan.ts";
import type { Risk, Verdict } from "./types.ts";

export type { Canary };

export interface CanaryMiss extends Canary {
  readonly risk: Risk;
}

/** What is checked: the scanner, or in tests one that was made to err. */
export type CanaryJudge = (text: string) => Pick<Verdict, "risk">;

const topics = [shell, wrappers, files, kubernetes, containers, cloud, infrastructure, code, databases, requests, system];

/** Every canary that needs no SQL parser. */
export const canaries: readonly Canary[] = topics.flatMap(canariesOf);

/** Canaries to run once the SQL parser is loaded. */
export const sqlCanaries: readonly Canary[] = canariesOf(sql);

/** Those of `list` that the scanner calls less than it must; empty when all is well. */
export function canaryMisses(list: readonly Canary[], judge: CanaryJudge = scan): readonly CanaryMiss[] {
  return list.flatMap((canary) => {
    const { risk } = judge(canary.command);
    return compareRisk(risk, canary.atLeast) < 0 ? [{ ...canary, risk }] : [];
  });
}

/** Checks every canary that needs no SQL parser. */
export function runCanaries(judge: CanaryJudge = scan): readonly CanaryMiss[] {
  return canaryMisses(canaries, judge);
}

/** As runCanaries, for SQL; call after loadSql and before its first verdict is used. */
export function runSqlCanaries(judge: CanaryJudge = scan): readonly CanaryMiss[] {
  return canaryMisses(sqlCanaries, judge);
}
