// Executions of a tenant are computed once more from their events and compared with what the tables hold: the events are the truth, and a table that
// says something else was changed past the product. Each is looked at under its lock, so that a run in progress is not mistaken for one.
import { executionEventOf, isExecutionEventType, replay } from "@dd0c/core";
import { executionEvents, latestArchive, listForReplay, lockForDecision, type Share, storedDifferences } from "../db/index.ts";
import type { AppContext } from "./context.ts";

export interface Difference {
  readonly executionId: string;
  readonly runbookId: string;
  /** Number of events that the stored execution says it has. */
  readonly events: number;
  /** Names of rows and columns; "history" where the events themselves do not add up to an execution. */
  readonly differs: readonly string[];
}

/** Null: as it should be, gone meanwhile, or older than the database goes back, so that not all of its events are here. */
async function compareOne({ db }: Pick<AppContext, "db">, tenantId: string, executionId: string): Promise<Difference | null> {
  return await db.withTenant(tenantId, async (tx) => {
    const stored = (await lockForDecision(tx, executionId))?.state;
    if (stored === undefined) return null;
    const history = (await executionEvents(tx, executionId)).filter(({ type }) => isExecutionEventType(type));
    if (history[0]?.type !== "execution.created" && (await latestArchive(tx, tenantId)) !== undefined) return null;
    const found = { executionId, runbookId: stored.runbookId, events: stored.version };
    let state: ReturnType<typeof replay>;
    try {
      state = replay(history.map((event) => executionEventOf(event, Date.parse(event.occurred_at))));
    } catch {
      return { ...found, differs: ["history"] };
    }
    const differs = await storedDifferences(tx, state);
    return differs.length === 0 ? null : { ...found, differs };
  });
}

/**
 * @param since executions with events since then are looked at. @param share of all others
 * @returns one per execution that differs
 */
export async function replayExecutions(
  app: Pick<AppContext, "db">,
  tenantId: string,
  since: Date,
  share: Share,
  stopping: AbortSignal,
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const id of await app.db.withTenant(tenantId, (tx) => listForReplay(tx, since, share))) {
    if (stopping.aborted) break;
    const difference = await compareOne(app, tenantId, id);
    if (difference !== null) differences.push(difference);
  }
  return differences;
}
