// What an agent says about its host, as its pages show it. In: whatever it said. Out: figures and short texts, or null for what is none.
// A claim for people: nothing is decided by it, so what is out of bounds is not said rather than corrected.
import type { HostFacts } from "@dd0c/protocol/agent";
import { z } from "zod";

const amount = z.int().nonnegative();
const word = z.string().max(200);

const hostFacts = z.object({
  limits: z
    .object({ cpuSeconds: amount, memoryBytes: amount, processes: amount.nullable().default(null), openFiles: amount })
    .nullable()
    .default(null),
  maxStreamBytes: amount,
  runAs: word.nullable().default(null),
  asRoot: z.boolean(),
  sandbox: z.boolean(),
  noSandboxBecause: word.nullable().default(null),
  sandboxExcept: z.array(word).max(100),
});

export type AgentHostFacts = z.infer<typeof hostFacts>;

/** Null: it said nothing that can be shown. */
export const hostFactsOf = (said: HostFacts | undefined): AgentHostFacts | null => hostFacts.safeParse(said).data ?? null;
