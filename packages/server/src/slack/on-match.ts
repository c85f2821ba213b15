// The buttons of a match message: start what was offered (or one of the others), look at its steps, dismiss it. Which alert it is comes from the
// thread's own row, never from the button.
import { AppError } from "@dd0c/core";
import { findSlackThread, type SlackThread } from "../db/index.ts";
import type { Press } from "./on-button.ts";
import { prose } from "./rich-text.ts";
import { begin } from "./start-run.ts";
import { riskSign } from "./words.ts";

const isAlert = (value: unknown): value is { readonly alert_id: string } =>
  typeof value === "object" && value !== null && "alert_id" in value && typeof value.alert_id === "string";

export const alertOf = ({ alert }: SlackThread): string | undefined => (isAlert(alert) ? alert.alert_id : undefined);

/** @throws AppError NOT_FOUND */
async function pressedThread({ face, value }: Press): Promise<{ readonly thread: SlackThread; readonly alertId: string }> {
  const thread = await face.app.db.readTenant(face.tenantId, (tx) => findSlackThread(tx, { id: value.t ?? "" }));
  const alertId = thread === undefined ? undefined : alertOf(thread);
  if (thread === undefined || alertId === undefined) throw new AppError("NOT_FOUND");
  return { thread, alertId };
}

export async function startAlert(press: Press): Promise<void> {
  const { face, gesture, caller, value } = press;
  const { thread, alertId } = await pressedThread(press);
  const other = value.k === undefined ? {} : { runbook_id: value.k };
  const started = face.call("startAlert", caller, { params: { id: alertId }, body: { ...other, beside_live_run: true } });
  await begin(face, gesture, caller, started);
  face.look(thread.id, thread.channelId);
}

export async function dismissAlert(press: Press): Promise<void> {
  const { thread, alertId } = await pressedThread(press);
  await press.face.call("dismissAlert", press.caller, { params: { id: alertId }, body: {} });
  press.face.look(thread.id, thread.channelId);
}

const maxShown = 40;

/** Every command with its risk, privately. */
export async function viewSteps(press: Press): Promise<void> {
  const { face, caller, gesture } = press;
  const { alertId } = await pressedThread(press);
  const { matches } = await face.call("getAlert", caller, { params: { id: alertId } });
  const [best] = matches;
  if (best === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
  const runbook = await face.call("getRunbook", caller, { params: { id: best.runbook_id } });
  const steps = runbook.parsed.steps.flatMap(({ order, description }): string[] => [
    `${order}. ${prose(description, 150)}`,
    ...runbook.commands
      .filter((each) => each.step_order === order)
      .map(({ command, classification }) => `    ${riskSign[classification.risk]} ${classification.risk}: ${prose(command, 200)}`),
  ]);
  const more = steps.length > maxShown ? [`The rest is on the web: ${face.webUrl()}/runbooks/${runbook.id}`] : [];
  await gesture.whisper([prose(runbook.title, 200), ...steps.slice(0, maxShown), ...more].join("\n"));
}
