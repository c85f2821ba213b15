// What the last runs of a runbook suggest about its text, and what people decide about that. Nothing is applied by itself: a person with the role
// applies exactly what was shown, through the way on which every text becomes a version, so that scan, classification and review hold as always.
import { setImmediate } from "node:timers/promises";
import { type Answer, AppError, canonicalJson, type Role, type Suggestion, suggestUpdates } from "@dd0c/core";
import {
  appendEvents,
  insertSuggestionDecision,
  listDivergences,
  listSuggestionDecisions,
  type StepRecord,
  type SuggestionDecision,
} from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { type AppContext, textHash } from "./context.ts";
import { getRunbook, type MemberNames, memberNames } from "./read-runbooks.ts";
import { updateRunbook } from "./update-runbook.ts";

/** Older runs say little about how the runbook is used now. */
const runsConsidered = 20;

export interface KeyedSuggestion extends Suggestion {
  /** SHA-256 of what is meant, whatever the runs. */
  readonly key: string;
  /** SHA-256 of `proposed_text`: what a person who applies it has seen. */
  readonly textHash: string;
}

export interface RunbookSuggestions {
  readonly version: number;
  /** The author's answers, which stay. */
  readonly answers: readonly Answer[];
  /** How many were looked at. */
  readonly runs: number;
  /** Open ones. */
  readonly suggestions: readonly KeyedSuggestion[];
  /** Newest first. */
  readonly decided: readonly SuggestionDecision[];
  readonly names: MemberNames;
}

const textsOf = (steps: readonly StepRecord[]): readonly string[] => steps.flatMap(({ command }) => command ?? []);

/** Texts are parsed again and again: nothing of that happens while a transaction is open. Errors: RUNBOOK_NOT_FOUND. */
export async function runbookSuggestions(app: AppContext, tenantId: string, runbookId: string): Promise<RunbookSuggestions> {
  const { view, reports, decided, names } = await app.db.readTenant(tenantId, async (tx) => ({
    view: await getRunbook(tx, runbookId),
    reports: await listDivergences(tx, runbookId, runsConsidered),
    decided: await listSuggestionDecisions(tx, runbookId),
    names: await memberNames(tx),
  }));
  const { version, steps } = view;
  await app.scanner.prepare(textsOf(steps));
  const dismissed = new Set(decided.filter(({ decision }) => decision === "dismissed").map(({ key }) => key));
  const { rawText, answers } = version;
  const suggestions: KeyedSuggestion[] = [];
  for (const each of suggestUpdates(reports, { rawText, answers, steps })) {
    const key = each === null ? "" : textHash(canonicalJson(each.change));
    if (each !== null && !dismissed.has(key)) suggestions.push({ ...each, key, textHash: textHash(each.proposed_text) });
    // Approvals and agents do not wait for the next reading of the text.
    await setImmediate();
  }
  return { version: version.version, answers, runs: reports.length, suggestions, decided, names };
}

function find({ suggestions }: RunbookSuggestions, key: string): KeyedSuggestion {
  const found = suggestions.find((each) => each.key === key);
  if (found === undefined) throw new AppError("NOT_FOUND", "This is not suggested, or not any more.");
  return found;
}

/** Errors: NOT_FOUND; DIGEST_MISMATCH where it would make another text than the person saw; those of updateRunbook. */
export async function applySuggestion(
  app: AppContext,
  deed: Deed,
  role: Role,
  runbookId: string,
  asked: { readonly key: string; readonly textHash: string; readonly reason: string | undefined },
): Promise<void> {
  const read = await runbookSuggestions(app, deed.tenantId, runbookId);
  const { key, summary, runs, proposed_text: rawText, textHash: hash } = find(read, asked.key);
  if (hash !== asked.textHash)
    throw new AppError("DIGEST_MISMATCH", "The suggestion is for another text than you have seen: look at it again.");
  const suggestion = { key, summary, runs, version: read.version };
  await updateRunbook(app, deed, role, runbookId, { rawText, reason: asked.reason, suggestion });
}

/** Not suggested again. Errors: RUNBOOK_NOT_FOUND, NOT_FOUND. */
export async function dismissSuggestion(app: AppContext, deed: Deed, runbookId: string, key: string, reason: string): Promise<void> {
  const { summary, runs, change } = find(await runbookSuggestions(app, deed.tenantId, runbookId), key);
  const decided = { decision: "dismissed" as const, version: null, decidedBy: deed.actor.id, decidedAt: new Date(deed.atMs) };
  await app.db.withTenant(deed.tenantId, async (tx) => {
    await insertSuggestionDecision(tx, runbookId, { key, summary, runs, reason, ...decided });
    await appendEvents(tx, [auditDraft(deed, "runbook.suggestion_dismissed", { key, summary, change, runs, reason }, runbookId)]);
  });
}
