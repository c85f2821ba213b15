// The plan of an execution as the agent is told it: signed at the start, extended by signed amendments that name who asked.
// In: announcement, amendments, one dispatch. Out: ok or why the agent was never told of this. Built by the engine, checked by the agent.
import type { Risk } from "@dd0c/scanner";
import { canonicalJson } from "../canonical-json.ts";
import { type Refusal, refuse } from "../errors.ts";
import { exceeds } from "../risk.ts";
import type { TrustLevel } from "../trust/gate.ts";
import type { GovernanceMode } from "../trust/policy.ts";
import { utf8Bytes } from "../utf8.ts";
import { hasShape, isCount, isHash, isHashOrNull, isOneOf, isRisk, isText, isTextOrNull, readSigned, type Shape } from "./signed-shape.ts";

export interface AnnouncedStep {
  readonly step_execution: string;
  /** Null where variables are still to be filled when the plan is announced. */
  readonly digest: string | null;
  readonly template_hash: string;
  readonly max_risk: Risk;
}

/** Signed once per execution, before its first dispatch. */
export interface Announcement {
  readonly kind: "dd0c.announcement.v1";
  readonly tenant: string;
  readonly agent: string;
  readonly execution: string;
  readonly runbook: string;
  readonly version: string;
  readonly trust_level: TrustLevel;
  readonly governance_mode: GovernanceMode;
  readonly issued_at: number;
  /** Steps that have a command, in order. */
  readonly steps: readonly AnnouncedStep[];
}

export type AmendmentReason = "edit" | "rerender" | "risk_raised" | "unlisted" | "capture" | "retry" | "rollback";

/** Signed before the dispatch of anything that the announcement does not cover as it stands. */
export interface Amendment {
  readonly kind: "dd0c.amendment.v1";
  readonly tenant: string;
  readonly agent: string;
  readonly execution: string;
  readonly step_execution: string;
  readonly attempt: number;
  readonly digest: string;
  readonly max_risk: Risk;
  readonly reason: AmendmentReason;
  /** The human who asked for it; null only where a parent step did. */
  readonly by: string | null;
  readonly parent_step_execution: string | null;
  readonly issued_at: number;
}

/** What the agent is asked to run, by its own parse and scan. */
export interface AnnouncedDispatch {
  readonly tenant: string;
  readonly agent: string;
  readonly execution: string;
  readonly stepExecution: string;
  readonly attempt: number;
  readonly digest: string;
  readonly risk: Risk;
}

/**
 * Whether a dispatch was announced. An amendment covers exactly its attempt; the announcement covers first attempts only.
 * @param announcement null if the execution was never announced (signatures are already verified)
 * @returns ok, or ANNOUNCEMENT_INVALID (another tenant, agent or execution), NOT_ANNOUNCED, DIGEST_MISMATCH
 */
export function checkAnnounced(
  announcement: Announcement | null,
  amendments: readonly Amendment[],
  dispatch: AnnouncedDispatch,
): { readonly ok: true } | Refusal {
  if (announcement === null) return refuse("NOT_ANNOUNCED");
  if (!isFor(announcement, dispatch)) return refuse("ANNOUNCEMENT_INVALID");
  const amendment = amendmentFor(amendments, dispatch.stepExecution, dispatch.attempt);
  if (amendment !== undefined)
    return isOrphan(amendment, announcement, amendments) ? refuse("NOT_ANNOUNCED") : checkAmendment(amendment, dispatch);
  const step = announcement.steps.find((each) => each.step_execution === dispatch.stepExecution);
  if (step === undefined || dispatch.attempt !== 1) return refuse("NOT_ANNOUNCED");
  return checkCovered(step, dispatch);
}

/** The amendment that covers this attempt; the last one where several do. */
export const amendmentFor = (amendments: readonly Amendment[], stepExecution: string, attempt: number): Amendment | undefined =>
  amendments.findLast((each) => each.step_execution === stepExecution && each.attempt === attempt);

/** A way back leads back from a step that this agent was told of. */
function isOrphan(amendment: Amendment, announcement: Announcement, amendments: readonly Amendment[]): boolean {
  if (amendment.reason !== "rollback") return false;
  const parent = amendment.parent_step_execution;
  return ![...announcement.steps, ...amendments].some((each) => each.step_execution === parent && parent !== amendment.step_execution);
}

function checkAmendment(amendment: Amendment, dispatch: AnnouncedDispatch): { readonly ok: true } | Refusal {
  if (!isFor(amendment, dispatch)) return refuse("ANNOUNCEMENT_INVALID");
  // Somebody must answer for every addition: a human, or the step that it belongs to.
  if (amendment.by === null && amendment.parent_step_execution === null) return refuse("ANNOUNCEMENT_INVALID");
  return checkCovered(amendment, dispatch);
}

function isFor(document: Announcement | Amendment, dispatch: AnnouncedDispatch): boolean {
  return document.tenant === dispatch.tenant && document.agent === dispatch.agent && document.execution === dispatch.execution;
}

function checkCovered(
  covered: { readonly digest: string | null; readonly max_risk: Risk },
  dispatch: AnnouncedDispatch,
): { readonly ok: true } | Refusal {
  if (covered.digest !== null && covered.digest !== dispatch.digest) return refuse("DIGEST_MISMATCH");
  return exceeds(dispatch.risk, covered.max_risk) ? refuse("NOT_ANNOUNCED", "The risk is above the one that was announced.") : { ok: true };
}

/** The bytes that the engine signs and the agent verifies. */
export function announcementBytes(document: Announcement | Amendment): Uint8Array {
  return utf8Bytes(canonicalJson(document));
}

const stepShape: Shape<AnnouncedStep> = { step_execution: isText, digest: isHashOrNull, template_hash: isHash, max_risk: isRisk };

const announcementShape: Shape<Announcement> = {
  kind: isOneOf("dd0c.announcement.v1"),
  tenant: isText,
  agent: isText,
  execution: isText,
  runbook: isText,
  version: isText,
  trust_level: isOneOf(0, 1, 2, 3),
  governance_mode: isOneOf("strict", "audit"),
  issued_at: isCount,
  steps: (value) => Array.isArray(value) && value.every((step) => hasShape(step, stepShape)),
};

const amendmentShape: Shape<Amendment> = {
  kind: isOneOf("dd0c.amendment.v1"),
  tenant: isText,
  agent: isText,
  execution: isText,
  step_execution: isText,
  attempt: isCount,
  digest: isHash,
  max_risk: isRisk,
  reason: isOneOf("edit", "rerender", "risk_raised", "unlisted", "capture", "retry", "rollback"),
  by: isTextOrNull,
  parent_step_execution: isTextOrNull,
  issued_at: isCount,
};

/** The announcement in a signed payload, or null when it is none to the letter. */
export function parseAnnouncement(text: string): Announcement | null {
  return readSigned(text, announcementShape);
}

/** The amendment in a signed payload, or null when it is none to the letter. */
export function parseAmendment(text: string): Amendment | null {
  return readSigned(text, amendmentShape);
}
