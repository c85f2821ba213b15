// The oracle of the engine's properties: why a dispatch must not have happened, told from the history alone. For tests only.
// Written from the rulings with tables of its own; it shares no code with the engine that it judges.
import type { Risk } from "@dd0c/scanner";
import type { DecideContext } from "../execution/decision.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import type { LookResult } from "../execution/look/look-up.ts";
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

type Shown = EventOf<"step.auto_executed" | "step.approval_requested" | "step.look_granted">;

/** What the history tells about one dispatch. */
interface Case {
  readonly dispatch: EventOf<"step.dispatched">;
  readonly history: readonly ExecutionEvent[];
  readonly by: DecideContext;
  readonly shown: Shown | undefined;
  readonly added: StepTemplate | undefined;
  readonly approval: EventOf<"step.approved" | "step.look_granted"> | undefined;
  /** The context in which the human decided. */
  readonly decidedBy: DecideContext;
  readonly risk: Risk;
  readonly trust: number;
  /** As it was recorded; one that somebody rewrote is a command like any other. */
  readonly wayBack: boolean;
}

const isShown = (event: ExecutionEvent): event is Shown =>
  event.type === "step.auto_executed" || event.type === "step.approval_requested" || event.type === "step.look_granted";

const addedIn = (history: readonly ExecutionEvent[], stepExecutionId: string | null): StepTemplate | undefined =>
  history.filter(isType("step.added")).find((event) => event.stepExecutionId === stepExecutionId)?.data.template;

const isApproval = (event: ExecutionEvent): event is EventOf<"step.approved" | "step.look_granted"> =>
  event.type === "step.approved" || event.type === "step.look_granted";

function caseOf(
  dispatch: EventOf<"step.dispatched">,
  history: readonly ExecutionEvent[],
  by: DecideContext,
  decidedBy: DecideContext,
): Case {
  const shown = history.filter(isShown).findLast((event) => event.stepExecutionId === dispatch.stepExecutionId);
  const added = addedIn(history, dispatch.stepExecutionId);
  const trust = history.find(isType("execution.started"))?.data.trust_level ?? 0;
  const wayBack = added?.origin === "rollback" && shown?.data.prepared.command === added.command;
  const approval = history.filter(isApproval).findLast((event) => event.stepExecutionId === dispatch.stepExecutionId);
  return { dispatch, history, by, decidedBy, shown, added, approval, risk: shown?.data.prepared.risk ?? "dangerous", trust, wayBack };
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
  whyUnproven,
  whyUnsettled,
  whyLapsed,
  whyAnotherSet,
  whyNotOnThePath,
  whyPassedOver,
  whyStale,
  (one) => (one.shown?.type === "step.auto_executed" && !mayRunByItself(one) ? "ran by itself" : null),
  (one) => (one.shown?.type === "step.auto_executed" ? null : whyNotDecided(one)),
];

/** Why this dispatch must not have happened, or null. */
export function whyForbidden(
  dispatch: EventOf<"step.dispatched">,
  history: readonly ExecutionEvent[],
  by: DecideContext,
  decidedBy: DecideContext,
): string | null {
  const one = caseOf(dispatch, history, by, decidedBy);
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

/** A look-up stands where the step stands that it looks for. */
const placeOf = (added: Case["added"], history: Case["history"]): StepTemplate["origin"] =>
  (added?.origin === "capture" ? addedIn(history, added.parentStepExecutionId) : added)?.origin ?? "runbook";

/** The runbook's steps need a run that goes on; a typed command needs one that is not over. */
function whyWrongPlace({ added, history }: Case): string | null {
  const origin = placeOf(added, history);
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

/** A look-up only reads, tells no secret and ends. */
function whyUnproven({ added, shown }: Case): string | null {
  if (added?.origin !== "capture" || shown === undefined) return null;
  const { risk, sensitive, unbounded } = shown.data.prepared;
  return risk === "safe" && !sensitive && !unbounded ? null : "a look-up that is not proven safe";
}

const aboutStep = (one: Case): readonly ExecutionEvent[] =>
  one.history.filter(({ stepExecutionId }) => stepExecutionId === one.dispatch.stepExecutionId);

/** What was captured for its way back came before it was shown: the way back that was shown is the one that is stored. */
function whyUnsettled(one: Case): string | null {
  const events = aboutStep(one);
  const shown = events.findLastIndex(isShown);
  const late = events.slice(shown).some((event) => event.type === "step.looked" && !event.data.recheck);
  if (late) return "a way back that was not settled";
  const captured = one.shown?.data.prepared.looked?.find(({ purpose }) => purpose === "capture")?.captured ?? null;
  return captured === null || one.shown?.data.prepared.rollback !== null ? null : "a captured state that is no way back";
}

/** A step that was taken back needs to be approved afresh. */
function whyLapsed(one: Case): string | null {
  if (one.shown?.type !== "step.approval_requested") return null;
  const events = aboutStep(one).map(({ type }) => type);
  return events.lastIndexOf("step.approval_revoked") > events.lastIndexOf("step.approved") ? "after its approval lapsed" : null;
}

type Counted = NonNullable<LookResult["radius"]>;

/** What was counted on the card is counted once more after the approval, and is the same set or hardly more. */
function whyAnotherSet(one: Case): string | null {
  const before = countedOnCard(one);
  if (before === null) return null;
  const events = aboutStep(one);
  const approved = events.findLastIndex(({ type }) => type === "step.approved");
  const now = events.slice(approved).findLast(isType("step.looked"))?.data.result.radius ?? null;
  if (now === null) return "without counting once more";
  return isSameSet(before, now) ? null : "another set than the approved one";
}

function countedOnCard({ shown }: Case): Counted | null {
  if (shown?.type !== "step.approval_requested") return null;
  return shown.data.prepared.looked?.find(({ purpose }) => purpose === "twin")?.radius ?? null;
}

function isSameSet(before: Counted, now: Counted): boolean {
  const isPart = (names: readonly string[], of: readonly string[]): boolean => names.every((name) => of.includes(name));
  return isPart(now.kinds, before.kinds) && isPart(now.namespaces, before.namespaces) && now.count <= before.count * 1.2;
}

type Created = EventOf<"execution.created">["data"];
type Condition = NonNullable<Created["branches"]>[number];

/** A step of the runbook hangs on its conditions: each answered, by a person or by the check that its author declared, and not against it. */
function whyNotOnThePath({ added, dispatch, history }: Case): string | null {
  const made = history.find(isType("execution.created"))?.data;
  const order = made?.steps.find((step) => step.stepExecutionId === dispatch.stepExecutionId)?.order;
  if (added !== undefined || order === undefined) return null;
  const conditions = (made?.branches ?? []).filter((each) => [...each.skipIfYes, ...each.skipIfNo].includes(order));
  return conditions.map((each) => whyAgainst(each, order, history)).find((why) => why !== null) ?? null;
}

function whyAgainst({ branchId, check, skipIfYes, skipIfNo }: Condition, order: number, history: readonly ExecutionEvent[]): string | null {
  const answered = history.filter(isType("execution.branch_answered")).find(({ data }) => data.branch_id === branchId);
  if (answered === undefined) return "before its condition was answered";
  if (!isPersonsAnswer(answered) && !isComputed(answered, check)) return "a machine answered its condition";
  return (answered.data.answer === "yes" ? skipIfYes : skipIfNo).includes(order) ? "off the path that was taken" : null;
}

type Answered = EventOf<"execution.branch_answered">;

const isPersonsAnswer = ({ actor, data }: Answered): boolean =>
  actor.type === "user" && ["web", "slack"].includes(actor.via) && data.by === actor.id;

function isComputed({ data }: Answered, check: Condition["check"]): boolean {
  if (data.by !== "check" || check?.kind !== "exit_code" || data.looked_at === null) return false;
  return (data.looked_at.exit_code === check.code) === (data.answer === "yes");
}

/** What was skipped, refused or passed over never runs. */
function whyPassedOver({ dispatch, history }: Case): string | null {
  const passed = history.some(
    ({ type, stepExecutionId }) => (type === "step.skipped" || type === "step.rejected") && stepExecutionId === dispatch.stepExecutionId,
  );
  return passed ? "a step that was passed over" : null;
}

/** A value or a deadline that changed asks for a rendering and a decision after it. */
function whyStale({ shown, dispatch, history }: Case): string | null {
  const changed = history.findLastIndex(
    ({ type, stepExecutionId }) =>
      type === "execution.variable_set" || (type === "step.timeout_set" && stepExecutionId === dispatch.stepExecutionId),
  );
  return shown !== undefined && history.indexOf(shown) < changed ? "as it was before a value or its deadline changed" : null;
}

function whyNotDecided({ approval, dispatch, ...one }: Case): string | null {
  if (approval === undefined || approval.stepExecutionId !== dispatch.stepExecutionId || !dispatch.data.granted) return "no human decision";
  if (approval.actor.type !== "user" || !["web", "slack"].includes(approval.actor.via)) return "a machine decided";
  const personal = whyWrongDoor(one, approval) ?? whySamePerson(one, approval);
  return whyNotAllowed(one) ?? whyNotTyped(one, approval) ?? personal ?? whyNotBound(approval, dispatch);
}

function whyNotAllowed({ risk, decidedBy, trust, wayBack }: Pick<Case, "risk" | "decidedBy" | "trust" | "wayBack">): string | null {
  const holds = (role: Role): boolean => decidedBy.roles.some((held) => contained[held].includes(role));
  if (!holds(risk === "dangerous" ? "approver" : "operator")) return "a role that may not";
  const minimum = risk === "safe" || wayBack ? 0 : 2;
  return trust < minimum ? "below its trust level" : null;
}

function whyNotTyped({ risk, by, wayBack }: Pick<Case, "risk" | "by" | "wayBack">, approval: NonNullable<Case["approval"]>): string | null {
  if (risk !== "dangerous") return null;
  if (by.policy.dangerousSteps === "block" && !wayBack) return "blocked by policy";
  return approval.data.grant.method === "typed" ? null : "dangerous by a click";
}

/** Where the policy of that moment asks for a browser, what is dangerous was not confirmed in a chat. */
function whyWrongDoor({ risk, decidedBy }: Pick<Case, "risk" | "decidedBy">, approval: NonNullable<Case["approval"]>): string | null {
  if (risk !== "dangerous" || decidedBy.policy.dangerousStepUp !== "web") return null;
  return approval.actor.via === "web" ? null : "dangerous from a chat";
}

/** Another pair of eyes for what is dangerous, where the policy of that moment asks for it. */
function whySamePerson(
  { risk, decidedBy, wayBack, history }: Pick<Case, "risk" | "decidedBy" | "wayBack" | "history">,
  approval: NonNullable<Case["approval"]>,
): string | null {
  if (risk !== "dangerous" || wayBack || decidedBy.policy.dangerousApprover === "anyone") return null;
  const starter = history.find(isType("execution.started"))?.data.triggering_user;
  return approval.actor.id === starter ? "approved by whoever started it" : null;
}

function whyNotBound(approval: NonNullable<Case["approval"]>, dispatch: EventOf<"step.dispatched">): string | null {
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

/** Events after which nothing of this step runs any more, or nobody asks. Silence after a deadline is one for a look-up alone. */
export function endsStep(event: ExecutionEvent, history: readonly ExecutionEvent[]): boolean {
  if (event.type === "step.timed_out")
    return event.data.reported_by === "agent" || addedIn(history, event.stepExecutionId)?.origin === "capture";
  return ["step.executed", "step.refused", "step.outcome_unknown", "step.reported"].includes(event.type);
}
