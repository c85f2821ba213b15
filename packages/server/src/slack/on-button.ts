// A pressed button: one command of the linked member, through the same door as the web page. The card that was pressed says what the person saw
// (digest, attempt); whether it still holds, and whether they may, the engine decides.
import { AppError } from "@dd0c/core";
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { changeSlackThread, findSlackThread } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import type { ButtonValue } from "./button-value.ts";
import { explain, howItStands, isLate } from "./explain.ts";
import { callerOf, type Face, type Gesture, notLinked } from "./face.ts";
import { dismissAlert, startAlert, viewSteps } from "./on-match.ts";
import { openWhenReady } from "./open-view.ts";
import { editView, preflightView, typedView } from "./views.ts";

export interface Press {
  readonly face: Face;
  readonly gesture: Gesture;
  readonly caller: Caller;
  readonly value: ButtonValue;
}

type OnPress = (press: Press) => Promise<unknown>;

const runOf = ({ e }: ButtonValue): { readonly id: string } => {
  if (e === undefined) throw new AppError("VALIDATION_FAILED", "This button is of another release. Use the page on the web.");
  return { id: e };
};

const stepOf = (value: ButtonValue): { readonly id: string; readonly sid: string } => {
  if (value.s === undefined) throw new AppError("VALIDATION_FAILED", "This button is of another release. Use the page on the web.");
  return { ...runOf(value), sid: value.s };
};

const readRun = ({ face, caller, value }: Press): Promise<WireExecution> => face.call("getExecution", caller, { params: runOf(value) });

/** The step as it is now, if it is still the one on the card. @throws AppError STEP_NOT_FOUND, DIGEST_MISMATCH */
async function shownStep(press: Press): Promise<{ readonly execution: WireExecution; readonly step: WireStepExecution }> {
  const execution = await readRun(press);
  const step = execution.steps.find(({ id }) => id === press.value.s);
  if (step === undefined) throw new AppError("STEP_NOT_FOUND");
  if (step.digest !== (press.value.d ?? null) || step.attempt !== press.value.a) throw new AppError("DIGEST_MISMATCH");
  return { execution, step };
}

const webOnly = ({ webUrl }: Face, { id }: WireExecution): string =>
  `The policy has dangerous steps confirmed on the web: ${webUrl()}/executions/${id}`;

/** What an approval says beside who gives it. */
export const approvalOf = (value: ButtonValue) => ({
  digest: value.d ?? "",
  acknowledge_no_rollback: value.n === true,
  ...(value.a === undefined ? {} : { attempt: value.a }),
});

const report =
  (outcome: "done" | "failed"): OnPress =>
  ({ face, caller, value }) =>
    face.call("reportStep", caller, { params: stepOf(value), body: { outcome } });

const answer =
  (said: "yes" | "no"): OnPress =>
  ({ face, caller, value }) =>
    face.call("answerBranch", caller, { params: { ...runOf(value), branch: value.b ?? "" }, body: { answer: said } });

const onPress: Readonly<Record<string, OnPress>> = {
  approve: ({ face, caller, value }) => face.call("approveStep", caller, { params: stepOf(value), body: approvalOf(value) }),
  approve_typed: (press) =>
    openWhenReady(press.face, press.gesture, "Approve", async () => {
      const { execution, step } = await shownStep(press);
      if (!step.actions.includes("confirm_typed")) throw new AppError("EXECUTION_STATE_CONFLICT");
      // Nobody types names that the engine would refuse.
      if (execution.dangerous_step_up === "web") throw new AppError("STEP_UP_REQUIRED", webOnly(press.face, execution));
      return typedView(execution, step, press.value);
    }),
  edit: (press) =>
    openWhenReady(press.face, press.gesture, "Edit the command", async () => {
      const { execution, step } = await shownStep(press);
      if (!step.actions.includes("modify")) throw new AppError("EXECUTION_STATE_CONFLICT");
      return editView(execution, step, press.value);
    }),
  preflight: (press) =>
    openWhenReady(press.face, press.gesture, "Start", async () => {
      const execution = await readRun(press);
      if (execution.status !== "preflight") throw new AppError("EXECUTION_STATE_CONFLICT");
      return preflightView(execution, press.value, `${press.face.webUrl()}/executions/${execution.id}`);
    }),
  look: ({ face, caller, value }) =>
    face.call("lookStep", caller, { params: stepOf(value), body: { digest: value.d ?? "", digests: [...(value.r ?? [])] } }),
  skip: ({ face, caller, value }) => face.call("skipStep", caller, { params: stepOf(value), body: {} }),
  report_done: report("done"),
  report_failed: report("failed"),
  continue: ({ face, caller, value }) => face.call("continueStep", caller, { params: stepOf(value), body: {} }),
  stop_step: ({ face, caller, value }) => face.call("stopStep", caller, { params: stepOf(value), body: {} }),
  rollback: ({ face, caller, value }) => face.call("rollbackStep", caller, { params: stepOf(value) }),
  unwind: ({ face, caller, value }) => face.call("unwindExecution", caller, { params: runOf(value) }),
  resume: ({ face, caller, value }) => face.call("resumeExecution", caller, { params: runOf(value), body: {} }),
  abort: ({ face, caller, value }) => face.call("abortExecution", caller, { params: runOf(value), body: {} }),
  answer_yes: answer("yes"),
  answer_no: answer("no"),
  start_alert: startAlert,
  start_other_0: startAlert,
  start_other_1: startAlert,
  dismiss_alert: dismissAlert,
  view_steps: viewSteps,
};

/** Every button that something happens for. */
export const buttonNames: readonly string[] = Object.keys(onPress);

/** The thread of this run is drawn again, also where it was done with: what was pressed may have added a step. */
export async function redraw({ app, tenantId, look }: Face, executionId: string | undefined): Promise<void> {
  if (executionId === undefined) return;
  const thread = await app.db.withTenant(tenantId, async (tx) => {
    const found = await findSlackThread(tx, { executionId });
    if (found?.state === "settled") await changeSlackThread(tx, found.id, { state: "open" });
    return found;
  });
  if (thread !== undefined) look(thread.id, thread.channelId);
}

async function tell(press: Press, error: unknown): Promise<void> {
  const { face, gesture, value } = press;
  if (!(error instanceof AppError))
    face.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "a click in Slack failed");
  const standing = isLate(error)
    ? await readRun(press).then(
        (execution) => howItStands(execution, value.s),
        () => "",
      )
    : "";
  await gesture.whisper([explain(error), standing].filter((text) => text !== "").join("\n"));
}

/** Acknowledged before this is called. `name`: the button's action. */
export async function onButton(face: Face, gesture: Gesture, name: string, value: ButtonValue | undefined): Promise<void> {
  const act = Object.hasOwn(onPress, name) ? onPress[name] : undefined;
  if (act === undefined || value === undefined)
    return gesture.whisper("Nothing was done: this button is of another release. Use the page on the web.");
  const caller = await callerOf(face, gesture.slackUserId);
  if (caller === null) return gesture.whisper(notLinked);
  const press = { face, gesture, caller, value };
  await act(press).catch((error: unknown) => tell(press, error));
  await redraw(face, value.e);
}
