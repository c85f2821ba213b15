// What the provider of an integration is told when a run is over, as an admin sets it: off until somebody turns it on, its token sealed and never shown.
// The token goes to one address alone: who changes the address gives the token again.
import { AppError } from "@dd0c/core";
import { isClosingKind, tokenOwner } from "../closing/closing-sender.ts";
import { forgetClosing } from "../closing/forget-closing.ts";
import {
  appendEvents,
  type ClosingRecord,
  findClosing,
  listenFromNow,
  lockIntegration,
  type Resolves,
  saveClosing,
  type TenantTx,
} from "../db/index.ts";
import type { AllowedHost } from "../outbound/allowed-hosts.ts";
import { refusalOf } from "../outbound/request-guarded.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { type IntegrationApp, type IntegrationView, viewIntegration } from "./integrations.ts";

export interface ClosingApp extends IntegrationApp {
  /** Hosts inside the operator's own network that may be called. */
  readonly allowedHosts: readonly AllowedHost[];
}

export interface ClosingSettings {
  readonly addsNote: boolean;
  readonly resolves: Resolves;
  readonly apiUrl: string;
  readonly actsAs: string | null;
  /** Left out: the one before stays. */
  readonly token: string | undefined;
}

const invalid = (message: string): AppError => new AppError("VALIDATION_FAILED", message);

/** The address in one spelling, without a slash at its end. */
function checkedAddress(raw: string, allowed: readonly AllowedHost[]): string {
  const why = refusalOf(raw, allowed);
  if (why !== undefined) throw invalid(`The API address cannot be used. ${why}`);
  const url = new URL(raw);
  if (`${url.search}${url.hash}` !== "") throw invalid("The API address ends with its path: leave out what follows ? or #.");
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function checkName(kind: string, actsAs: string | null): void {
  if (kind !== "pagerduty") return;
  if (actsAs === null || !/^[^\s@]+@[^\s@]+$/.test(actsAs))
    throw invalid("PagerDuty does this in the name of one of its users: give that user's e-mail address.");
}

const tokenShape = /^[\x21-\x7e]{8,2000}$/;

function tokenOf(app: ClosingApp, id: string, given: string | undefined, known: ClosingRecord | undefined, apiUrl: string): string {
  if (given !== undefined && !tokenShape.test(given))
    throw invalid("The API token is one word of at least eight characters: no spaces, no line ends, no letters beyond ASCII.");
  if (given !== undefined) return app.seal.seal(given, tokenOwner(id));
  if (known === undefined) throw invalid("Give the API token.");
  if (known.apiUrl !== apiUrl) throw invalid("The API address is another one: give the API token again, it goes nowhere else by itself.");
  return known.sealedToken;
}

async function kindOf(tx: TenantTx, id: string) {
  const integration = await lockIntegration(tx, id);
  if (integration === undefined) throw new AppError("NOT_FOUND");
  if (!isClosingKind(integration.kind)) throw invalid("Only PagerDuty, Opsgenie and dd0c/alert can be told when a run is over.");
  return integration.kind;
}

/** Errors: NOT_FOUND, VALIDATION_FAILED. */
export async function setClosing(app: ClosingApp, deed: Deed, id: string, made: ClosingSettings): Promise<IntegrationView> {
  if (!made.addsNote && made.resolves === "never") throw invalid("Choose a note, a resolve or both; or turn it off.");
  const apiUrl = checkedAddress(made.apiUrl, app.allowedHosts);
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const kind = await kindOf(tx, id);
    checkName(kind, made.actsAs);
    const { addsNote, resolves, actsAs } = made;
    const sealedToken = tokenOf(app, id, made.token, await findClosing(tx, id), apiUrl);
    const changedAt = new Date(deed.atMs);
    await saveClosing(tx, { integrationId: id, addsNote, resolves, apiUrl, actsAs, sealedToken, changedBy: deed.actor.id, changedAt });
    await listenFromNow(tx, kind, id);
    const data = {
      integration_id: id,
      note: addsNote,
      resolve: resolves,
      api_url: apiUrl,
      acts_as: actsAs,
      new_token: made.token !== undefined,
    };
    await appendEvents(tx, [auditDraft(deed, "integration.closing_set", data)]);
    return viewIntegration(tx, id, changedAt);
  });
}

/** Errors: NOT_FOUND. */
export async function turnClosingOff(app: IntegrationApp, deed: Deed, id: string): Promise<void> {
  await app.db.withTenant(deed.tenantId, async (tx) => {
    const integration = await lockIntegration(tx, id);
    if (integration === undefined || !(await forgetClosing(tx, id))) throw new AppError("NOT_FOUND");
    await appendEvents(tx, [auditDraft(deed, "integration.closing_removed", { integration_id: id })]);
  });
}
