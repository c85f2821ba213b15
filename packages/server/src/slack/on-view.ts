// A submitted modal. What it asks for is done as the linked member; the answer goes into the acknowledgement where it is there in time, and into
// the window afterwards where it is not.
import { AppError } from "@dd0c/core";
import { riskCountWords } from "./runbook-words.ts";
import type { types } from "@slack/bolt";
import type { Caller } from "../identity/caller.ts";
import { type ButtonValue, readValue } from "./button-value.ts";
import { explain } from "./explain.ts";
import { callerOf, type Face, notLinked } from "./face.ts";
import { approvalOf, redraw } from "./on-button.ts";
import { startOffered } from "./on-match.ts";
import { prose } from "./rich-text.ts";
import { noteView, verdictView, waitingView } from "./views.ts";

/** What was entered, by block. */
export type Entered = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Submission {
  readonly callback: string;
  readonly viewId: string;
  readonly metadata: string;
  /** Blocks of the view, by id, in order. */
  readonly blockIds: readonly string[];
  readonly entered: Entered;
}

/** What Slack is told: nothing closes the window. */
export type ViewAnswer =
  | undefined
  | { readonly response_action: "errors"; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: "update"; readonly view: types.ModalView };

interface Act {
  readonly face: Face;
  readonly caller: Caller;
  readonly submission: Submission;
  readonly value: ButtonValue;
}

const textIn = (entered: Entered, id: string): string => {
  const value = entered[id];
  return typeof value === "string" ? value : "";
};
const update = (view: types.ModalView): ViewAnswer => ({ response_action: "update", view });
const errorAt = (id: string, text: string): ViewAnswer => ({ response_action: "errors", errors: { [id]: text.slice(0, 150) } });

const stepParams = ({ e = "", s = "" }: ButtonValue) => ({ id: e, sid: s });

/** What was typed, in the order of the fields. */
const typedNames = ({ blockIds, entered }: Submission): string[] =>
  blockIds.filter((id) => id.startsWith("target")).map((id) => textIn(entered, id));

async function onTyped({ face, caller, submission, value }: Act): Promise<ViewAnswer> {
  const agreed = (submission.entered["one_way"] ?? []).includes("yes");
  const body = { ...approvalOf({ ...value, n: agreed }), confirmation: typedNames(submission) };
  try {
    await face.call("approveStep", caller, { params: stepParams(value), body });
    return undefined;
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith("CONFIRMATION_"))
      return errorAt("target0", "What was typed is not the name. Nothing was done.");
    throw error;
  }
}

async function onEdit({ face, caller, submission: { entered }, value }: Act): Promise<ViewAnswer> {
  const reason = textIn(entered, "reason");
  const body = { command: textIn(entered, "command"), ...(reason === "" ? {} : { reason }) };
  const execution = await face.call("modifyStep", caller, { params: stepParams(value), body });
  const step = execution.steps.find(({ id }) => id === value.s);
  return step === undefined ? undefined : update(verdictView(execution, step));
}

async function onPreflight({ face, caller, submission, value }: Act): Promise<ViewAnswer> {
  const { entered, blockIds } = submission;
  const id = value.e ?? "";
  const { variables } = await face.call("getExecution", caller, { params: { id } });
  const open = variables.filter((each) => !each.may_wait && (each.value === null || each.needs_typing));
  const values = open.map(({ name }, at): [string, string] => [name, textIn(entered, `variable${at}`)]).filter(([, given]) => given !== "");
  const confirmed = blockIds.filter((each) => each.startsWith("checklist")).flatMap((each) => entered[each] ?? []);
  await face.call("confirmPreflight", caller, { params: { id }, body: { variables: Object.fromEntries(values), confirmed } });
  return undefined;
}

async function onAgent({ face, caller, submission: { entered }, value }: Act): Promise<ViewAnswer> {
  const next = await startOffered(face, caller, value, textIn(entered, "agent"));
  return next === null ? undefined : update(next);
}

async function onPanic({ face, caller, submission: { entered } }: Act): Promise<ViewAnswer> {
  const state = await face.call("panicOn", caller, { body: { reason: textIn(entered, "reason") } });
  const agents = state.agents.map(({ name, state: now, since }) => [
    `${prose(name, 100)}: ${now}${since === null ? "" : ` since ${since}`}`,
  ]);
  return update(noteView("Everything is stopped", [["Panic is on. An admin lifts it on the web."], ...agents]));
}

async function onParse({ face, caller, submission: { entered } }: Act): Promise<ViewAnswer> {
  const preview = await face.call("parsePreview", caller, { body: { raw_text: textIn(entered, "text") } });
  const steps = preview.parsed.steps.slice(0, 30).map(({ order, description }) => [`${order}. ${prose(description, 150)}`]);
  const commands = preview.commands
    .slice(0, 40)
    .map(({ label, command, classification }) => [`${label}: ${classification.risk} · ${prose(command, 120)}`]);
  return update(noteView("Steps", [[riskCountWords(preview.counts)], ...steps, ...commands, ["Nothing was saved."]]));
}

const onSubmit: Readonly<Record<string, (act: Act) => Promise<ViewAnswer>>> = {
  typed: onTyped,
  edit: onEdit,
  preflight: onPreflight,
  agent: onAgent,
  panic: onPanic,
  parse: onParse,
};

/** Every window that can be sent back. */
export const windowNames: readonly string[] = Object.keys(onSubmit);

const refusal = (text: string): ViewAnswer => update(noteView("Nothing was done", [[text]]));

async function perform(face: Face, slackUserId: string, submission: Submission): Promise<ViewAnswer> {
  const act = Object.hasOwn(onSubmit, submission.callback) ? onSubmit[submission.callback] : undefined;
  const value = submission.metadata === "" ? {} : readValue(submission.metadata);
  if (act === undefined || value === undefined) return refusal("This window is of another release. Use the page on the web.");
  const caller = await callerOf(face, slackUserId);
  if (caller === null) return refusal(notLinked);
  try {
    return await act({ face, caller, submission, value });
  } catch (error) {
    if (!(error instanceof AppError))
      face.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "a modal of Slack failed");
    return refusal(explain(error));
  } finally {
    await redraw(face, value.e);
  }
}

/** Of the three seconds that Slack waits. */
const patienceMs = 1_300;

/**
 * Answers within the patience of Slack. What takes longer is told in the window when it is there: `later` resolves then, and never rejects.
 */
export async function onView(
  face: Face,
  slackUserId: string,
  submission: Submission,
): Promise<{ readonly answer: ViewAnswer; readonly later: Promise<void> }> {
  const performing = perform(face, slackUserId, submission);
  const patience = new Promise<"slow">((resolve) => setTimeout(resolve, patienceMs, "slow").unref());
  const first = await Promise.race([performing, patience]);
  if (first !== "slow") return { answer: first, later: Promise.resolve() };
  const later = performing
    .then(async (answer) => {
      const view = answer?.response_action === "update" ? answer.view : noteView("Done", [[lateWords(answer)]]);
      await face.web.updateView({ id: submission.viewId }, view);
    })
    .catch(() => face.logger.warn("the end of a modal could not be told"));
  return { answer: update(waitingView("Working on it")), later };
}

const lateWords = (answer: ViewAnswer): string =>
  answer?.response_action === "errors" ? (Object.values(answer.errors)[0] ?? "Nothing was done.") : "Done. The thread shows it.";
