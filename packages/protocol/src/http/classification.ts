// What the two keys said about one command and what was made of it (DESIGN 5, merge table).
// The same shape is shown in the preview, on the runbook page, on the live step and by POST /classify.
import { z } from "zod";
import { isoTime, risk } from "./primitives.ts";

export const span = z.object({ start: z.int().min(0), end: z.int().min(0) });

export const reason = z.object({
  rule_id: z.string(),
  risk,
  /** Offsets (UTF-16 units) into the command text. */
  span,
  message: z.string(),
  safer_alternative: z.string().nullable(),
});

export const target = z.object({ kind: z.string(), name: z.string(), namespace: z.string().nullable() });

/** A stretch of the command; `depth` 0 is all of it, `reasons` are indexes. Each part stands before those inside it. */
const part = z.object({ span, risk, depth: z.int().min(0), reasons: z.array(z.int().min(0)) });

export const scannerResult = z.object({
  risk,
  reasons: z.array(reason),
  /** The reasons as a tree over the command. */
  parts: z.array(part),
  runnable: z.boolean(),
  not_runnable: z.object({ code: z.string(), message: z.string(), suggestion: z.string().nullable() }).nullable(),
  targets: z.array(target),
  /** The command that undoes the change; with `capture` set, the read that must run first to build it. */
  inverse: z.object({ capture: z.string().nullable(), command: z.string() }).nullable(),
  sensitive: z.boolean(),
  unbounded: z.boolean(),
  pattern_version: z.string(),
});

const suggested = z.object({ command: z.string(), change: z.string() });

/** A read-only command, proven safe, that lists what the command would touch, and what its output lists. */
const twin = z.object({ command: z.string(), lists: z.enum(["objects", "pods", "rows", "paths", "containers", "units"]) });

/** The scanner's answer about one command that a person asks about, with the smallest edit that the scanner calls safe and, without a plan, a form that has one. */
export const explainedResult = scannerResult.extend({
  safer_edit: suggested.nullable(),
  runnable_form: suggested.nullable(),
  /** null: what it would touch is not known. */
  twin: twin.nullable(),
});

export const opinion = z.object({
  advisor: z.string(),
  /** null: the advisor gave no opinion; its key is not turned. */
  risk: z.enum(["safe", "caution", "dangerous"]).nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  reasoning: z.string().nullable(),
});

export const classification = z.object({
  risk,
  merge_rule: z.string(),
  scanner: scannerResult,
  opinions: z.array(opinion),
});

export const classifyRequest = z.object({
  command: z.string().min(1).max(65_536),
  context: z
    .object({
      description: z.string().max(10_000),
      section: z.string().max(1_000),
      service: z.string().max(200),
      environment: z.string().max(200),
    })
    .partial()
    .optional(),
});

export const scannerTestRequest = z.object({ command: z.string().min(1).max(65_536) });

export const explainedClassification = classification.extend({ scanner: explainedResult });

export const storedClassification = explainedClassification.extend({ step_id: z.string(), command: z.string(), classified_at: isoTime });

export const scannerPatterns = z.object({
  pattern_version: z.string(),
  programs: z.array(z.object({ names: z.array(z.string()), source: z.string(), rules: z.int() })),
});

/** What the scanner met and has no rule for. `program`: a bare name, "(shell)" or "(other)"; never an argument. */
export const unknownCommands = z.object({
  items: z.array(z.object({ program: z.string(), reason: z.string(), seen: z.int(), first_seen: isoTime, last_seen: isoTime })),
});
export const unknownCommandsQuery = z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(100) });

export type WireClassification = z.infer<typeof classification>;
export type WireExplainedResult = z.infer<typeof explainedResult>;
export type WireScannerResult = z.infer<typeof scannerResult>;
export type WireUnknownCommands = z.infer<typeof unknownCommands>;
export type WireReason = z.infer<typeof reason>;
export type WireTarget = z.infer<typeof target>;
