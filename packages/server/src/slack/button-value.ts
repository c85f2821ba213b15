// What a button carries: ids of what it is about, and what the person saw when they pressed it. Never a permission: that is asked of the
// database when the click comes.
import { z } from "zod";

const shape = z.object({
  v: z.literal(1),
  /** Thread. */
  t: z.uuid().optional(),
  /** Execution. */
  e: z.uuid().optional(),
  /** Step execution. */
  s: z.uuid().optional(),
  /** Digest on the card. */
  d: z.string().max(100).optional(),
  /** Attempt on the card. */
  a: z.int().optional(),
  /** Digests of the reads that were listed. */
  r: z.array(z.string().max(100)).max(10).optional(),
  /** Condition. */
  b: z.string().max(20).optional(),
  /** The card said that nothing undoes it, and the person had to agree to that first. */
  n: z.boolean().optional(),
  /** Runbook. */
  k: z.uuid().optional(),
});

export type ButtonValue = Omit<z.infer<typeof shape>, "v">;

export const writeValue = (value: ButtonValue): string => JSON.stringify({ v: 1, ...value });

/** Undefined: not one of ours, or of another release. */
export function readValue(text: unknown): ButtonValue | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const read = shape.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
