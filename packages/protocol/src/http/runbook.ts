// Runbooks on the wire: the parser's structure with a classification per command, versions, the preview.
// Field names of the parsed structure are those of `dd0c parse --json`; more fields may come, none may go.
import { z } from "zod";
import { answer, answers, question } from "./answers.ts";
import { classification } from "./classification.ts";
import { effectivePolicy, runbookLock } from "./policy.ts";
import { actor, governanceMode, isoTime, risk, settableTrustLevel, trustLevel, uuid } from "./primitives.ts";

export const parsedCommand = z.object({
  text: z.string(),
  /** The source spelling, present where `text` was repaired. */
  verbatim: z.string().optional(),
  line: z.int(),
  end_line: z.int().optional(),
  /** 0..1; below 0.5 it is shown as a choice. */
  confidence: z.number().min(0).max(1).optional(),
  context: z.enum(["local", "remote", "repl"]).optional(),
  language: z.enum(["shell", "powershell", "sql", "console"]).optional(),
  rollback_command: z.string().optional(),
  /** The source only mentions it; the author made it a step. */
  accepted: z.literal(true).optional(),
});

export const parsedStep = z.object({
  order: z.int(),
  description: z.string(),
  command: z.string().nullable(),
  commands: z.array(parsedCommand),
  expected_output: z.string().nullable(),
  rollback_command: z.string().nullable(),
  section: z.string().nullable(),
  section_kind: z
    .enum(["diagnosis", "mitigation", "procedure", "verification", "rollback", "prerequisites", "background", "follow_up"])
    .nullable(),
  kind: z.enum(["command", "manual", "link"]),
  source_lines: z.tuple([z.int(), z.int()]),
  variables_used: z.array(z.string()),
  url: z.string().optional(),
  condition: z.string().optional(),
  refers_to: z.array(z.int()).optional(),
  /** The step only checks what this earlier one did. */
  verifies: z.int().optional(),
  alternative: z.object({ group: z.int(), label: z.string() }).optional(),
  /** What the author answered to a question about this step, for people. */
  clarification: z.string().optional(),
});

export const parsedVariable = z.object({
  name: z.string(),
  placeholder: z.string(),
  placeholders: z.array(z.string()),
  source: z.enum(["alert", "runtime", "manual"]),
  field: z.string().optional(),
  /** The step whose output shows the value. */
  from_step: z.int().optional(),
  type: z.enum(["text", "number", "ip", "host", "url", "path", "date", "duration", "id"]).optional(),
  description: z.string().optional(),
  choices: z.array(z.string()).optional(),
  secret: z.boolean().optional(),
  line: z.int(),
});

export const parsedBranch = z.object({
  condition: z.string(),
  kind: z.enum(["if", "else"]),
  step_order: z.int().nullable(),
  line: z.int(),
  after_step: z.int().optional(),
  true_path: z.array(z.int()).optional(),
  false_path: z.array(z.int()).optional(),
});

export const parsedRunbook = z.object({
  title: z.string(),
  source_type: z.enum(["markdown", "text", "html", "confluence", "notion", "chat", "email"]),
  parser_version: z.string(),
  steps: z.array(parsedStep),
  variables: z.array(parsedVariable),
  prerequisites: z.array(
    z.object({ type: z.enum(["access", "vpn", "tool", "approval", "other"]), description: z.string(), line: z.int() }),
  ),
  branches: z.array(parsedBranch),
  /** With `clarification` it was answered. */
  ambiguities: z.array(
    z.object({ step_order: z.int(), issue: z.string(), suggestion: z.string().optional(), clarification: z.string().optional() }),
  ),
  rollback: z.array(
    z.object({
      text: z.string(),
      line: z.int(),
      end_line: z.int().optional(),
      step_order: z.int().nullable(),
      /** 0..1, how sure it is that it undoes that step. */
      confidence: z.number().min(0).max(1).optional(),
    }),
  ),
  /** Absent from runbooks stored before the parser listed them. */
  mentions: z
    .array(
      z.object({
        text: z.string(),
        verbatim: z.string().optional(),
        line: z.int(),
        end_line: z.int().optional(),
        confidence: z.number().min(0).max(1),
        step_order: z.int().nullable(),
        reason: z.string(),
        /** The author's choice: a step (true) or no step (false). */
        accepted: z.boolean().optional(),
      }),
    )
    .default([]),
  warnings: z.array(z.object({ code: z.string(), message: z.string(), line: z.int().optional() })),
});

/** One command of a step with its verdict: the unit that is gated (4, or 4a and 4b). */
export const classifiedCommand = z.object({
  label: z.string(),
  step_order: z.int(),
  /** Index into the step's `commands`. */
  command_index: z.int(),
  command: z.string(),
  classification,
});

/** `missing`: an advisor has no opinion, so it cannot be safe. `pending`: a language model is configured and was not asked yet. */
const secondKey = z.enum(["turned", "pending", "missing"]);

export const riskCounts = z.object({ safe: z.int(), caution: z.int(), unknown: z.int(), dangerous: z.int(), manual: z.int() });

export const preview = z.object({
  parsed: parsedRunbook,
  commands: z.array(classifiedCommand.extend({ second_key: secondKey })),
  counts: riskCounts,
  /** By line: open ones and answered ones. */
  questions: z.array(question),
  /** Answers that were sent and found no question in this text. */
  stale_answer_keys: z.array(z.string()),
  parser_version: z.string(),
  pattern_version: z.string(),
  parse_duration_ms: z.number(),
});

/** A longer text is refused with INPUT_TOO_LARGE by the parser, whose limit this is. */
const rawText = z.string().meta({ maxLength: 5 * 1024 * 1024 });

export const parsePreviewRequest = z.object({
  raw_text: rawText,
  source_type: z.string().max(50).optional(),
  answers: answers.default([]),
});

export const createRunbookRequest = z.object({
  title: z.string().min(1).max(300).optional(),
  source_type: z.string().max(50).default("paste"),
  raw_text: rawText.min(1),
  answers: answers.default([]),
  service_tag: z.string().max(100).nullable().optional(),
  team_tag: z.string().max(100).nullable().optional(),
  trust_level: settableTrustLevel.default(0),
});

export const updateRunbookRequest = z.object({
  title: z.string().min(1).max(300).optional(),
  raw_text: rawText.min(1).optional(),
  /** Replaces all answers; absent, those of the current version stay. */
  answers: answers.optional(),
  service_tag: z.string().max(100).nullable().optional(),
  team_tag: z.string().max(100).nullable().optional(),
  /** Admins only, with a reason. */
  trust_level: settableTrustLevel.optional(),
  /** "strict" locks this runbook to strict whatever the tenant says; null removes the lock. */
  governance_override: governanceMode.nullable().optional(),
  /** The lock's other fields; replaces them all, null removes them. Admins only. */
  policy_lock: runbookLock.omit({ governance_mode: true }).nullable().optional(),
  reason: z.string().max(2_000).optional(),
});

export const review = z.object({ by: actor, at: isoTime, note: z.string().nullable() });
/** `version_sha256` is that of the version that was read. */
export const reviewRequest = z.object({ version_sha256: z.string().length(64), note: z.string().max(2_000).optional() });

export const runbookSummary = z.object({
  id: uuid,
  title: z.string(),
  service_tag: z.string().nullable(),
  team_tag: z.string().nullable(),
  trust_level: trustLevel,
  governance_override: governanceMode.nullable(),
  policy_lock: runbookLock.nullable(),
  version: z.int(),
  worst_risk: risk.nullable(),
  counts: riskCounts,
  last_run: z.object({ execution_id: uuid, status: z.string(), at: isoTime }).nullable(),
  created_at: isoTime,
  updated_at: isoTime,
});

/** The author's answers that a version was made with, and which of them no longer have a question. */
const storedAnswers = { answers: z.array(answer), stale_answer_keys: z.array(z.string()) };

export const runbook = runbookSummary.extend({
  raw_text: z.string(),
  raw_text_sha256: z.string(),
  ...storedAnswers,
  parsed: parsedRunbook,
  commands: z.array(classifiedCommand.extend({ step_id: z.string() })),
  parser_version: z.string(),
  parse_duration_ms: z.number().nullable(),
  /** What holds for the next execution of this runbook. */
  effective_policy: effectivePolicy,
  review: z.object({
    /** The current version does not run before somebody else has reviewed it. */
    required: z.boolean(),
    done: z.boolean(),
    version_sha256: z.string(),
  }),
  /** Clean runs in a row at the present level, and what they suggest: an admin decides. */
  trust_record: z.object({
    clean_runs: z.int(),
    needed: z.int(),
    suggested_level: trustLevel.nullable(),
    suggested_at: isoTime.nullable(),
  }),
});

export const runbookVersionSummary = z.object({
  version: z.int(),
  raw_text_sha256: z.string(),
  parser_version: z.string(),
  change_source: z.string(),
  created_by: actor,
  created_at: isoTime,
  /** Over text and answers: what a review names. */
  version_sha256: z.string(),
  /** Newest first. */
  reviews: z.array(review),
});

export const runbookVersion = runbookVersionSummary.extend({
  raw_text: z.string(),
  ...storedAnswers,
  parsed: parsedRunbook,
  commands: z.array(classifiedCommand.extend({ step_id: z.string() })),
});

export type WireParsedRunbook = z.infer<typeof parsedRunbook>;
export type WireParsedStep = z.infer<typeof parsedStep>;
export type WireClassifiedCommand = z.infer<typeof classifiedCommand>;
export type WirePreview = z.infer<typeof preview>;
export type WireRunbook = z.infer<typeof runbook>;
export type WireRunbookSummary = z.infer<typeof runbookSummary>;
export type WireRunbookVersion = z.infer<typeof runbookVersion>;
