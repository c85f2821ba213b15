// Handlers for pasting, saving, reading and changing runbooks.
import { AppError, layerOfRecord } from "@dd0c/core";
import { deedOf } from "../../app/audit-draft.ts";
import type { AppContext } from "../../app/context.ts";
import { createRunbook } from "../../app/create-runbook.ts";
import { deleteRunbook } from "../../app/delete-runbook.ts";
import { parsePreview } from "../../app/parse-preview.ts";
import { getRunbook, getRunbookVersion, getRunbookVersions, pageRunbooks } from "../../app/read-runbooks.ts";
import { reviewVersion } from "../../app/review-version.ts";
import { runbookGovernance } from "../../app/runbook-governance.ts";
import { updateRunbook } from "../../app/update-runbook.ts";
import type { VersionRecord } from "../../db/index.ts";
import type { Caller } from "../../identity/caller.ts";
import type { Handlers } from "../call.ts";
import { wirePreview, wireRunbook, wireRunbookSummary, wireVersion, wireVersionSummary } from "../wire/runbook.ts";

type RunbookHandlers = Pick<
  Handlers,
  | "parsePreview"
  | "createRunbook"
  | "listRunbooks"
  | "getRunbook"
  | "listRunbookVersions"
  | "getRunbookVersion"
  | "reviewRunbookVersion"
  | "updateRunbook"
  | "deleteRunbook"
>;

/** Fifty pages. Parsing five megabytes takes seconds, which belong to those who are signed in and to the executions that run. */
const maxAnonymousLength = 300_000;

function refuseLongText(text: string): void {
  if (text.length <= maxAnonymousLength) return;
  const details = { limit_characters: maxAnonymousLength };
  throw new AppError(
    "INPUT_TOO_LARGE",
    `Without signing in a text may have ${maxAnonymousLength.toLocaleString("en")} characters.`,
    details,
  );
}

const prepareFor = ({ scanner }: AppContext, version: VersionRecord): Promise<void> =>
  scanner.prepare(version.parsed.steps.flatMap((step) => step.commands.map(({ text }) => text)));

export function runbookHandlers(app: AppContext): RunbookHandlers {
  const show = async (caller: Caller, id: string) => {
    const read = await app.db.readTenant(caller.tenantId, async (tx) => {
      const view = await getRunbook(tx, id);
      return { view, governance: await runbookGovernance(app, tx, view) };
    });
    await prepareFor(app, read.view.version);
    return wireRunbook(read.view, read.governance);
  };
  const showVersion = async (caller: Caller, id: string, number: number) => {
    const view = await app.db.readTenant(caller.tenantId, (tx) => getRunbookVersion(tx, id, number));
    await prepareFor(app, view.version);
    return wireVersion(view);
  };
  const deed = (caller: Caller) => deedOf(caller, app.clock.now());
  const modelWaits = async (caller: Caller | null): Promise<boolean> =>
    caller !== null && app.llm.configured && (await app.llm.describe(caller.tenantId)).state === "on";

  return {
    parsePreview: async ({ caller, body }) => {
      if (caller === null) refuseLongText(body.raw_text);
      const preview = await parsePreview(app, { rawText: body.raw_text, sourceType: body.source_type, answers: body.answers }, "some");
      return wirePreview(preview, await modelWaits(caller));
    },

    createRunbook: async ({ caller, body }) => {
      const id = await createRunbook(app, deed(caller), caller.role, {
        title: body.title,
        sourceType: body.source_type,
        rawText: body.raw_text,
        answers: body.answers,
        serviceTag: body.service_tag ?? null,
        teamTag: body.team_tag ?? null,
        trustLevel: body.trust_level as 0 | 1 | 2,
        changeSource: "manual",
      });
      return show(caller, id);
    },

    listRunbooks: async ({ caller, query }) => {
      const { items, nextCursor } = await app.db.readTenant(caller.tenantId, (tx) => pageRunbooks(tx, query));
      return { items: items.map(wireRunbookSummary), next_cursor: nextCursor };
    },

    getRunbook: async ({ caller, params }) => show(caller, params.id),

    listRunbookVersions: async ({ caller, params }) => {
      const { versions, names, reviews } = await app.db.readTenant(caller.tenantId, (tx) => getRunbookVersions(tx, params.id));
      return { items: versions.map((version) => wireVersionSummary(version, names, reviews)), next_cursor: null };
    },

    getRunbookVersion: async ({ caller, params }) => showVersion(caller, params.id, params.v),

    reviewRunbookVersion: async ({ caller, params, body }) => {
      const review = { version: params.v, versionHash: body.version_sha256, note: body.note ?? null };
      await app.db.withTenant(caller.tenantId, (tx) => reviewVersion(tx, deed(caller), params.id, review));
      return showVersion(caller, params.id, params.v);
    },

    updateRunbook: async ({ caller, params, body }) => {
      await updateRunbook(app, deed(caller), caller.role, params.id, {
        title: body.title,
        rawText: body.raw_text,
        answers: body.answers,
        serviceTag: body.service_tag,
        teamTag: body.team_tag,
        trustLevel: body.trust_level as 0 | 1 | 2 | undefined,
        governanceOverride: body.governance_override,
        policyLock: body.policy_lock == null ? body.policy_lock : layerOfRecord(body.policy_lock),
        reason: body.reason,
      });
      return show(caller, params.id);
    },

    deleteRunbook: async ({ caller, params }) => {
      await deleteRunbook(app, deed(caller), params.id);
      return undefined;
    },
  };
}
