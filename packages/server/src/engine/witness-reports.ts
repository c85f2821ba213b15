// What agents report about the checkpoints that they keep: compared with the chain as it stands, and their own alarms made heard.
// In: the witness state of a heartbeat. Out: one line of the error log per contradiction, for a human to look at (docs/audit.md). Where the agent
// brings a checkpoint with our own signature, nobody can have made it up: that contradiction is recorded and locks the tenant.
import { readCheckpoint, signedLine } from "@dd0c/core";
import type { Heartbeat, SignedDocument } from "@dd0c/protocol/agent";
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import { compareWitness } from "../app/compare-witnesses.ts";
import { hashesAt } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { onContradiction } from "./witness-contradiction.ts";

export interface WitnessReports {
  readonly heard: (agent: ConnectedAgent, heartbeat: Heartbeat) => Promise<void>;
}

export function createWitnessReports(engine: EngineContext): WitnessReports {
  /** Agent -> what was said about it last. */
  const said = new Map<string, string>();
  return {
    heard: async ({ agentId, tenantId }, { witness }) => {
      if (witness === undefined) return;
      const { count, head, alarm } = witness;
      const found = count === 0 ? "" : await compare(engine, tenantId, count, head);
      const now = `${alarm} ${found}`;
      if (now !== (said.get(agentId) ?? " ")) {
        const facts = { agent: agentId, alarm, kept: count };
        if (alarm !== "") engine.logger.error(facts, "an agent refused a checkpoint of the audit chain");
        if (found !== "") engine.logger.error(facts, found);
      }
      if (now !== said.get(agentId) && found !== "") await believe(engine, tenantId, agentId, witness.newest);
      said.set(agentId, now);
    },
  };
}

/** What an agent says is believed as far as we have signed it. */
async function believe(engine: EngineContext, tenantId: string, agentId: string, newest: SignedDocument | undefined): Promise<void> {
  const statement = newest === undefined ? null : readCheckpoint(Buffer.from(newest.payload).toString("utf8"));
  if (newest === undefined || statement === null) return;
  const line = signedLine(statement, Buffer.from(newest.signature).toString("base64"));
  const found = await compareWitness(engine, tenantId, line);
  if (found !== null) await onContradiction(engine, tenantId, agentId, found);
}

/** What is wrong with the chain by this kept head; empty when they agree. */
async function compare(engine: EngineContext, tenantId: string, count: number, head: string): Promise<string> {
  const hash = (await engine.db.withSystem("checkpoint", (tx) => hashesAt(tx, tenantId, [count]))).get(count);
  if (hash === undefined) return "the audit chain lost its tail: an agent keeps a later checkpoint";
  return hash === head ? "" : "the audit chain was rewritten: an agent keeps another hash for one of its events";
}
