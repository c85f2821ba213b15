// The words of look-ups: reads that go before a step that changes something. A twin counts what it would touch, a capture reads the state
// that its way back needs, a recheck is the twin once more between approval and run. Proven safe by the scanner, or they do not exist.
import type { Radius, Reading, Risk } from "@dd0c/scanner";
import type { PreparedStep, RunSettings } from "../types.ts";

export type LookPurpose = "twin" | "capture" | "recheck";

/** One read that may go before a step, rendered and identified. */
export interface LookUp {
  readonly purpose: LookPurpose;
  readonly command: string;
  readonly digest: string;
  readonly risk: Risk;
  readonly sensitive: boolean;
  readonly unbounded: boolean;
  readonly run: RunSettings;
  readonly answerCodes: PreparedStep["answerCodes"];
  readonly pipelinesPerList: PreparedStep["pipelinesPerList"];
  readonly patternVersion: string;
  /** How the output is counted; null for a capture. */
  readonly reading: Reading | null;
}

/**
 * Why a look-up told nothing. unreadable: its output is not what a count or a value looks like; masked: it had a secret in it;
 * not_permitted: rules, grant or agent changed before it could run.
 */
export type LookFailure = "failed" | "timed_out" | "refused" | "outcome_unknown" | "unreadable" | "masked" | "not_permitted" | "agent_away";

/** What a look-up told, or why it told nothing. Exactly one of `radius`, `captured` and `failure` is not null. */
export interface LookResult {
  readonly purpose: "twin" | "capture";
  /** Id of the step execution that looked. */
  readonly stepExecutionId: string;
  readonly command: string;
  /** Of the command that looked: a result belongs to that text and to no other. */
  readonly digest: string;
  readonly atMs: number;
  readonly radius: Radius | null;
  /** State as it was, one line, to become one literal word of the way back. */
  readonly captured: string | null;
  readonly failure: LookFailure | null;
}

/** Why an approval lapsed when the set was counted once more. */
export interface Lapse {
  readonly cause: "set_changed" | "set_unknown";
  readonly before: Radius;
  readonly now: Radius | null;
}

/** Whether this may run as a look-up; the signature, so that a test can put a broken one in its place. */
export type CheckLook = (look: Pick<LookUp, "risk" | "sensitive" | "unbounded">) => boolean;

/** Proven to only read, nothing secret in its output, an end of its own. */
export const checkLook: CheckLook = ({ risk, sensitive, unbounded }) => risk === "safe" && !sensitive && !unbounded;

/** The rendering under which a look-up meets gate and agent. It has one attempt. */
export const preparedLook = (stepExecutionId: string, look: LookUp): PreparedStep => ({
  stepExecutionId,
  attempt: 1,
  command: look.command,
  risk: look.risk,
  reasons: [],
  digest: look.digest,
  notRunnable: null,
  targets: [],
  run: look.run,
  variables: [],
  answerCodes: look.answerCodes,
  pipelinesPerList: look.pipelinesPerList,
  sensitive: look.sensitive,
  unbounded: look.unbounded,
  rollbackCommand: null,
  rollback: null,
  patternVersion: look.patternVersion,
});

/** What was told by the look-up with this digest. */
export const resultOfLook = (results: readonly LookResult[] | undefined, { digest }: Pick<LookUp, "digest">): LookResult | null =>
  results?.find((each) => each.digest === digest) ?? null;

/** What the step that is decided about would touch, as it was counted; null where it is not known. */
export const knownRadius = (prepared: Pick<PreparedStep, "looked">): Radius | null =>
  prepared.looked?.find(({ purpose }) => purpose === "twin")?.radius ?? null;
