// The agent's own opinion of a dispatch: parsed and scanned here, its digest computed here. In: the frame. Out: facts for admission.
// What the server says about the command (digest, risk) is compared later and never copied from here.

import { createHash } from "node:crypto";
import { type Dispatch, type OwnReading, planCommands, type RunSettings, stepDigest, type TrustLevel } from "@dd0c/core";
import type { ExecuteStep, StepRef } from "@dd0c/protocol/agent";
import { type Plan, type PlanCommand, renderPlan, type Risk, samePlan, scan, type Verdict } from "@dd0c/scanner";

/** A dispatch as it can be judged: what was asked, how it would run, and what the agent reads in it. */
export interface ReadDispatch {
  readonly step: StepRef;
  readonly dispatch: Dispatch;
  readonly settings: RunSettings;
  readonly own: OwnReading;
  /** Null where the text has no plan. */
  readonly plan: Plan | null;
  readonly answerCodes: Verdict["answerCodes"];
  readonly targets: Verdict["targets"];
  readonly patternVersion: string;
  /** Of everything that the scanner found, behind wrappers too. */
  readonly ruleIds: readonly string[];
  /** SHA-256 of the grant as it came, whoever signed it; empty where none came. */
  readonly grantSha256: string;
}

/** Ids and digests are journalled: longer ones are none of ours. */
const maxIdLength = 100;

const risks: readonly Risk[] = ["safe", "caution", "unknown", "dangerous"];

/**
 * Reads a frame.
 * @param agentId from the agent's own certificate: the digest of a dispatch for another agent does not match
 * @returns undefined for a frame that is no dispatch (no step, a trust level or number that does not exist)
 */
export function readDispatch(frame: ExecuteStep, agentId: string): ReadDispatch | undefined {
  const { step } = frame;
  const trustLevel = trustLevelOf(frame.trustLevel);
  if (step === undefined || trustLevel === undefined || !isUsable(step, frame)) return undefined;
  const settings = settingsOf(frame, agentId);
  const verdict = scan(frame.command);
  const plan = stablePlan(verdict);
  return {
    step,
    dispatch: {
      executionId: step.executionId,
      stepExecutionId: step.stepExecutionId,
      attempt: step.attempt,
      digest: frame.digest,
      // A word that is no risk counts as the worst one.
      risk: risks.find((risk) => risk === frame.risk) ?? "dangerous",
      trustLevel,
      notAfterMs: frame.notAfterMs,
      environmentNames: settings.environment.map(([name]) => name),
    },
    settings,
    own: {
      plan,
      digest: plan === null ? null : stepDigest(plan, settings, sha256),
      risk: verdict.risk,
      commands: plan === null ? [] : planCommands(plan).map(readCommand),
    },
    plan,
    answerCodes: verdict.answerCodes,
    targets: verdict.targets,
    patternVersion: verdict.patternVersion,
    ruleIds: verdict.reasons.map(({ ruleId }) => ruleId),
    grantSha256: frame.grant === undefined ? "" : sha256(frame.grant.payload),
  };
}

function isUsable(step: StepRef, frame: ExecuteStep): boolean {
  const names = frame.environment.map(({ name }) => name);
  const idsAreGiven = isId(step.executionId) && isId(step.stepExecutionId) && frame.digest.length <= maxIdLength;
  // A name given twice has two values and one digest.
  return idsAreGiven && step.attempt > 0 && frame.timeoutMs > 0 && new Set(names).size === names.length;
}

const isId = (id: string): boolean => id !== "" && id.length <= maxIdLength;

function settingsOf(frame: ExecuteStep, agentId: string): RunSettings {
  return {
    agentId,
    workingDirectory: frame.workingDirectory ?? null,
    runAs: frame.runAs ?? null,
    environment: frame.environment.map(({ name, value }) => [name, value] as const),
    stdinHash: null,
    timeoutMs: frame.timeoutMs,
  };
}

/** The plan, if writing it out and reading it again gives the same one; a text that reads in two ways has none. */
function stablePlan(verdict: Verdict): Plan | null {
  if (verdict.plan === undefined) return null;
  const again = scan(renderPlan(verdict.plan)).plan;
  return again !== undefined && samePlan(again, verdict.plan) ? verdict.plan : null;
}

/** One command scanned alone, for the local ceiling. */
function readCommand(command: PlanCommand): OwnReading["commands"][number] {
  const verdict = scan(renderPlan({ lists: [{ first: { members: [command] }, rest: [] }] }));
  return { risk: verdict.risk, programKnown: !verdict.reasons.some(({ ruleId }) => ruleId === "program.unknown") };
}

function trustLevelOf(level: number): TrustLevel | undefined {
  return level === 0 || level === 1 || level === 2 || level === 3 ? level : undefined;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
