// What an agent says it did, held against what this server sent it: a frame goes in, a cause for party mode comes out, or none.
// Reads the record of the dispatch and judges the text once more; changes nothing. The agent's word is a claim, the audit log is not.
import { exceeds, strictest } from "@dd0c/core";
import type { AgentFrame } from "@dd0c/protocol/agent";
import { patternVersion, type Risk } from "@dd0c/scanner";
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import { listEvents, readExecution, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import type { Cause } from "./party-cause.ts";

type FrameBody = NonNullable<AgentFrame["frame"]>;
type StepRef = NonNullable<AgentFrame["step"]>;

/** The fields of step.dispatched that count here. */
interface Dispatched {
  readonly attempt: number;
  readonly agent_id: string;
  readonly digest: string;
  readonly risk_level: Risk;
}

const risks: readonly Risk[] = ["safe", "caution", "unknown", "dangerous"];
/** Frames that say that something was, or is about to be, executed. */
const executing: readonly FrameBody["$case"][] = ["stepAccepted", "stepStarted", "stepOutput", "stepResult"];
const maxDispatches = 1_000;

const unplanned = (agentId: string, ref: StepRef, runbookId: string | null, fault: string): Cause => ({
  cause: "agent_ran_unplanned",
  key: agentId,
  agentId,
  runbookId,
  facts: { execution_id: ref.executionId, step_execution_id: ref.stepExecutionId, attempt: ref.attempt, fault },
});

/** A frame about a step that this tenant does not have. A refusal of it, or not knowing, is no execution. */
export const foreignStep = (agent: ConnectedAgent, ref: StepRef, frame: FrameBody): Cause | undefined =>
  executing.includes(frame.$case) ? unplanned(agent.agentId, ref, null, "no_such_step") : undefined;

async function findDispatch(tx: TenantTx, agent: ConnectedAgent, ref: StepRef): Promise<Dispatched | undefined> {
  const { events } = await listEvents(tx, {
    chain: tx.tenantId,
    executionId: ref.executionId,
    type: "step.dispatched",
    limit: maxDispatches,
    order: "newest_first",
  });
  return events
    .filter(({ event }) => event.step_execution === ref.stepExecutionId)
    .map(({ event }) => event.data as unknown as Dispatched)
    .find(({ attempt, agent_id }) => attempt === ref.attempt && agent_id === agent.agentId);
}

/** What the agent's scanner found against what this server's finds in the same text, at equal patterns only: else the stricter one wins. */
async function disagreement(
  engine: EngineContext,
  tx: TenantTx,
  agent: ConnectedAgent,
  ref: StepRef,
  seen: { readonly risk: string; readonly patternVersion: string; readonly atLeast: Risk },
): Promise<Cause | undefined> {
  const found = risks.find((risk) => risk === seen.risk);
  if (found === undefined || seen.patternVersion !== patternVersion) return undefined;
  const state = await readExecution(tx, ref.executionId);
  const step = state?.steps.find((each) => each.stepExecutionId === ref.stepExecutionId);
  if (state === undefined || step?.prepared == null || step.prepared.attempt !== ref.attempt) return undefined;
  await engine.scanner.prepare([step.prepared.command]);
  const ours = strictest(engine.scanner.scan(step.prepared.command).risk, seen.atLeast);
  if (ours === found) return undefined;
  const facts = { step_execution_id: ref.stepExecutionId, server_risk: ours, agent_risk: found, agent_stricter: exceeds(found, ours) };
  return {
    cause: "scanners_disagree",
    key: `${agent.agentId}:${state.runbookId}`,
    agentId: agent.agentId,
    runbookId: state.runbookId,
    facts: { ...facts, pattern_version: patternVersion },
  };
}

const runbookOf = async (tx: TenantTx, ref: StepRef): Promise<string | null> =>
  (await readExecution(tx, ref.executionId))?.runbookId ?? null;

/**
 * @param refused the engine did not take the report: it is about no attempt in flight, so it must at least be about one that was sent
 */
export async function suspicion(
  engine: EngineContext,
  tx: TenantTx,
  agent: ConnectedAgent,
  ref: StepRef,
  frame: FrameBody,
  refused: boolean,
): Promise<Cause | undefined> {
  const isAnswer = frame.$case === "stepAccepted" || frame.$case === "stepRefused";
  if (!isAnswer && !(refused && executing.includes(frame.$case))) return undefined;
  const sent = await findDispatch(tx, agent, ref);
  if (frame.$case === "stepRefused")
    return sent === undefined ? undefined : disagreement(engine, tx, agent, ref, { ...frame.value, atLeast: "safe" });
  if (sent === undefined) return unplanned(agent.agentId, ref, await runbookOf(tx, ref), "never_dispatched");
  if (frame.$case !== "stepAccepted") return undefined;
  if (frame.value.digest !== sent.digest) return unplanned(agent.agentId, ref, await runbookOf(tx, ref), "another_digest");
  // The agent reports the stricter of our claim and its own reading.
  return disagreement(engine, tx, agent, ref, { ...frame.value, atLeast: sent.risk_level });
}
