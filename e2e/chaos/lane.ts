// One person at one page: starts runs, walks each to its end, starts the next, as long as there are steps left to do. Several lanes at once share
// the counter. A lost answer is never taken for a no: the page is read again, and what it says decides.
import { randomUUID } from "node:crypto";
import { ApiError, type Client, type WireExecution } from "@dd0c/protocol/http";
import { livePage, type LivePage } from "./live-page.ts";
import { type Move, nextMove } from "./next-move.ts";
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

/** Again and again under the same key until there is an answer: the key makes that one run. */
async function startRun({ world, runbookId, agentId }: LaneOptions): Promise<WireExecution> {
  const key = randomUUID();
  for (;;) {
    try {
      const person = await world.person(key);
      return await person.call("startExecution", { body: { runbook_id: runbookId, agent_id: agentId } });
    } catch (error) {
      // A run that began badly has lowered the trust in the runbook: the person who watches raises it again.
      if (error instanceof ApiError && error.status < 500 && error.code !== "IDEMPOTENCY_IN_PROGRESS" && error.code !== "AGENT_OFFLINE")
        throw error;
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
  try {
    for (;;) {
      const execution = await current(options, page, id);
      const effects = readEffects(world.effects.file);
      const move = nextMove(execution, (step) => effects.has(step));
      if (move.kind === "over") return progress.ended(execution);
      if (move.kind === "wait") await page.changed(quietMs);
      else await act(options, execution, move);
    }
  } finally {
    page.close();
  }
}

/** What the page shows; read afresh where it is silent or behind. */
async function current({ world, observer }: LaneOptions, page: LivePage, id: string): Promise<WireExecution> {
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

/** One decision. Where the answer is lost or the page was behind, nothing is assumed. */
async function act(options: LaneOptions, execution: WireExecution, move: Exclude<Move, { readonly kind: "over" }>): Promise<void> {
  const { world, progress } = options;
  if (move.kind === "approve") await progress.mayApprove();
  try {
    await perform(await world.person(), options, execution, move);
  } catch (error) {
    progress.refused(error instanceof ApiError ? error.code : "NO_ANSWER");
    await sleep(retryMs);
  }
}

async function perform(
  person: Client,
  { observer, progress }: LaneOptions,
  execution: WireExecution,
  move: Exclude<Move, { readonly kind: "over" }>,
): Promise<void> {
  const { id } = execution;
  const params = (step: { readonly id: string }) => ({ id, sid: step.id });
  switch (move.kind) {
    case "confirm":
      observer.saw(
        await person.call("confirmPreflight", {
          params: { id },
          body: { confirmed: execution.checklist.map((item) => item.id), variables: {} },
        }),
      );
      return;
    case "approve": {
      const { step } = move;
      const body = { digest: step.digest ?? "", acknowledge_no_rollback: true, attempt: step.attempt };
      const answer = await person.call("approveStep", { params: params(step), body });
      progress.approved(step.id);
      observer.acknowledged(id, step.id, "step.approved");
      return observer.saw(answer);
    }
    case "report":
      observer.saw(await person.call("reportStep", { params: params(move.step), body: { outcome: move.outcome, note: "read in the effects file" } }));
      return observer.acknowledged(id, move.step.id, "step.reported");
    case "continue":
      return observer.saw(await person.call("continueStep", { params: params(move.step), body: {} }));
    case "skip":
      return observer.saw(await person.call("skipStep", { params: params(move.step), body: { reason: "the agent refused it" } }));
    case "resume":
      return observer.saw(await person.call("resumeExecution", { params: { id }, body: {} }));
    default:
      return;
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
