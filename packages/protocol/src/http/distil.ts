// A draft runbook out of a chat or an incident review: what was run and helped, with notes for what was left out.
// Nothing of it is stored or classified; the author edits the Markdown and saves it like any other text.
import { z } from "zod";
import { route } from "./route.ts";
import { parsedRunbook } from "./runbook.ts";

const distilRequest = z.object({
  raw_text: z
    .string()
    .min(1)
    .meta({ maxLength: 5 * 1024 * 1024 }),
  /** `auto` looks whether it is a chat or an incident review. */
  kind: z.enum(["auto", "chat", "postmortem"]).default("auto"),
});

const distilled = z.object({
  kind: z.enum(["chat", "postmortem"]),
  /** Every command is a span of the text, with its line. */
  draft: parsedRunbook,
  /** The draft as Markdown. */
  markdown: z.string(),
  /** What is not in the draft: the command or sentence, its line, and why. */
  notes: z.array(z.object({ line: z.int(), text: z.string(), reason: z.string() })),
});

export type WireDistilled = z.infer<typeof distilled>;

export const distilRoutes = {
  distilRunbook: route({
    method: "POST",
    path: "/runbooks/distil",
    summary: "Draft a runbook from an incident chat or review",
    access: "author",
    body: distilRequest,
    status: 200,
    response: distilled,
    limit: "preview",
  }),
} as const;
