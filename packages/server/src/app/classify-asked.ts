// A person's or program's question about one command: classified with both keys, recorded with its pattern version, gaps counted.
// A language model is not asked while somebody types: what it said before counts, else its key is not turned.
// The record has the text's hash and not the text: it is asked while somebody types, and nothing will be run by the answer.
import type { ClassifiedCommand, StepContext } from "@dd0c/core";
import { unknownSeen } from "@dd0c/scanner";
import { appendEvents, recordUnknownCommands } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { classificationFacts } from "./classification-facts.ts";
import { classifyCommand } from "./classify-command.ts";
import { type AppContext, textHash } from "./context.ts";

/** Errors: PARTY_MODE_ACTIVE. */
export async function classifyAsked(app: AppContext, deed: Deed, context: StepContext): Promise<ClassifiedCommand> {
  const others = app.llm.configured ? await app.db.withTenant(deed.tenantId, (tx) => app.llm.recall(tx, [context])) : [];
  const classified = await classifyCommand(app.scanner, context, others);
  const { verdict, classification } = classified;
  const step = {
    step_id: null,
    label: null,
    command_hash: textHash(context.command),
    ...classificationFacts(classification, "without_words"),
  };
  const data = { version: null, scanner_version: verdict.patternVersion, per_step_classifications: [step] };
  await app.db.withTenant(deed.tenantId, async (tx) => {
    await recordUnknownCommands(tx, unknownSeen(verdict), new Date(deed.atMs));
    await appendEvents(tx, [auditDraft(deed, "runbook.classified", data)]);
  });
  return classified;
}
