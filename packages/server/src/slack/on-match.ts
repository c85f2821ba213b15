// The buttons of a match message: start what was offered (or one of the others), look at its steps, dismiss it. Which alert it is comes from the
// thread's own row, never from the button.
import { AppError } from "@dd0c/core";
import type { types } from "@slack/bolt";
import { findSlackThread, type SlackThread } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import type { ButtonValue } from "./button-value.ts";
import type { Face } from "./face.ts";
import type { Press } from "./on-button.ts";
import { openWhenReady } from "./open-view.ts";
import { prose } from "./rich-text.ts";
import { agentsInDoubt, beginOrAsk } from "./start-run.ts";
import { agentView } from "./views.ts";
import { riskSign } from "./words.ts";

const isAlert = (value: unknown): value is { readonly alert_id: string } =>
  typeof value === "object" && value !== null && "alert_id" in value && typeof value.alert_id === "string";

export const alertOf = ({ alert }: SlackThread): string | undefined => (isAlert(alert) ? alert.alert_id : undefined);

/** @throws AppError NOT_FOUND */
async function pressedThread({
  face,
  value,
}: Pick<Press, "face" | "value">): Promise<{ readonly thread: SlackThread; readonly alertId: string }> {
  const thread = await face.app.db.readTenant(face.tenantId, (tx) => findSlackThread(tx, { id: value.t ?? "" }));
  const alertId = thread === undefined ? undefined : alertOf(thread);
  if (thread === undefined || alertId === undefined) throw new AppError("NOT_FOUND");
  return { thread, alertId };
}

/** The window that asks next; null where nothing has to be asked. */
export async function startOffered(face: Face, caller: Caller, value: ButtonValue, agentId?: string): Promise<types.ModalView | null> {
  const { thread, alertId } = await pressedThread({ face, value });
  const named = { ...(value.k === undefined ? {} : { runbook_id: value.k }), ...(agentId === undefined ? {} : { agent_id: agentId }) };
  const started = await face.call("startAlert", caller, { params: { id: alertId }, body: { ...named, beside_live_run: true } });
  const next = await beginOrAsk(face, caller, started);
  face.look(thread.id, thread.channelId);
  return next;
}

/** Where several agents could run it, a person says which. */
export async function startAlert({ face, gesture, caller, value }: Press): Promise<void> {
  await openWhenReady(face, gesture, "Start", async () => {
    const agents = await agentsInDoubt(face, caller);
    if (agents.length > 0) return agentView(agents, value, face.webUrl());
    return startOffered(face, caller, value);
  });
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
