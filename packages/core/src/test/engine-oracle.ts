// The oracle of the engine's properties: why a dispatch must not have happened, told from the history alone. For tests only.
// Written from the rulings with tables of its own; it shares no code with the engine that it judges.
import type { Risk } from "@dd0c/scanner";
import type { DecideContext } from "../execution/decision.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import type { StepTemplate } from "../execution/types.ts";
import type { Role } from "../trust/actor.ts";

type EventOf<T extends ExecutionEvent["type"]> = Extract<ExecutionEvent, { readonly type: T }>;
const isType =
  <T extends ExecutionEvent["type"]>(type: T) =>
  (event: ExecutionEvent): event is EventOf<T> =>
    event.type === type;

const contained: Readonly<Record<Role, readonly Role[]>> = {
  admin: ["approver", "operator"],
  approver: ["approver", "operator"],
  operator: ["operator"],
  viewer: [],
  author: [],
};

type Shown = EventOf<"step.auto_executed" | "step.approval_requested">;

/** What the history tells about one dispatch. */
interface Case {
  readonly dispatch: EventOf<"step.dispatched">;
  readonly history: readonly ExecutionEvent[];
  readonly by: DecideContext;
  readonly shown: Shown | undefined;
  readonly added: StepTemplate | undefined;
  readonly approval: EventOf<"step.approved"> | undefined;
  readonly risk: Risk;
  readonly trust: number;
  /** As it was recorded; one that somebody rewrote is a command like any other. */
  readonly wayBack: boolean;
}

const isShown = (event: ExecutionEvent): event is Shown => event.type === "step.auto_executed" || event.type === "step.approval_requested";

const addedIn = (history: readonly ExecutionEvent[], stepExecutionId: string | null): StepTemplate | undefined =>
  history.filter(isType("step.added")).find((event) => event.stepExecutionId === stepExecutionId)?.data.template;

function caseOf(dispatch: EventOf<"step.dispatched">, history: readonly ExecutionEvent[], by: DecideContext): Case {
  const shown = history.filter(isShown).findLast((event) => event.stepExecutionId === dispatch.stepExecutionId);
  const added = addedIn(history, dispatch.stepExecutionId);
  const trust = history.find(isType("execution.started"))?.data.trust_level ?? 0;
  const wayBack = added?.origin === "rollback" && shown?.data.prepared.command === added.command;
  const approval = history.findLast(isType("step.approved"));
  return { dispatch, history, by, shown, added, approval, risk: shown?.data.prepared.risk ?? "dangerous", trust, wayBack };
}

type Rule = (one: Case) => string | null;

// Written from DESIGN 6, 7 and 8. Each says why not, or null.
const rules: readonly Rule[] = [
  ({ shown }) => (shown === undefined ? "no gate decision" : null),
  ({ shown, dispatch }) => (shown !== undefined && isSameText(shown, dispatch) ? null : "another text than the one decided about"),
  ({ by }) => (by.panic || by.party ? "under an alarm" : null),
  whyWrongPlace,
  whyNeverRan,
  whyTwice,
  whyAgain,
  (one) => (one.shown?.type === "step.auto_executed" && !mayRunByItself(one) ? "ran by itself" : null),
  (one) => (one.shown?.type === "step.auto_executed" ? null : whyNotDecided(one)),
];

/** Why this dispatch must not have happened, or null. */
export function whyForbidden(dispatch: EventOf<"step.dispatched">, history: readonly ExecutionEvent[], by: DecideContext): string | null {
  const one = caseOf(dispatch, history, by);
  for (const rule of rules) {
    const why = rule(one);
    if (why !== null) return why;
  }
  return null;
}

function isSameText({ data }: Shown, dispatch: EventOf<"step.dispatched">): boolean {
  const { digest, attempt } = data.prepared;
  return digest !== null && dispatch.data.digest === digest && dispatch.data.attempt === attempt;
}

const mayRunByItself = ({ wayBack, risk, trust, by }: Case): boolean =>
  !wayBack && risk === "safe" && trust >= 2 && by.policy.governanceMode === "audit";

/** The runbook's steps need a run that goes on; a typed command needs one that is not over. */
function whyWrongPlace({ added, history }: Case): string | null {
  const origin = added?.origin ?? "runbook";
  const over = history.some(({ type }) => type === "execution.completed" || type === "execution.aborted");
  if (origin !== "runbook") return origin === "unlisted" && over ? "a typed command in a run that is over" : null;
  const waits = history.findLast(({ type }) => ["execution.paused", "execution.resumed", "execution.stalled"].includes(type));
  return over || (waits !== undefined && waits.type !== "execution.resumed") ? "in a run that does not go on" : null;
}

/** A way back leads back from a step that ran, or may have. */
function whyNeverRan({ added, history }: Case): string | null {
  if (added?.origin !== "rollback") return null;
  const ends = ["step.executed", "step.outcome_unknown", "step.timed_out", "step.reported"];
  const ran = history.some((event) => event.stepExecutionId === added.parentStepExecutionId && ends.includes(event.type));
  return ran ? null : "undid what never ran";
}

/** An id that once started never starts again. */
function whyTwice({ dispatch, history }: Case): string | null {
  const started = ["step.accepted", "step.executed", "step.outcome_unknown"];
  const twice = history.some((event) => started.includes(event.type) && event.stepExecutionId === dispatch.stepExecutionId);
  return twice ? "one id twice" : null;
}

/** A step runs again under another id, by a human's word about the first; a word of its own where nobody knows what became of that. */
function whyAgain({ added, history }: Case): string | null {
  if (added?.origin !== "runbook") return null;
  const first = history.filter((event) => event.stepExecutionId === added.parentStepExecutionId);
  const asked = first.findIndex(isType("step.retry_requested"));
  const word = first.find(isType("step.retry_requested"));
  if (word === undefined) return "again without a human's word";
  const before = first.slice(0, asked);
  const unknown = before.findLastIndex(({ type }) => type === "step.outcome_unknown");
  const known = before.slice(unknown).some(({ type }) => ["step.reported", "step.executed", "step.rolled_back"].includes(type));
  return unknown === -1 || known || word.data.outcome_was_unknown ? null : "again without a word about what became of it";
}

function whyNotDecided({ approval, dispatch, ...one }: Case): string | null {
  if (approval === undefined || approval.stepExecutionId !== dispatch.stepExecutionId || !dispatch.data.granted) return "no human decision";
  if (approval.actor.type !== "user" || !["web", "slack"].includes(approval.actor.via)) return "a machine decided";
  return whyNotAllowed(one) ?? whyNotTyped(one, approval) ?? whySamePerson(one, approval) ?? whyNotBound(approval, dispatch);
}

function whyNotAllowed({ risk, by, trust, wayBack }: Pick<Case, "risk" | "by" | "trust" | "wayBack">): string | null {
  const holds = (role: Role): boolean => by.roles.some((held) => contained[held].includes(role));
  if (!holds(risk === "dangerous" ? "approver" : "operator")) return "a role that may not";
  const minimum = risk === "safe" || wayBack ? 0 : 2;
  return trust < minimum ? "below its trust level" : null;
}

function whyNotTyped({ risk, by, wayBack }: Pick<Case, "risk" | "by" | "wayBack">, approval: EventOf<"step.approved">): string | null {
  if (risk !== "dangerous") return null;
  if (by.policy.dangerousSteps === "block" && !wayBack) return "blocked by policy";
  return approval.data.grant.method === "typed" ? null : "dangerous by a click";
}

/** Another pair of eyes for what is dangerous, where the policy of that moment asks for it. */
function whySamePerson(
  { risk, by, wayBack, history }: Pick<Case, "risk" | "by" | "wayBack" | "history">,
  approval: EventOf<"step.approved">,
): string | null {
  if (risk !== "dangerous" || wayBack || by.policy.dangerousApprover === "anyone") return null;
  const starter = history.find(isType("execution.started"))?.data.triggering_user;
  return approval.actor.id === starter ? "approved by whoever started it" : null;
}

function whyNotBound(approval: EventOf<"step.approved">, dispatch: EventOf<"step.dispatched">): string | null {
  const { grant } = approval.data;
  const bound =
    grant.tenant === "t1" &&
    grant.agent === "agent-1" &&
    grant.execution === "e1" &&
    grant.step_execution === dispatch.stepExecutionId &&
    grant.attempt === dispatch.data.attempt &&
    grant.digest === dispatch.data.digest &&
    grant.approver === approval.actor.id &&
    grant.expires_at === dispatch.data.not_after_ms &&
    grant.expires_at - grant.issued_at === 600_000;
  return bound ? null : "a grant for something else";
}

/** Events after which nothing of this step runs any more. Silence after a deadline is not one of them. */
export function endsStep(event: ExecutionEvent): boolean {
  if (event.type === "step.timed_out") return event.data.reported_by === "agent";
  return ["step.executed", "step.refused", "step.outcome_unknown", "step.reported"].includes(event.type);
}
