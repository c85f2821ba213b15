// Runbooks as people read them: one with its current version, one version, all of them. Reads only; nothing here is recorded.
// Errors: RUNBOOK_NOT_FOUND, NOT_FOUND for a version. Another tenant's runbook is simply not there.
import { AppError } from "@dd0c/core";
import {
  findRunbook,
  findVersion,
  listMemberNames,
  listReviews,
  listRunbooks,
  listSteps,
  listVersions,
  overviewRunbooks,
  type ReviewRecord,
  type RunbookOverview,
  type RunbookRecord,
  type StepRecord,
  type TenantTx,
  type VersionRecord,
} from "../db/index.ts";

export interface RunbookListing {
  readonly runbook: RunbookRecord;
  readonly overview: RunbookOverview;
}

export interface RunbookView extends RunbookListing {
  readonly version: VersionRecord;
  readonly steps: readonly StepRecord[];
}

/** Names of members by user id, for showing who did something. */
export type MemberNames = ReadonlyMap<string, string>;

export const memberNames = (tx: TenantTx): Promise<MemberNames> => listMemberNames(tx);

const emptyOverview: RunbookOverview = { counts: { safe: 0, caution: 0, unknown: 0, dangerous: 0, manual: 0 }, lastRun: null };

async function foundRunbook(tx: TenantTx, id: string): Promise<RunbookRecord> {
  const runbook = await findRunbook(tx, id);
  if (runbook === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
  return runbook;
}

export async function getRunbook(tx: TenantTx, id: string): Promise<RunbookView> {
  const runbook = await foundRunbook(tx, id);
  const version = await findVersion(tx, id, runbook.activeVersion);
  if (version === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
  const overview = (await overviewRunbooks(tx, [id])).get(id) ?? emptyOverview;
  return { runbook, overview, version, steps: await listSteps(tx, version.id) };
}

export interface RunbookQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly service?: string | undefined;
}

export async function pageRunbooks(
  tx: TenantTx,
  query: RunbookQuery,
): Promise<{ readonly items: readonly RunbookListing[]; readonly nextCursor: string | null }> {
  const { items, nextCursor } = await listRunbooks(tx, query);
  const overviews = await overviewRunbooks(
    tx,
    items.map(({ id }) => id),
  );
  return { items: items.map((runbook) => ({ runbook, overview: overviews.get(runbook.id) ?? emptyOverview })), nextCursor };
}

export interface VersionView {
  readonly version: VersionRecord;
  readonly steps: readonly StepRecord[];
  readonly names: MemberNames;
  readonly reviews: readonly ReviewRecord[];
}

export async function getRunbookVersion(tx: TenantTx, id: string, number: number): Promise<VersionView> {
  await foundRunbook(tx, id);
  const version = await findVersion(tx, id, number);
  if (version === undefined) throw new AppError("NOT_FOUND", "The runbook has no version of this number.");
  return { version, steps: await listSteps(tx, version.id), names: await memberNames(tx), reviews: await listReviews(tx, [version.id]) };
}

export async function getRunbookVersions(
  tx: TenantTx,
  id: string,
): Promise<{ readonly versions: readonly VersionRecord[]; readonly names: MemberNames; readonly reviews: readonly ReviewRecord[] }> {
  await foundRunbook(tx, id);
  const versions = await listVersions(tx, id);
  const ids = versions.map((version) => version.id);
  return { versions, names: await memberNames(tx), reviews: await listReviews(tx, ids) };
}
