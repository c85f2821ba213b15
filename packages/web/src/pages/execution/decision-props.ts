// What every form of a decision is given.
import type { WireStepExecution } from "@dd0c/protocol/http";

export interface DecisionProps {
  readonly executionId: string;
  readonly step: WireStepExecution;
  /** Why nothing may be decided now; null when it may. */
  readonly refusal: string | null;
}
