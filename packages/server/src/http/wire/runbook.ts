// Runbooks, versions and previews as the API shows them.
import { type Actor, applyAnswers } from "@dd0c/core";
import type { WirePreview, WireRunbookLock, WireRunbookSummary } from "@dd0c/protocol/http";
import type { Risk } from "@dd0c/scanner";
import { explainTemplate } from "../../app/classify-command.ts";
import type { ClassifiedLine } from "../../app/classified-runbook.ts";
import type { Preview } from "../../app/parse-preview.ts";
import { secondKeyOf } from "../../app/second-key.ts";
import type { MemberNames, RunbookListing, RunbookView, VersionView } from "../../app/read-runbooks.ts";
import { versionHash } from "../../app/review-version.ts";
import type { RunbookGovernance } from "../../app/runbook-governance.ts";
import type { ReviewRecord, StepRecord, VersionRecord } from "../../db/index.ts";
import { wireEffectivePolicy } from "./policy.ts";
import { wireClassification, wireStoredClassification } from "./classification.ts";

const strictestFirst: readonly Risk[] = ["dangerous", "unknown", "caution", "safe"];

export const wireActor = (actor: Actor, names: MemberNames) => ({
  type: actor.type,
  id: actor.id,
  name: names.get(actor.id) ?? null,
  via: actor.via,
});

export const wireLine = ({ label, stepOrder, commandIndex, command, verdict, classification }: ClassifiedLine) => ({
  label,
  step_order: stepOrder,
  command_index: commandIndex,
  command,
  classification: wireClassification(command, verdict, classification),
});

/** `modelWaits`: a language model is on that will be asked about the commands later. */
export const wirePreview = (preview: Preview, modelWaits: boolean) =>
  ({
    parsed: preview.parsed,
    commands: preview.lines.map((line) => ({ ...wireLine(line), second_key: secondKeyOf(line.classification, modelWaits) })),
    counts: preview.counts,
    questions: preview.questions,
    stale_answer_keys: preview.stale.map(({ key }) => key),
    parser_version: preview.parsed.parser_version,
    pattern_version: preview.patternVersion,
    parse_duration_ms: preview.parseDurationMs,
  }) satisfies Readonly<Record<keyof WirePreview, unknown>>;

/** The scanner was prepared for the texts of `version` (ScannerGuard.prepare). */
const wireSteps = (version: VersionRecord, steps: readonly StepRecord[]) => {
  const placeholders = version.parsed.variables.flatMap((variable) => variable.placeholders);
  return steps.flatMap((step) => {
    const command = version.parsed.steps[step.order - 1]?.commands[step.sub]?.text;
    if (command === undefined || step.classification === null) return [];
    return [
      {
        step_id: step.stepId,
        label: step.label,
        step_order: step.order,
        command_index: step.sub,
        command,
        classification: wireStoredClassification(command, explainTemplate(command, placeholders), step.classification),
      },
    ];
  });
};

export const wireRunbookSummary = ({ runbook, overview }: RunbookListing) =>
  ({
    id: runbook.id,
    title: runbook.title,
    service_tag: runbook.serviceTag,
    team_tag: runbook.teamTag,
    trust_level: runbook.trustLevel,
    governance_override: runbook.governanceOverride,
    policy_lock: runbook.policyLock as WireRunbookLock | null,
    version: runbook.activeVersion,
    worst_risk: strictestFirst.find((risk) => overview.counts[risk] > 0) ?? null,
    counts: overview.counts,
    last_run:
      overview.lastRun === null
        ? null
        : { execution_id: overview.lastRun.executionId, status: overview.lastRun.status, at: overview.lastRun.at.toISOString() },
    created_at: runbook.createdAt.toISOString(),
    updated_at: runbook.updatedAt.toISOString(),
  }) satisfies WireRunbookSummary;

const wireAnswers = ({ parsed, answers }: VersionRecord) => ({
  answers,
  stale_answer_keys: applyAnswers(parsed, answers).stale.map(({ key }) => key),
});

/** With what governs its next execution. */
export const wireRunbook = (view: RunbookView, { policy, review, trust }: RunbookGovernance) => ({
  ...wireRunbookSummary(view),
  raw_text: view.version.rawText,
  raw_text_sha256: view.version.rawTextHash,
  ...wireAnswers(view.version),
  parsed: view.version.parsed,
  commands: wireSteps(view.version, view.steps),
  parser_version: view.version.parserVersion,
  parse_duration_ms: view.version.parseDurationMs,
  effective_policy: wireEffectivePolicy(policy),
  review: { required: review.required, done: review.done, version_sha256: review.versionHash },
  trust_record: {
    clean_runs: trust.cleanRuns,
    needed: trust.needed,
    suggested_level: trust.suggestion?.level ?? null,
    suggested_at: trust.suggestion?.at.toISOString() ?? null,
  },
});

export const wireVersionSummary = (version: VersionRecord, names: MemberNames, reviews: readonly ReviewRecord[]) => ({
  version: version.version,
  raw_text_sha256: version.rawTextHash,
  parser_version: version.parserVersion,
  change_source: version.changeSource,
  created_by: wireActor(version.createdBy, names),
  created_at: version.createdAt.toISOString(),
  version_sha256: versionHash(version),
  reviews: reviews
    .filter(({ versionId }) => versionId === version.id)
    .map(({ by, via, at, note }) => ({ by: wireActor({ type: "user", id: by, via }, names), at: at.toISOString(), note })),
});

export const wireVersion = ({ version, steps, names, reviews }: VersionView) => ({
  ...wireVersionSummary(version, names, reviews),
  raw_text: version.rawText,
  ...wireAnswers(version),
  parsed: version.parsed,
  commands: wireSteps(version, steps),
});
