// Pasted text and its author's answers go in; steps, classified commands, questions and counts come out, deterministic and without being stored.
// The same function feeds saving: what was previewed is what is saved. Nothing actionable is PARSE_FAILED.
import { type Answer, type AnsweredRunbook, AppError, applyAnswers, parseRunbook, type Question, type SourceType } from "@dd0c/core";
import { patternVersion } from "@dd0c/scanner";
import type { Flag } from "../flags/flag.ts";
import type { Clock } from "../ports.ts";
import type { Extent, ScannerGuard } from "./scanner-guard.ts";
import { type AskAdvisor, type ClassifiedLine, classifyRunbook, countRisks, type RiskCounts } from "./classified-runbook.ts";

export interface Preview {
  /** With the answers in it. */
  readonly parsed: AnsweredRunbook;
  readonly questions: readonly Question[];
  /** Every answer that was given. */
  readonly answers: readonly Answer[];
  /** Those of them that found no question. */
  readonly stale: readonly Answer[];
  readonly lines: readonly ClassifiedLine[];
  readonly counts: RiskCounts;
  readonly patternVersion: string;
  /** Parsing alone, without classification. */
  readonly parseDurationMs: number;
}

export interface PreviewDependencies {
  readonly clock: Clock;
  readonly flag: Flag;
  readonly scanner: ScannerGuard;
}

const plainTypes: readonly SourceType[] = ["markdown", "text"];
const richTypes: readonly SourceType[] = ["html", "confluence", "notion", "chat", "email"];

/** A known type skips detection; any other word ("paste") leaves the kind of text to detection. */
async function sourceTypeOf(flag: Flag, named: string | undefined): Promise<SourceType | undefined> {
  const plain = plainTypes.find((type) => type === named);
  if (plain !== undefined) return plain;
  const rich = richTypes.find((type) => type === named);
  if (rich === undefined || (await flag("parse-rich-text-sources"))) return rich;
  throw new AppError("FEATURE_DISABLED", "Naming this source type is not enabled; leave source_type out and the text is examined instead.");
}

export interface PreviewText {
  readonly rawText: string;
  readonly sourceType?: string | undefined;
  readonly answers?: readonly Answer[] | undefined;
}

/**
 * `extent`: how many canaries must hold afterwards; "all" where the result will be stored. Without `askAdvisor` it is deterministic.
 * Errors: PARSE_FAILED, INPUT_TOO_LARGE, FEATURE_DISABLED, PARTY_MODE_ACTIVE.
 */
export async function parsePreview(
  { clock, flag, scanner }: PreviewDependencies,
  { rawText, sourceType: named, answers = [] }: PreviewText,
  extent: Extent,
  askAdvisor?: AskAdvisor,
): Promise<Preview> {
  const sourceType = await sourceTypeOf(flag, named);
  const started = clock.monotonic();
  const result = parseRunbook(rawText, sourceType === undefined ? {} : { sourceType });
  const parseDurationMs = clock.monotonic() - started;
  if (!result.ok) throw new AppError(result.error.code, result.error.message);
  const { runbook: parsed, questions, stale } = applyAnswers(result.runbook, answers);
  const lines = await classifyRunbook(scanner, result.runbook, extent, parsed, askAdvisor);
  return {
    parsed,
    questions,
    answers,
    stale,
    lines,
    counts: countRisks(
      parsed,
      lines.map(({ classification }) => classification.risk),
    ),
    patternVersion,
    parseDurationMs,
  };
}
