// Questions to a runbook's author and the answers to them, as they travel and as they are stored with a version.
// An answer holds words for people, a yes or a no, or where a value comes from; never a command.
import { z } from "zod";

const key = z.string().min(1).max(2_000);
const variableSource = z.enum(["alert", "runtime", "manual"]);
const description = z.string().min(1).max(500);

/** Labels and annotations are reached with dots: `labels.pod`. */
const alertField = z
  .string()
  .max(100)
  .regex(/^[A-Za-z_][\w.:-]*$/, "A field is letters, digits and . _ : - without blanks.");

const ambiguityAnswer = z.object({ kind: z.literal("ambiguity"), key, text: z.string().trim().min(1).max(2_000) });
const mentionAnswer = z.object({ kind: z.literal("mention"), key, accepted: z.boolean() });
const variableAnswer = z
  .object({
    kind: z.literal("variable"),
    key,
    source: variableSource,
    /** The alert field it is filled from; with source "alert" only, and needed there. */
    field: alertField.optional(),
    description: description.optional(),
  })
  .refine(({ source, field }) => (source === "alert") === (field !== undefined), {
    path: ["field"],
    message: "A field belongs to source alert, and to no other.",
  });

export const answer = z.discriminatedUnion("kind", [ambiguityAnswer, mentionAnswer, variableAnswer]);

/** One answer per question. */
export const answers = z
  .array(answer)
  .max(1_000)
  .refine((list) => new Set(list.map((one) => one.key)).size === list.length, { message: "A question is answered twice." });

const reading = z.object({ source: variableSource, field: z.string().optional(), description: z.string().optional() });

/** `answer` null: open. A variable that is `optional` has a reading to go on with. */
export const question = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ambiguity"),
    key: z.string(),
    step_order: z.int(),
    line: z.int(),
    issue: z.string(),
    suggestion: z.string().optional(),
    answer: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("mention"),
    key: z.string(),
    /** The step that mentions it; once accepted, the step it stands in. */
    step_order: z.int().nullable(),
    line: z.int(),
    end_line: z.int().optional(),
    text: z.string(),
    confidence: z.number().min(0).max(1),
    reason: z.string(),
    answer: z.boolean().nullable(),
  }),
  z.object({
    kind: z.literal("variable"),
    key: z.string(),
    line: z.int(),
    name: z.string(),
    placeholder: z.string(),
    read: reading,
    optional: z.boolean(),
    answer: reading.nullable(),
  }),
]);

export type WireAnswer = z.infer<typeof answer>;
export type WireQuestion = z.infer<typeof question>;
