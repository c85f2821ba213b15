// Handlers for what runs did beside their runbooks and what follows from it.
import type { Answer } from "@dd0c/core";
import type { AppContext } from "../../app/context.ts";
import { deedOf } from "../../app/audit-draft.ts";
import { parsePreview } from "../../app/parse-preview.ts";
import { readDivergence } from "../../app/read-divergence.ts";
import { applySuggestion, dismissSuggestion, type KeyedSuggestion, runbookSuggestions } from "../../app/runbook-suggestions.ts";
import type { Caller } from "../../identity/caller.ts";
import type { Handlers } from "../call.ts";
import { wireActor } from "../wire/runbook.ts";

type DivergenceHandlers = Pick<Handlers, "getDivergence" | "listSuggestions" | "applySuggestion" | "dismissSuggestion">;

const commandOf = ({ change }: KeyedSuggestion): string | null => {
  if (change.kind === "edit") return change.to;
  return change.kind === "add" ? change.command : null;
};

export function divergenceHandlers(app: AppContext, showRunbook: Handlers["getRunbook"]): DivergenceHandlers {
  const riskOf = async (suggestion: KeyedSuggestion, answers: readonly Answer[]) => {
    const command = commandOf(suggestion);
    if (command === null) return null;
    const { lines } = await parsePreview(app, { rawText: suggestion.proposed_text, answers }, "some");
    return lines.find((line) => line.command === command)?.classification.risk ?? null;
  };
  const show = async ({ tenantId }: Caller, id: string) => {
    const { version, answers, runs, suggestions, decided, names } = await runbookSuggestions(app, tenantId, id);
    const items = [];
    for (const suggestion of suggestions) {
      const { textHash, ...rest } = suggestion;
      items.push({ ...rest, proposed_sha256: textHash, risk: await riskOf(suggestion, answers) });
    }
    return {
      version,
      runs_considered: runs,
      items,
      decided: decided.map(({ decidedBy, decidedAt, ...rest }) => ({
        ...rest,
        decided_by: wireActor({ type: "user", id: decidedBy, via: "web" }, names),
        decided_at: decidedAt.toISOString(),
      })),
    };
  };
  return {
    getDivergence: async ({ caller, params }) => {
      const { report, detectedAt } = await app.db.readTenant(caller.tenantId, (tx) => readDivergence(tx, app.scanner, params.id));
      return { ...report, detected_at: detectedAt?.toISOString() ?? null };
    },
    listSuggestions: async ({ caller, params }) => show(caller, params.id),
    applySuggestion: async (call) => {
      const { caller, params, body } = call;
      const asked = { key: params.key, textHash: body.proposed_sha256, reason: body.reason };
      await applySuggestion(app, deedOf(caller, app.clock.now()), caller.role, params.id, asked);
      return showRunbook({ ...call, params: { id: params.id }, body: undefined, query: undefined });
    },
    dismissSuggestion: async ({ caller, params, body }) => {
      await dismissSuggestion(app, deedOf(caller, app.clock.now()), params.id, params.key, body.reason);
      return show(caller, params.id);
    },
  };
}
