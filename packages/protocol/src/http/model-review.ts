// What a language model adds to a preview, and what a tenant sees and chooses of it in its settings.
// Everything that a model said carries origin "model". It names risks and asks questions; there is no step in here.
import { z } from "zod";
import { classification } from "./classification.ts";
import { isoTime } from "./primitives.ts";
import { classifiedCommand, parsePreviewRequest, riskCounts } from "./runbook.ts";

/** `off` and `retired` count as not configured; `on` without an answer leaves the second key unturned. */
export const modelState = z.enum(["not_configured", "off", "retired", "on"]);

const model = z.object({
  state: modelState,
  provider: z.string().nullable(),
  /** Null where none is configured. */
  name: z.string().nullable(),
});

export const modelReviewRequest = parsePreviewRequest;

/** The classification of a command of the preview, with the model's opinion in it. */
const reviewedCommand = classifiedCommand.extend({ second_key: z.enum(["turned", "missing"]) });

/** A command that the text holds and that is no step. It becomes one when its author makes it one in the text. */
const groundedProposal = z.object({
  grounded: z.literal(true),
  origin: z.literal("model"),
  /** The text's own bytes. */
  command: z.string(),
  line: z.int(),
  end_line: z.int(),
  description: z.string(),
  classification,
});

/** A command that the text does not hold: the model's own words, never safe. */
const ungroundedProposal = z.object({
  grounded: z.literal(false),
  origin: z.literal("model"),
  command: z.string(),
  description: z.string(),
  classification,
});

export const modelReview = z.object({
  model: model.extend({
    /** SHA-256 of the prompts in force. */
    prompts: z.array(z.object({ name: z.string(), sha256: z.string() })),
  }),
  commands: z.array(reviewedCommand),
  counts: riskCounts,
  proposals: z.array(z.discriminatedUnion("grounded", [groundedProposal, ungroundedProposal])),
  questions: z.array(
    z.object({ origin: z.literal("model"), step_order: z.int().nullable(), issue: z.string(), suggestion: z.string().nullable() }),
  ),
  prerequisites: z.array(
    z.object({ origin: z.literal("model"), type: z.enum(["access", "vpn", "tool", "approval", "other"]), description: z.string() }),
  ),
  /** For variables of the preview that the text does not describe. */
  variables: z.array(z.object({ origin: z.literal("model"), name: z.string(), description: z.string() })),
  /** Sentences for people: what is missing and why. */
  notes: z.array(z.string()),
});

const usd = z.number().nullable();

export const modelSettings = z.object({
  model: model.extend({
    /** Where questions go: scheme, host and port. */
    address: z.string().nullable(),
    prompts: z.array(z.object({ name: z.string(), sha256: z.string() })),
  }),
  /** Models that may be chosen, the installation's own first. */
  offered: z.array(z.string()),
  /** Tokens per calendar month; the tenant's limit never exceeds the installation's. */
  monthly_tokens: z.int(),
  monthly_tokens_ceiling: z.int(),
  retired_at: isoTime.nullable(),
  usage: z.object({
    month: z.string(),
    models: z.array(z.object({ model: z.string(), calls: z.int(), input_tokens: z.int(), output_tokens: z.int(), cost_usd: usd })),
  }),
  /** The latest questions that left, without their text. */
  calls: z.array(
    z.object({
      id: z.string(),
      called_at: isoTime,
      purpose: z.enum(["classify", "review"]),
      provider: z.string(),
      model: z.string(),
      prompt_sha256: z.string(),
      /** Of the data that was sent. */
      content_sha256: z.string(),
      masked_secrets: z.int(),
      sent_bytes: z.int(),
      received_bytes: z.int(),
      input_tokens: z.int(),
      output_tokens: z.int(),
      /** The provider did not say how many tokens. */
      estimated: z.boolean(),
      cost_usd: usd,
      attempts: z.int(),
      duration_ms: z.int(),
      outcome: z.string(),
    }),
  ),
});

export const updateModelSettingsRequest = z.object({
  /** Enabling ends a retirement. */
  enabled: z.boolean().optional(),
  model: z.string().max(128).optional(),
  /** Null: the installation's limit. */
  monthly_tokens: z.int().min(0).nullable().optional(),
  reason: z.string().max(2_000).optional(),
});

export type WireModelReview = z.infer<typeof modelReview>;
export type WireModelSettings = z.infer<typeof modelSettings>;
