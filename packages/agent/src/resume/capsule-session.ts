// The engine of a run that goes on under its capsule: core decides, the signed record is on the disk, only then somebody acts on it.
// In: what the walk asks. Out: the run as it stands, or a refusal. It holds no rule of its own, and lets nothing begin once the server is back.

import { decide, decideContinued, evolve, type ExecutionState, invariant, type Refusal, type VariableValue } from "@dd0c/core";
import { type Ask, RunEnd, type WalkSession } from "@dd0c/executor";
import type { ContinuationLog } from "./continuation-log.ts";

export interface CapsuleSessionOptions {
  readonly log: ContinuationLog;
  readonly now: () => number;
  readonly isServerThere: () => Promise<boolean>;
}

const nothingTyped: ReadonlyMap<string, VariableValue> = new Map();

export class CapsuleSession implements WalkSession {
  readonly values = nothingTyped;
  private current: ExecutionState;
  private readonly options: CapsuleSessionOptions;

  constructor(options: CapsuleSessionOptions) {
    this.options = options;
    const { capsule, known } = options.log;
    this.current = capsule.state;
    for (const record of known) {
      const decision = decideContinued(decide, capsule, this.current, record);
      invariant(decision.ok, "what was decided before is decided the same again");
      this.current = decision.events.reduce<ExecutionState>(evolve, this.current);
    }
  }

  get state(): ExecutionState {
    return this.current;
  }

  /** What a step printed on this host is no evidence for the server that decides this again: a person answers every condition. */
  async ask({ by, command }: Ask): Promise<Refusal | null> {
    const { log, now, isServerThere } = this.options;
    if (by !== "executor" && (await isServerThere()))
      throw new RunEnd("left", "The server is there again. Start the agent: it hands over what was done here, and the run goes on there.");
    const record = log.next({ at: now(), by, command });
    const decision = decideContinued(decide, log.capsule, this.current, record);
    if (!decision.ok) return decision;
    if (decision.events.length === 0) return null;
    log.append(record);
    this.current = decision.events.reduce<ExecutionState>(evolve, this.current);
    return null;
  }

  async mustAsk(ask: Ask): Promise<void> {
    const refusal = await this.ask(ask);
    if (refusal !== null) throw new RunEnd("left", `${refusal.code}: ${refusal.message}`);
  }

  /** A run that waits for somebody to look at it: somebody does. */
  startUp(): Promise<void> {
    return this.mustAsk({ by: "person", command: { type: "resume", note: null } });
  }
}
