// The shapes that a model is asked for and held to: shallow, every field required, optional ones nullable, nothing beside them.
// Limits on length and number are not said here (providers do not take them); core applies them to what passed.
import { z } from "zod";

export const opinionAnswer = z.strictObject({
  classification: z.enum(["safe", "caution", "dangerous"]),
  confidence: z.number(),
  reasoning: z.string(),
  detected_side_effects: z.array(z.string()),
  suggested_rollback: z.string().nullable(),
});

export const reviewAnswer = z.strictObject({
  proposals: z.array(z.strictObject({ command: z.string(), line: z.number().nullable(), description: z.string() })),
  questions: z.array(z.strictObject({ step_order: z.number().nullable(), question: z.string(), suggestion: z.string().nullable() })),
  prerequisites: z.array(z.strictObject({ type: z.enum(["access", "vpn", "tool", "approval", "other"]), description: z.string() })),
  variables: z.array(z.strictObject({ name: z.string(), description: z.string() })),
});

export type OpinionAnswer = z.infer<typeof opinionAnswer>;
export type ReviewAnswer = z.infer<typeof reviewAnswer>;
