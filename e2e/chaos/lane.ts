// One person at one page: starts runs, walks each to its end, starts the next, as long as there are steps left to do. Several lanes at once share
// the counter. A lost answer is never taken for a no: the page is read again, and what it says decides.
import { randomUUID } from "node:crypto";
import { assertNever } from "@dd0c/core";
import { ApiError, type Client, type WireExecution } from "@dd0c/protocol/http";
import { livePage, type LivePage } from "./live-page.ts";
import { type Deed, nextMove } from "./next-move.ts";
import type { Observer } from "./observer.ts";
import type { Progress } from "./progress.ts";
import { readEffects } from "./world/effects.ts";
import type { World } from "./world/world.ts";

export interface LaneOptions {
  readonly world: World;
  readonly observer: Observer;
  readonly progress: Progress;
  readonly runbookId: string;
  readonly agentId: string;
  readonly stepsPerRun: number;
}

const retryMs = 250;
const quietMs = 1_000;

const sleep = (ms: number): Promise<void> => new Promise((wait) => setTimeout(wait, ms));

export async function walkLane(options: LaneOptions): Promise<void> {
  while (options.progress.take(options.stepsPerRun)) await walkRun(options);
}

/** Again and again under the same key until there is an answer: the key makes that one run. Where nobody knows, the list is looked at. */
async function startRun(options: LaneOptions): Promise<WireExecution> {
  const { world, runbookId, agentId } = options;
  for (let key = randomUUID(); ; ) {
    try {
      const person = await world.person(key);
      return await person.call("startExecution", { body: { runbook_id: runbookId, agent_id: agentId } });
    } catch (error) {
      const code = error instanceof ApiError && error.status < 500 ? error.code : "NO_ANSWER";
      // A run that began badly has lowered the trust in the runbook: the person who watches raises it again.
      if (!["NO_ANSWER", "IDEMPOTENCY_IN_PROGRESS", "IDEMPOTENCY_LOST", "AGENT_OFFLINE"].includes(code)) throw error;
      if (code === "IDEMPOTENCY_LOST") {
        const begun = await unheardRun(options);
        if (begun !== undefined) return begun;
        key = randomUUID();
      }
      await sleep(retryMs);
    }
  }
}

/** A run of the lane's runbook of which no answer told. */
async function unheardRun({ world, runbookId, progress }: LaneOptions): Promise<WireExecution | undefined> {
  for (;;) {
    try {
      const person = await world.person();
      const { items } = await person.call("listExecutions", { query: { runbook_id: runbookId, limit: 200 } });
      const unheard = items.find(({ id }) => !progress.started.includes(id));
      return unheard === undefined ? undefined : await person.call("getExecution", { params: { id: unheard.id } });
    } catch {
      await sleep(retryMs);
    }
  }
}

async function walkRun(options: LaneOptions): Promise<void> {
  const { world, observer, progress } = options;
  await trustAgain(options);
  const { id } = await startRun(options);
  progress.began(id);
  const page = livePage(world, id, observer.saw);
  let execution = await readNow(options, page, id);
  try {
    for (;;) {
      const effects = readEffects(world.effects.file);
      const move = nextMove(execution, (step) => effects.has(step));
      if (move.kind === "over") return progress.ended(execution);
      const answered = move.kind === "wait" ? undefined : await act(options, execution, move);
      execution = answered ?? (await newer(options, page, execution));
    }
  } finally {
    page.close();
  }
}

/** What the page shows next; read afresh where it stays silent. */
async function newer(options: LaneOptions, page: LivePage, known: WireExecution): Promise<WireExecution> {
  if ((page.latest()?.last_seq ?? 0) <= known.last_seq) await page.changed(quietMs);
  const shown = page.latest();
  return shown !== undefined && shown.last_seq > known.last_seq ? shown : readNow(options, page, known.id);
}

async function readNow({ world, observer }: LaneOptions, page: LivePage, id: string): Promise<WireExecution> {
  for (;;) {
    try {
      const execution = await (await world.person()).call("getExecution", { params: { id } });
      observer.saw(execution);
      return execution;
    } catch {
      await page.changed(retryMs);
    }
  }
}

/** One decision. @returns what the answer showed; undefined where it was lost or a no: then nothing is assumed */
async function act(options: LaneOptions, execution: WireExecution, move: Deed): Promise<WireExecution | undefined> {
  const { world, progress, observer } = options;
  if (move.kind === "approve") await progress.mayApprove();
  try {
    const shown = await perform(await world.person(), options, execution, move);
    observer.saw(shown);
    return shown;
  } catch (error) {
    progress.refused(error instanceof ApiError ? error.code : "NO_ANSWER");
    await sleep(retryMs);
    return undefined;
  }
}

async function perform(person: Client, { observer, progress }: LaneOptions, execution: WireExecution, move: Deed): Promise<WireExecution> {
  const { id } = execution;
  const params = (step: { readonly id: string }) => ({ id, sid: step.id });
  switch (move.kind) {
    case "confirm":
      return person.call("confirmPreflight", {
        params: { id },
        body: { confirmed: execution.checklist.map((item) => item.id), variables: {} },
      });
    case "approve": {
      const { step } = move;
      const body = { digest: step.digest ?? "", acknowledge_no_rollback: true, attempt: step.attempt };
      const shown = await person.call("approveStep", { params: params(step), body });
      progress.approved(step.id);
      observer.acknowledged(id, step.id, "step.approved");
      return shown;
    }
    case "report": {
      const body = { outcome: move.outcome, note: "read in the effects file" };
      const shown = await person.call("reportStep", { params: params(move.step), body });
      observer.acknowledged(id, move.step.id, "step.reported");
      return shown;
    }
    case "continue":
      return person.call("continueStep", { params: params(move.step), body: {} });
    case "skip":
      return person.call("skipStep", { params: params(move.step), body: { reason: "the agent refused it" } });
    case "resume":
      return person.call("resumeExecution", { params: { id }, body: {} });
    default:
      return assertNever(move, "a move");
  }
}

/** An unknown outcome takes the runbook's trust away (and that is right): a person gives it back before the next run. */
async function trustAgain({ world, runbookId }: LaneOptions): Promise<void> {
  for (;;) {
    try {
      const person = await world.person();
      const { trust_level } = await person.call("getRunbook", { params: { id: runbookId } });
      if (trust_level < 2)
        await person.call("updateRunbook", { params: { id: runbookId }, body: { trust_level: 2, reason: "the effects were looked at" } });
      return;
    } catch {
      await sleep(retryMs);
    }
  }
}
