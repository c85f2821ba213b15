// A step that waits for the person: approve it (with the names typed where that is asked), do it by hand and report, change it, pass it
// over. In: the step as it stands. Out: the decision in the record, and the command's run after an approval.
import type { PreparedStep, Refusal, StepState } from "@dd0c/core";
import { approvalChoices, byHandChoices, type Deed, refusedChoices, yesNo } from "./choices.ts";
import { lapseLines, lookLines } from "./look-lines.ts";
import { byHandLines, commandCard } from "./step-card.ts";
import { askValues } from "./take-step.ts";
import { askNote, choose, endRun, leave, lineOf, runDispatched, showHeading, type Walk } from "./walk-context.ts";
import { labelled, sentence } from "./wrap.ts";

export const decideStep = async (walk: Walk, step: StepState): Promise<void> => {
  await showHeading(walk, step);
  await showCommand(walk, step);
  const deed = await choose(walk, choicesFor(walk, step), whatFor(step));
  await deeds[deed]?.(walk, step);
};

const showCommand = async ({ shown, say, view }: Walk, step: StepState): Promise<void> => {
  const { prepared, expectedOutput, stepExecutionId, attempt } = step;
  const key = `${stepExecutionId}.${attempt}`;
  if (shown.attempt === key) return;
  shown.attempt = key;
  if (prepared === null) return say(expectedOutput === null ? [] : ["", ...labelled("expect", expectedOutput, view.width)]);
  await say([
    ...lapseLines(step, view),
    ...commandCard(prepared, step, view),
    ...lookLines(prepared, view),
    ...(step.status === "suggested" ? byHandLines(prepared, view) : []),
  ]);
};

const whatFor = (step: StepState): string => {
  if (step.prepared === null) return `Step ${step.label} is done by hand and`;
  return step.status === "suggested" ? `Step ${step.label} is run by hand and` : `Step ${step.label} (${step.prepared.risk})`;
};

const choicesFor = (walk: Walk, step: StepState) => {
  if (step.status === "blocked") return refusedChoices;
  if (step.status === "awaiting_approval" && step.prepared !== null)
    return approvalChoices(step.wasModified ? { ...step.prepared, variables: [] } : step.prepared);
  const hasValues = !step.wasModified && (lineOf(walk, step)?.variables ?? []).some(({ secret }) => secret !== true);
  return byHandChoices(step.prepared !== null, step.prepared !== null && hasValues);
};

type Act = (walk: Walk, step: StepState) => Promise<void>;

const approve: Act = async (walk, step) => {
  const { session, view, say } = walk;
  const { prepared, stepExecutionId } = step;
  if (prepared?.digest == null) return;
  const oneWay = step.origin !== "rollback" && prepared.risk !== "safe" && prepared.rollbackCommand === null;
  if (oneWay) {
    await say(["", ...sentence("Nothing is known that would undo this. Run it all the same?", view.width)]);
    if ((await choose(walk, yesNo, "No way back")) === "no") return;
  }
  const confirmation = step.gate === "typed" ? await askNames(walk, step) : [];
  const refusal = await session.ask({
    by: "person",
    command: {
      type: "approve",
      stepExecutionId,
      digest: prepared.digest,
      confirmation,
      note: null,
      acknowledgedNoRollback: oneWay,
      attempt: prepared.attempt,
    },
  });
  if (refusal !== null) return refused(walk, step, refusal);
  await runDispatched(walk);
};

/** The reads that stand on the card, each under a permission of its own. */
const look: Act = async (walk, step) => {
  const { prepared, stepExecutionId } = step;
  if (prepared?.digest == null) return;
  const lookDigests = (prepared.looks ?? []).map(({ digest }) => digest);
  const refusal = await walk.session.ask({
    by: "person",
    command: { type: "look", stepExecutionId, digest: prepared.digest, lookDigests },
  });
  if (refusal !== null) return refused(walk, step, refusal);
  await runDispatched(walk);
};

/** Every target of a dangerous command, typed by hand. */
const askNames = async (walk: Walk, step: StepState): Promise<readonly string[]> => {
  const typed: string[] = [];
  for (const { kind, text } of step.prepared?.targets ?? []) {
    await walk.say(["", ...labelled("type", `the ${kind} by hand, to confirm:`, walk.view.width), `  ${" ".repeat(10)}${text}`]);
    typed.push((await walk.person.answer("  name: ", `Step ${step.label} (dangerous)`)).trim());
  }
  return typed;
};

const refused = async ({ session, say, view }: Walk, step: StepState, refusal: Refusal): Promise<void> => {
  await say([view.paint.error(`  NOT RUN: ${refusal.message}`)]);
  if (refusal.code !== "APPROVAL_TIMEOUT") return;
  // The question stood for half an hour: it lapses, and the step is read and asked about anew.
  const { stepExecutionId, attempt } = step;
  await session.mustAsk({ by: "engine", command: { type: "remind", stepExecutionId, attempt, minutes: 30 } });
  await session.mustAsk({ by: "person", command: { type: "resume", note: null } });
};

const modifyTo = async (walk: Walk, step: StepState, prepared: PreparedStep | null, note: string | null, values = {}) => {
  if (prepared === null) return walk.say(sentence("It cannot be changed here.", walk.view.width));
  const command = { type: "modify", stepExecutionId: step.stepExecutionId, note } as const;
  const refusal = await walk.session.ask({ by: "person", command, prepared, ...values });
  if (refusal !== null) await refused(walk, step, refusal);
};

const edit: Act = async (walk, step) => {
  const before = step.prepared?.command ?? "";
  if (before.includes("\n"))
    return walk.say(sentence("A command of several lines is not edited here: run it by hand, or change the runbook.", walk.view.width));
  const text = (await walk.person.answer("  command: ", "Editing", before)).trim();
  if (text === "" || text === before) return walk.say(sentence("Not changed.", walk.view.width));
  await modifyTo(walk, step, await walk.renderings.typed(walk, step, text, null), await askNote(walk, "Why changed?"));
};

/** The same text again, as a new attempt that is asked about. */
const again: Act = async (walk, step) =>
  modifyTo(walk, step, await walk.renderings.typed(walk, step, step.prepared?.command ?? "", step.prepared?.risk ?? null), null);

const retypeValues: Act = async (walk, step) => {
  const values = await askValues(walk, step, true);
  await modifyTo(walk, step, await walk.renderings.next(walk, step, values), "values typed again", { values });
};

const skip: Act = async (walk, { stepExecutionId }) => {
  const reason = await askNote(walk, "Why is it skipped?");
  await walk.session.mustAsk({ by: "person", command: { type: "skip", stepExecutionId, reason } });
};

const report =
  (outcome: "succeeded" | "failed"): Act =>
  async (walk, { stepExecutionId }) => {
    const note = await askNote(walk, "What happened?");
    await walk.session.mustAsk({ by: "person", command: { type: "report", stepExecutionId, outcome, note } });
  };

const deeds: Readonly<Partial<Record<Deed, Act>>> = {
  run: approve,
  look,
  edit,
  again,
  values: retypeValues,
  skip,
  done: report("succeeded"),
  failed: report("failed"),
  leave: async () => leave(),
  end: (walk) => endRun(walk),
};
