// A preview goes in, a version with its steps and the events that explain it come out of one transaction.
// Both saving and editing end here: what was classified is recorded with verdict, opinions, rule and versions, command by command.
import { type AdvisorAnswer, type AuditDraft, canonicalJson } from "@dd0c/core";
import { unknownSeen } from "@dd0c/scanner";
import {
  insertSteps,
  insertVersion,
  listSteps,
  recordUnknownCommands,
  type StepRecord,
  type TenantTx,
  type VersionRecord,
} from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { classificationFacts } from "./classification-facts.ts";
import { type AppContext, textHash } from "./context.ts";
import type { Preview } from "./parse-preview.ts";
import { versionSteps } from "./version-steps.ts";

export interface VersionSource {
  readonly runbookId: string;
  readonly version: number;
  readonly rawText: string;
  readonly sourceType: string;
  /** "manual", "template" or "suggestion". */
  readonly changeSource: string;
  /** The version before, whose steps keep their ids; null for the first. */
  readonly previousVersionId: string | null;
}

const classificationData = ({ stepId, label, command, classification }: StepRecord) =>
  classification === null ? [] : [{ step_id: stepId, label, command, ...classificationFacts(classification, "with_words") }];

/** The model that was asked about the commands, whether it answered or not. */
const modelOf = ({ lines }: Preview): AdvisorAnswer | undefined =>
  lines.flatMap(({ classification }) => classification.answers).find(({ model }) => model !== null);

function versionEvents(deed: Deed, source: VersionSource, preview: Preview, steps: readonly StepRecord[]): readonly AuditDraft[] {
  const { parsed } = preview;
  return [
    auditDraft(
      deed,
      "runbook.parsed",
      {
        version: source.version,
        source_text_hash: textHash(source.rawText),
        parsed_hash: textHash(JSON.stringify(parsed)),
        parser_version: parsed.parser_version,
        llm_model: modelOf(preview)?.model ?? null,
        llm_prompt_hash: modelOf(preview)?.promptHash ?? null,
        step_count: parsed.steps.length,
        answer_count: preview.answers.length,
        answers_hash: textHash(canonicalJson(preview.answers)),
        answers: preview.answers,
        stale_answer_keys: preview.stale.map(({ key }) => key),
        parse_duration_ms: Math.round(preview.parseDurationMs),
      },
      source.runbookId,
    ),
    auditDraft(
      deed,
      "runbook.classified",
      { version: source.version, scanner_version: preview.patternVersion, per_step_classifications: steps.flatMap(classificationData) },
      source.runbookId,
    ),
  ];
}

/** Writes the version and returns its record and its events, which the caller appends last. */
export async function storeVersion(
  app: Pick<AppContext, "newId">,
  tx: TenantTx,
  deed: Deed,
  source: VersionSource,
  preview: Preview,
): Promise<{ readonly version: VersionRecord; readonly events: readonly AuditDraft[] }> {
  const known = source.previousVersionId === null ? [] : await listSteps(tx, source.previousVersionId);
  const steps = versionSteps(preview.parsed, preview.lines, known, app.newId);
  const at = new Date(deed.atMs);
  const version: VersionRecord = {
    id: app.newId(),
    runbookId: source.runbookId,
    version: source.version,
    sourceType: source.sourceType,
    rawText: source.rawText,
    rawTextHash: textHash(source.rawText),
    parsed: preview.parsed,
    answers: preview.answers,
    parserVersion: preview.parsed.parser_version,
    parseDurationMs: preview.parseDurationMs,
    llmModel: modelOf(preview)?.model ?? null,
    changeSource: source.changeSource,
    createdBy: deed.actor,
    createdAt: at,
  };
  await insertVersion(tx, version);
  await insertSteps(tx, version.id, steps, at);
  await recordUnknownCommands(
    tx,
    preview.lines.flatMap(({ verdict }) => unknownSeen(verdict)),
    at,
  );
  return { version, events: versionEvents(deed, source, preview, steps) };
}
