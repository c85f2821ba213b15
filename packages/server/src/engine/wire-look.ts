// Looking before a step, as every face shows it: which reads may go before it, what they told, and why an approval lapsed. State in, the
// fields of the contract out. Says "not known" in words where there is no number.
import { describeRadius, type ExecutionState, isLookUp, isSettled, type LookFailure, type LookResult, type StepState } from "@dd0c/core";
import type { WireStepExecution } from "@dd0c/protocol/http";
import type { Radius } from "@dd0c/scanner";

type WireLook = WireStepExecution["look"];
type WireCounted = NonNullable<WireLook["counted"]>;

const failureWords: Readonly<Record<LookFailure, string>> = {
  failed: "the command that looks failed",
  timed_out: "the command that looks did not end in time",
  refused: "the agent did not run the command that looks",
  outcome_unknown: "nobody can tell how the command that looks ended",
  unreadable: "its output is not what was expected",
  masked: "its output had a secret in it",
  not_permitted: "it was no longer allowed to run",
  agent_away: "the agent was not connected",
};

const counted = (radius: Radius): WireCounted => ({
  summary: describeRadius(radius),
  what: radius.what,
  count: radius.count,
  kinds: [...radius.kinds],
  namespaces: [...radius.namespaces],
  sample: [...radius.sample],
});

/** Look-ups of this step that have not ended. */
const openLooks = (state: ExecutionState, step: StepState): readonly StepState[] =>
  state.steps.filter((each) => isLookUp(each) && each.parentStepExecutionId === step.stepExecutionId && !isSettled(each));

function stateOf(open: readonly StepState[], step: StepState): WireLook["state"] {
  if (open.some(({ look }) => look?.purpose === "recheck")) return "rechecking";
  if (open.length > 0) return "looking";
  if ((step.prepared?.looked ?? []).length > 0) return "looked";
  return (step.prepared?.looks ?? []).length > 0 ? "not_looked" : "none";
}

function readsOf(open: readonly StepState[], step: StepState): WireLook["reads"] {
  const reads = step.prepared?.looks ?? open.flatMap(({ look }) => look ?? []);
  const known = toldBy(step, "twin")?.radius != null;
  return reads.map(({ purpose, command, digest }) => ({
    purpose: purpose === "capture" ? "capture" : "twin",
    command,
    digest,
    recheck: purpose === "twin" && known,
  }));
}

const toldBy = (step: StepState, purpose: LookResult["purpose"]): LookResult | undefined =>
  step.prepared?.looked?.find((each) => each.purpose === purpose);

const wordsOf = (result: LookResult | undefined): string | null => (result?.failure == null ? null : failureWords[result.failure]);

const lapseOf = ({ lapse }: StepState): WireLook["lapse"] =>
  lapse === undefined
    ? null
    : {
        code: lapse.cause === "set_changed" ? "SET_CHANGED" : "SET_UNKNOWN",
        before: counted(lapse.before),
        now: lapse.now === null ? null : counted(lapse.now),
      };

export function wireLook(state: ExecutionState, step: StepState): WireLook {
  const open = openLooks(state, step);
  const twin = toldBy(step, "twin");
  const capture = toldBy(step, "capture");
  const at = twin?.atMs ?? capture?.atMs;
  return {
    state: stateOf(open, step),
    reads: readsOf(open, step),
    counted: twin?.radius == null ? null : counted(twin.radius),
    not_known: wordsOf(twin),
    captured: capture?.captured ?? null,
    not_captured: wordsOf(capture),
    looked_at: at === undefined ? null : new Date(at).toISOString(),
    lapse: lapseOf(step),
  };
}

/** Offered while a read is left that told nothing. */
export const mayLook = ({ prepared }: StepState): boolean =>
  (prepared?.looks ?? []).some(({ digest }) => {
    const told = prepared?.looked?.find((each) => each.digest === digest);
    return told === undefined || told.failure !== null;
  });
