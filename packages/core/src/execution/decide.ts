// The engine. State, command and context go in; events, or a refusal, come out. A pure function: the server locks the row, calls it,
// appends the events to the audit chain, updates the projections and writes the outbox, all in one transaction.
// Nothing here or below runs anything; what runs follows from the events (effects.ts).
import { invariant } from "../invariant.ts";
import { gate } from "../trust/gate.ts";
import { rollbackGate } from "../trust/rollback-gate.ts";
import { refuseWhileElsewhere } from "./capsule/refuse-while-elsewhere.ts";
import type { DecideContinued } from "./capsule/continuation.ts";
import { lapses } from "./blast-radius/lapses.ts";
import { checkApproval } from "./check-approval.ts";
import type { ExecutionCommand } from "./commands.ts";
import { decideAdvance } from "./decide/advance.ts";
import {
  decideAgentAccepted,
  decideAgentLost,
  decideAgentOutput,
  decideAgentRefused,
  decideAgentResult,
  decideOutcomeUnknown,
} from "./decide/agent-report.ts";
import { decideContinue, decideIssueCapsule } from "./decide/capsule.ts";
import { decideAbort, decidePanic, decidePause, decideRemind, decideResume, decideTimeOut } from "./decide/halt.ts";
import { decideLook } from "./decide/look-first.ts";
import { decideApprove, decideModify, decideReport, decideSkip } from "./decide/human-step.ts";
import { decideAnswerBranch } from "./decide/branch.ts";
import { decideHandOver, decideJoin, decideTakeOver } from "./decide/people.ts";
import { decideRetry } from "./decide/retry.ts";
import { decideDeclareAction, decideSetTimeout, decideSetVariable } from "./decide/under-way.ts";
import { decideRollback, decideUnwind } from "./decide/roll-back.ts";
import { decideRunUnlisted } from "./decide/run-unlisted.ts";
import { decideStopStep } from "./decide/stop-step.ts";
import { decideConfirmPreflight, decideExpire, decideStart } from "./decide/start.ts";
import { type DecideContext, type Decision, type EngineRules, nextMove } from "./decision.ts";
import { checkGrant } from "./grant.ts";
import { checkLook } from "./look/look-up.ts";
import type { ExecutionState } from "./types.ts";

/** The rules of the product. */
export const engineRules: EngineRules = { gate, rollbackGate, checkApproval, checkGrant, checkLook, lapses, nextMove };

type CommandOf<T extends ExecutionCommand["type"]> = Extract<ExecutionCommand, { readonly type: T }>;
type Decider<C> = (state: ExecutionState, command: C, context: DecideContext, rules: EngineRules) => Decision;

// One decider per command: the type makes a missing one an error.
const deciders: { readonly [T in ExecutionCommand["type"]]: Decider<CommandOf<T>> } = {
  start: decideStart,
  "confirm-preflight": decideConfirmPreflight,
  expire: (state, _command, context) => decideExpire(state, context),
  advance: (state, _command, context, rules) => decideAdvance(state, context, rules),
  approve: decideApprove,
  look: decideLook,
  modify: decideModify,
  skip: decideSkip,
  report: decideReport,
  rollback: decideRollback,
  unwind: decideUnwind,
  retry: decideRetry,
  "run-unlisted": decideRunUnlisted,
  abort: decideAbort,
  pause: decidePause,
  resume: decideResume,
  panic: decidePanic,
  "agent-accepted": decideAgentAccepted,
  "agent-refused": decideAgentRefused,
  "agent-output": decideAgentOutput,
  "agent-result": decideAgentResult,
  "outcome-unknown": decideOutcomeUnknown,
  "agent-lost": decideAgentLost,
  "time-out": decideTimeOut,
  remind: decideRemind,
  join: (state, _command, context) => decideJoin(state, context),
  "hand-over": decideHandOver,
  "take-over": decideTakeOver,
  "answer-branch": decideAnswerBranch,
  "stop-step": decideStopStep,
  "set-timeout": decideSetTimeout,
  "set-variable": decideSetVariable,
  "declare-action": decideDeclareAction,
  "issue-capsule": decideIssueCapsule,
  continue: (state, command, context) => decideContinue(state, command, context, continuationDecision),
};

/** One record of what was done under a capsule, decided by the rules that hold everywhere. */
const continuationDecision: DecideContinued = (state, command, context) => decide(state, command, context);

/**
 * Decides one command.
 * @param rules only tests give others than the default
 * @returns events in the order in which they happened (none: nothing new), or a refusal with a code of the error table
 * @throws InvariantError when the caller breaks the contract (a step prepared for another attempt, say); nothing may run then
 */
export function decide(
  state: ExecutionState,
  command: ExecutionCommand,
  context: DecideContext,
  rules: EngineRules = engineRules,
): Decision {
  const decider = deciders[command.type] as Decider<ExecutionCommand> | undefined;
  invariant(decider !== undefined, "unknown command");
  return refuseWhileElsewhere(state, command, context) ?? decider(state, command, context, rules);
}
