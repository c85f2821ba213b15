// The agent's own gate. In: the dispatch and the facts that the agent gathered itself (own parse, own scan, local file, journal, clock).
// Out: admitted, or refused with a code. Pure: signatures are verified and facts are gathered by the agent before.
// Believes nothing that the server says beyond what a signed document binds; every check must pass, none can be skipped by another.
import type { Plan, PlanCommand, Risk } from "@dd0c/scanner";
import { type Refusal, refuse } from "../errors.ts";
import { exceeds, riskRank, strictest } from "../risk.ts";
import { type Gate, type GateDecision, gate, type TrustLevel } from "../trust/gate.ts";
import { type RollbackGate, rollbackGate } from "../trust/rollback-gate.ts";
import { type AllowLine, coversCommand } from "./allow-line.ts";
import { type Amendment, type Announcement, amendmentFor, checkAnnounced } from "./announcement.ts";
import { type CheckGrant, checkGrant, clockToleranceMs, type Grant, grantLifetimeMs } from "./grant.ts";

/** The frame that asks the agent to run something. */
export interface Dispatch {
  readonly executionId: string;
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly digest: string;
  /** Merged risk by the server; only ever makes the agent stricter. */
  readonly risk: Risk;
  readonly trustLevel: TrustLevel;
  readonly notAfterMs: number;
  readonly environmentNames: readonly string[];
}

/** The agent's own reading of the text. */
export interface OwnReading {
  /** Null where the text has no plan. */
  readonly plan: Plan | null;
  /** Over the own plan and the settings of the dispatch; null where the text has no plan. */
  readonly digest: string | null;
  readonly risk: Risk;
  /** One entry per command of the plan, in order of appearance: its risk scanned alone, and whether the scanner has rules for the program. */
  readonly commands: readonly { readonly risk: Risk; readonly programKnown: boolean }[];
  /**
   * Why it counts as caution on this host though the text alone may be safe, in words; absent: it counts as the scan says. A human's grant
   * answers it, whatever risk the grant names, because the server cannot know this host.
   */
  readonly asksBecause?: string;
}

/** The agent's local file, which the server cannot change. */
export interface LocalPolicy {
  readonly ceiling: Risk;
  readonly allow: readonly AllowLine[];
  readonly maxTrustLevel: TrustLevel;
  readonly environmentNames: readonly string[];
}

export interface AdmissionFacts {
  /** From the agent's own certificate. */
  readonly tenant: string;
  readonly agent: string;
  readonly own: OwnReading;
  /** Signature verified; null if this execution was never announced. */
  readonly announcement: Announcement | null;
  /** Signatures verified; in order of arrival. */
  readonly amendments: readonly Amendment[];
  /** Signature verified and payload read by `parseGrant`; null if none came. A bad signature is refused before this. */
  readonly grant: Grant | null;
  readonly local: LocalPolicy;
  /** The journal already knows this step execution and attempt. */
  readonly taken: boolean;
  /** Panic is on, or nobody told the agent yet that it is off. */
  readonly panic: boolean;
  /** Server time in the first frame of the stream, plus the monotonic age of that frame. */
  readonly serverNowMs: number;
}

/** `risk`: of the text, the strictest of server and own scan. */
export type Admission = { readonly ok: true; readonly automatic: boolean; readonly risk: Risk } | Refusal;

/** What admission decides by. Tests put a broken rule in to see the properties fail; the agent uses the default. */
export interface AdmissionRules {
  readonly gate: Gate;
  readonly rollbackGate: RollbackGate;
  readonly checkGrant: CheckGrant;
}

const admissionRules: AdmissionRules = { gate, rollbackGate, checkGrant };

type Check = (dispatch: Dispatch, facts: AdmissionFacts, rules: AdmissionRules) => Refusal | null;

// In this order, so that the most telling reason is the one reported.
const checks: readonly Check[] = [
  checkPanic,
  checkDuplicate,
  checkTime,
  checkReading,
  checkAnnouncement,
  checkEnvironment,
  checkTrust,
  checkPermission,
  checkCeiling,
];

/**
 * Whether the agent runs this dispatch.
 * @returns admitted with the risk of the text (strictest of server and own scan) and whether it counts against the rate limit of
 *   automatic commands, or refused: PANIC_ACTIVE, DUPLICATE_DISPATCH, DISPATCH_LATE, STEP_NOT_RUNNABLE, DIGEST_MISMATCH, NOT_ANNOUNCED,
 *   ANNOUNCEMENT_INVALID, ENVIRONMENT_NOT_ALLOWED, AGENT_TRUST_MISMATCH, AGENT_STRICTER, GRANT_*, CEILING_EXCEEDED, PROGRAM_NOT_ALLOWED
 */
export function admit(dispatch: Dispatch, facts: AdmissionFacts, rules: AdmissionRules = admissionRules): Admission {
  for (const check of checks) {
    const refusal = check(dispatch, facts, rules);
    if (refusal !== null) return refusal;
  }
  return { ok: true, automatic: facts.grant === null, risk: scannedRisk(dispatch, facts) };
}

const scannedRisk = (dispatch: Dispatch, facts: AdmissionFacts): Risk => strictest(dispatch.risk, facts.own.risk);

/** With what only this host knows. */
const countedRisk = (dispatch: Dispatch, facts: AdmissionFacts): Risk =>
  strictest(scannedRisk(dispatch, facts), facts.own.asksBecause === undefined ? "safe" : "caution");

function checkPanic(_dispatch: Dispatch, facts: AdmissionFacts): Refusal | null {
  return facts.panic ? refuse("PANIC_ACTIVE") : null;
}

function checkDuplicate(_dispatch: Dispatch, facts: AdmissionFacts): Refusal | null {
  return facts.taken ? refuse("DUPLICATE_DISPATCH") : null;
}

function checkTime(dispatch: Dispatch, facts: AdmissionFacts): Refusal | null {
  // Written so that a value that is no number is late.
  if (!(facts.serverNowMs <= dispatch.notAfterMs)) return refuse("DISPATCH_LATE");
  // The engine gives a dispatch the life of its grant at most: one that claims more could be kept and sent at any time.
  const isOfOurs = dispatch.notAfterMs - facts.serverNowMs <= grantLifetimeMs + clockToleranceMs;
  return isOfOurs ? null : refuse("DISPATCH_LATE", "It claims to be good for longer than any dispatch is.");
}

function checkReading(dispatch: Dispatch, facts: AdmissionFacts): Refusal | null {
  if (facts.own.plan === null || facts.own.digest === null) return refuse("STEP_NOT_RUNNABLE");
  return facts.own.digest === dispatch.digest ? null : refuse("DIGEST_MISMATCH");
}

function checkAnnouncement(dispatch: Dispatch, facts: AdmissionFacts): Refusal | null {
  const announced = checkAnnounced(facts.announcement, facts.amendments, {
    tenant: facts.tenant,
    agent: facts.agent,
    execution: dispatch.executionId,
    stepExecution: dispatch.stepExecutionId,
    attempt: dispatch.attempt,
    digest: dispatch.digest,
    // The agent's own higher reading has a code of its own (AGENT_STRICTER).
    risk: dispatch.risk,
  });
  return announced.ok ? refuseUnprovenLook(dispatch, facts) : announced;
}

/** What was announced as a look-up only reads, by the agent's own scan too, whatever was granted. */
function refuseUnprovenLook(dispatch: Dispatch, facts: AdmissionFacts): Refusal | null {
  const amendment = amendmentFor(facts.amendments, dispatch.stepExecutionId, dispatch.attempt);
  if (amendment?.reason !== "capture" || countedRisk(dispatch, facts) === "safe") return null;
  const isStricter = facts.own.risk !== "safe" || facts.own.asksBecause !== undefined;
  return refuse(isStricter ? "AGENT_STRICTER" : "NOT_ANNOUNCED", "A look-up that does not only read is not run.");
}

function checkEnvironment(dispatch: Dispatch, facts: AdmissionFacts): Refusal | null {
  return dispatch.environmentNames.every((name) => facts.local.environmentNames.includes(name)) ? null : refuse("ENVIRONMENT_NOT_ALLOWED");
}

function checkTrust(dispatch: Dispatch, facts: AdmissionFacts, rules: AdmissionRules): Refusal | null {
  const pinned = facts.announcement?.trust_level;
  if (pinned === undefined || dispatch.trustLevel !== pinned || !(pinned <= facts.local.maxTrustLevel))
    return refuse("AGENT_TRUST_MISMATCH");
  const decision = ownGate(dispatch, facts, pinned, rules);
  return decision === "blocked" || decision === "suggest" ? refuse("AGENT_TRUST_MISMATCH") : null;
}

/** The gate table again, in the agent, over its own reading. Policy on dangerous steps is the server's; the local ceiling is the agent's. */
function ownGate(dispatch: Dispatch, facts: AdmissionFacts, trust: TrustLevel, rules: AdmissionRules): GateDecision {
  // A way back is judged by risk alone, and never runs by itself; the local ceiling below still holds.
  if (amendmentFor(facts.amendments, dispatch.stepExecutionId, dispatch.attempt)?.reason === "rollback")
    return rules.rollbackGate(countedRisk(dispatch, facts), facts.panic, false);
  const governanceMode = facts.announcement?.governance_mode ?? "strict";
  return rules.gate(countedRisk(dispatch, facts), trust, { governanceMode, dangerousSteps: "typed" }, facts.panic, false);
}

/** A grant for everything that is not safe-and-auto; never for less than what the agent itself reads. */
function checkPermission(dispatch: Dispatch, facts: AdmissionFacts, rules: AdmissionRules): Refusal | null {
  if (facts.grant === null) return checkAutomatic(dispatch, facts, rules);
  if (exceeds(facts.own.risk, facts.grant.risk)) return refuse("AGENT_STRICTER");
  const checked = rules.checkGrant(
    facts.grant,
    {
      tenant: facts.tenant,
      agent: facts.agent,
      execution: dispatch.executionId,
      stepExecution: dispatch.stepExecutionId,
      attempt: dispatch.attempt,
      digest: dispatch.digest,
      risk: scannedRisk(dispatch, facts),
    },
    facts.serverNowMs,
  );
  return checked.ok ? null : checked;
}

function checkAutomatic(dispatch: Dispatch, facts: AdmissionFacts, rules: AdmissionRules): Refusal | null {
  if (dispatch.risk !== "safe") return refuse("GRANT_MISSING");
  if (facts.own.risk !== "safe") return refuse("AGENT_STRICTER");
  if (facts.own.asksBecause !== undefined) return refuse("AGENT_STRICTER", facts.own.asksBecause);
  return ownGate(dispatch, facts, dispatch.trustLevel, rules) === "auto" ? null : refuse("GRANT_MISSING");
}

function checkCeiling(dispatch: Dispatch, facts: AdmissionFacts): Refusal | null {
  const { own, local } = facts;
  const commands = own.plan === null ? [] : planCommands(own.plan);
  // One reading per command, or the readings belong to another plan.
  if (commands.length === 0 || commands.length !== own.commands.length) return refuse("CEILING_EXCEEDED");
  const risk = countedRisk(dispatch, facts);
  const covered = (command: PlanCommand): boolean =>
    local.allow.some((line) => !exceeds(risk, line.maxRisk) && coversCommand(line, command));
  const isForeign = (_: PlanCommand, index: number): boolean => own.commands[index]?.programKnown !== true;
  if (!commands.filter(isForeign).every(covered)) return refuse("PROGRAM_NOT_ALLOWED");
  if (!exceeds(risk, local.ceiling)) return null;
  const above = commands.filter((_, index) => riskRank(own.commands[index]?.risk ?? "dangerous") > riskRank(local.ceiling));
  // No single command is above the ceiling, so it is their combination: only lines that cover all of them speak for that.
  const needed = above.length > 0 ? above : commands;
  return needed.every(covered) ? null : refuse("CEILING_EXCEEDED");
}

/** Every command of a plan in order of appearance. */
export function planCommands(plan: Plan): readonly PlanCommand[] {
  return plan.lists.flatMap((list) => [list.first, ...list.rest.map(({ pipeline }) => pipeline)]).flatMap((pipeline) => pipeline.members);
}
