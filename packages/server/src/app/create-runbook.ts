// Pasted text goes in, a saved runbook with its first version comes out. Parsed and classified before the transaction begins.
// Errors: PARSE_FAILED, INPUT_TOO_LARGE, FEATURE_DISABLED, PLAN_LIMIT_REACHED, PARTY_MODE_ACTIVE, and those of change-trust for a level above 0.
import type { Answer, AuditDraft, Role, TrustLevel } from "@dd0c/core";
import { appendEvents, insertRunbook, type TenantTx } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { changeTrust, checkTrustChange } from "./change-trust.ts";
import { type AppContext, textHash } from "./context.ts";
import { previewToSave } from "./preview-to-save.ts";
import { checkRunbookLimit } from "./plan-limits.ts";
import { storeVersion } from "./store-version.ts";

export interface NewRunbook {
  readonly title: string | undefined;
  readonly sourceType: string;
  readonly rawText: string;
  readonly answers?: readonly Answer[] | undefined;
  readonly serviceTag: string | null;
  readonly teamTag: string | null;
  readonly trustLevel: TrustLevel;
  readonly changeSource: string;
}

const maxTitleLength = 300;

/** Saves as `role` would; returns the new runbook's id. */
export async function createRunbook(app: AppContext, deed: Deed, role: Role, input: NewRunbook): Promise<string> {
  if (input.trustLevel > 0) checkTrustChange(role, deed, "chosen when the runbook was created");
  const preview = await previewToSave(app, deed.tenantId, input);
  const id = app.newId();
  const title = (input.title ?? preview.parsed.title).slice(0, maxTitleLength);

  const write = async (tx: TenantTx): Promise<readonly AuditDraft[]> => {
    await checkRunbookLimit(tx);
    const runbook = { id, title, serviceTag: input.serviceTag, teamTag: input.teamTag, trustLevel: 0, governanceOverride: null } as const;
    await insertRunbook(tx, runbook, new Date(deed.atMs));
    const created = {
      title,
      source_type: input.sourceType,
      raw_text_hash: textHash(input.rawText),
      service_tag: input.serviceTag,
      team_tag: input.teamTag,
    };
    const source = { ...input, runbookId: id, version: 1, previousVersionId: null };
    const { events } = await storeVersion(app, tx, deed, source, preview);
    const trust = await changeTrust(tx, deed, runbook, { level: input.trustLevel, reason: "chosen when the runbook was created" });
    return [auditDraft(deed, "runbook.created", created, id), ...events, ...trust];
  };
  await app.db.withTenant(deed.tenantId, async (tx) => appendEvents(tx, await write(tx)));
  return id;
}
