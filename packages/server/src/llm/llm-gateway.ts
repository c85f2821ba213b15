// The language model as the use cases see it: a further advisor that may raise a risk and ask questions. Interface only.
// Nothing here rejects. A model that is off or retired counts as not configured; one that is on and silent leaves its key unturned.
import type { AdvisorAnswer, ModelFindings, ParsedRunbook, StepContext } from "@dd0c/core";
import type { ClassifiedLine } from "../app/classified-runbook.ts";
import type { TenantTx } from "../db/index.ts";

export type ModelState = "not_configured" | "off" | "retired" | "on";

export interface ModelStatus {
  readonly state: ModelState;
  readonly provider: string | null;
  /** The model that this tenant's questions go to. */
  readonly model: string | null;
}

export interface ModelReview extends ModelStatus {
  /** SHA-256 of the prompt; null where nothing was asked. */
  readonly promptHash: string | null;
  readonly findings: ModelFindings;
  /** For people: why there is nothing; null where the model answered or is not on. */
  readonly note: string | null;
}

export interface LlmGateway {
  /** Whether the installation has a provider at all. */
  readonly configured: boolean;
  readonly describe: (tenantId: string) => Promise<ModelStatus>;
  /** One answer per context, in order, within the budget; empty where the model counts as not configured. */
  readonly classify: (tenantId: string, contexts: readonly StepContext[], signal?: AbortSignal) => Promise<readonly AdvisorAnswer[]>;
  /** As `classify` from what is stored, without asking: for texts inside a transaction, which is the caller's. Rejects only with it. */
  readonly recall: (tx: TenantTx, contexts: readonly StepContext[]) => Promise<readonly AdvisorAnswer[]>;
  /** What the model would ask the author; within the budget. */
  readonly review: (tenantId: string, rawText: string, parsed: ParsedRunbook, signal?: AbortSignal) => Promise<ModelReview>;
  /** Notes what the model called safe and the scanner dangerous; too much of it retires the model for the tenant. */
  readonly compare: (tenantId: string, lines: readonly Pick<ClassifiedLine, "command" | "classification">[]) => Promise<void>;
}

/** The name under which the model stands among the advisors. */
export const modelAdvisor = "model";
