// Reads executions for people: the snapshot, the list, what a step printed. One transaction per answer.
import { TextDecoder } from "node:util";
import { AppError, isTerminal } from "@dd0c/core";
import type { WireExecution, WireOutputChunk } from "@dd0c/protocol/http";
import {
  type ArrivedOutput,
  findListing,
  listMembers,
  listOtherLiveRuns,
  listOutput,
  listSurviving,
  readCircumstances,
  readExecution,
} from "../db/index.ts";
import { memberNames } from "../app/read-runbooks.ts";
import { policyNow } from "./decide-context.ts";
import { type EngineContext, isOnline } from "./engine-context.ts";
import { loadMaterial } from "./prepare-execution.ts";
import { wireExecution } from "./wire-execution.ts";

/** Errors: EXECUTION_NOT_FOUND. */
export async function snapshot(engine: EngineContext, tenantId: string, executionId: string): Promise<WireExecution> {
  const read = await engine.db.readTenant(tenantId, async (tx) => {
    const state = await readExecution(tx, executionId);
    const listing = await findListing(tx, executionId);
    if (state === undefined || listing === undefined) throw new AppError("EXECUTION_NOT_FOUND");
    const members = await listMembers(tx);
    const names = await memberNames(tx);
    const otherRuns = isTerminal(state) ? [] : await listOtherLiveRuns(tx, state);
    const surviving = state.agentId === null ? [] : await listSurviving(tx, state.agentId);
    const policy = policyNow(engine, await readCircumstances(tx, state));
    return { surviving, policy, state, listing, material: await loadMaterial(tx, state.versionId), members, names, otherRuns };
  });
  await engine.scanner.prepare(read.state.steps.flatMap((step) => step.prepared?.command ?? step.command ?? []));
  return wireExecution({
    ...read,
    agentOnline: isOnline(engine, read.state.agentId),
    agentWithheld: read.state.agentId !== null && engine.withheld.has(read.state.agentId),
    panic: engine.panic.current().on,
    nowMs: engine.clock.now(),
    startsAt: engine.queued.startsAt,
  });
}

/** Bytes become text stream by stream: a character that two batches share belongs to the second. */
export class OutputText {
  private readonly decoders = new Map<string, TextDecoder>();

  chunk(batch: ArrivedOutput): WireOutputChunk {
    const key = `${batch.stepExecutionId}:${batch.attempt}:${batch.stream}`;
    const decoder = this.decoders.get(key) ?? new TextDecoder();
    this.decoders.set(key, decoder);
    return {
      step_execution_id: batch.stepExecutionId,
      stream: batch.stream,
      offset: batch.firstByte,
      text: decoder.decode(batch.bytes, { stream: true }),
    };
  }
}

const pageSize = 200;

/** Batches of the step that arrived after `after`, page by page. */
export async function* outputAfter(
  engine: EngineContext,
  tenantId: string,
  stepExecutionId: string,
  after: number,
): AsyncGenerator<ArrivedOutput> {
  let last = after;
  for (;;) {
    const page = await engine.db.withTenant(tenantId, (tx) => listOutput(tx, { stepExecutionId, after: last, limit: pageSize }));
    for (const batch of page) {
      last = batch.arrival;
      yield batch;
    }
    if (page.length < pageSize) return;
  }
}

/** What the latest attempt printed so far. Errors: EXECUTION_NOT_FOUND, STEP_NOT_FOUND. */
export async function stepOutput(engine: EngineContext, tenantId: string, executionId: string, stepExecutionId: string) {
  const state = await engine.db.withTenant(tenantId, (tx) => readExecution(tx, executionId));
  if (state === undefined) throw new AppError("EXECUTION_NOT_FOUND");
  const step = state.steps.find((each) => each.stepExecutionId === stepExecutionId);
  if (step === undefined) throw new AppError("STEP_NOT_FOUND");
  const text = new OutputText();
  const chunks: WireOutputChunk[] = [];
  for await (const batch of outputAfter(engine, tenantId, stepExecutionId, 0))
    if (batch.attempt === step.attempt) chunks.push(text.chunk(batch));
  return { chunks, truncated: step.result?.truncated ?? false };
}
