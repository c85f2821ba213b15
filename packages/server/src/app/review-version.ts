// A member says that they have read a version that somebody else wrote: who, when, and by hash exactly what. Under `peer_review` it runs only then.
// In: the version's number and the hash that was on the screen. Never the author's own word, never a machine's (the route asks for a person).
import { AppError, canonicalJson } from "@dd0c/core";
import { appendEvents, findRunbook, findVersion, insertReview, type TenantTx, type VersionRecord } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { textHash } from "./context.ts";

/** SHA-256 over what makes a version: its text and its author's answers. */
export const versionHash = ({ rawTextHash, answers }: Pick<VersionRecord, "rawTextHash" | "answers">): string =>
  textHash(canonicalJson({ raw_text_sha256: rawTextHash, answers }));

export interface Review {
  readonly version: number;
  readonly versionHash: string;
  readonly note: string | null;
}

/** A second review by the same member changes nothing. Errors: RUNBOOK_NOT_FOUND, NOT_FOUND, REVIEWER_IS_AUTHOR, DIGEST_MISMATCH. */
export async function reviewVersion(tx: TenantTx, deed: Deed, runbookId: string, review: Review): Promise<void> {
  if ((await findRunbook(tx, runbookId)) === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
  const version = await findVersion(tx, runbookId, review.version);
  if (version === undefined) throw new AppError("NOT_FOUND", "The runbook has no version of this number.");
  if (version.createdBy.id === deed.actor.id) throw new AppError("REVIEWER_IS_AUTHOR");
  const hash = versionHash(version);
  if (review.versionHash !== hash) throw new AppError("DIGEST_MISMATCH", "This version is not the text that you have read.");
  const { id: by, via } = deed.actor;
  const written = await insertReview(tx, { versionId: version.id, by, via, versionHash: hash, note: review.note, at: new Date(deed.atMs) });
  if (!written) return;
  const data = { version: version.version, version_hash: hash, written_by: version.createdBy.id, reviewed_by: by, note: review.note };
  await appendEvents(tx, [auditDraft(deed, "runbook.reviewed", data, runbookId)]);
}
