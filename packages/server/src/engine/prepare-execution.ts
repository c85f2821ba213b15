// Renders steps of an execution for the engine: the stored version's templates and variables, the execution's values, fresh scans.
// Pure work of core; this file only brings the rows and loads the SQL parser where a text needs it.
import {
  type AdvisorAnswer,
  type ExecutionState,
  invariant,
  isPlanned,
  prepareStep,
  type PreparedStep,
  type StepContext,
  type StepState,
  textToPrepare,
} from "@dd0c/core";
import { classifyWith } from "../app/classify-command.ts";
import { sha256 } from "../app/context.ts";
import type { ScannerGuard } from "../app/scanner-guard.ts";
import { findVersionById, listSteps, type StepRecord, type TenantTx, type VersionRecord } from "../db/index.ts";

/** The pinned version and its steps. */
export interface Material {
  readonly version: VersionRecord;
  readonly steps: readonly StepRecord[];
}

export async function loadMaterial(tx: TenantTx, versionId: string): Promise<Material> {
  const version = await findVersionById(tx, versionId);
  invariant(version !== undefined, "an execution's version exists");
  return { version, steps: await listSteps(tx, versionId) };
}

const runSettings = (state: ExecutionState) => {
  invariant(state.agentId !== null, "a step is rendered for an agent");
  return { agentId: state.agentId, workingDirectory: null, runAs: null, environment: [], stdinHash: null };
};

const recordOf = (material: Material, step: StepState): StepRecord | undefined =>
  material.steps.find((each) => each.stepId === step.stepId);

/** The next rendering of a step as the runbook has it. @throws AppError PARTY_MODE_ACTIVE */
async function prepareTemplate(
  guard: ScannerGuard,
  state: ExecutionState,
  step: StepState,
  material: Material,
  attempt = step.attempt + 1,
): Promise<PreparedStep> {
  const { command } = step;
  invariant(command !== null, "only commands are rendered");
  const input = {
    stepExecutionId: step.stepExecutionId,
    attempt,
    command,
    rollbackCommand: step.rollbackCommand,
    variables: material.version.parsed.variables,
    values: state.variables,
    // The agent's own store has it; what leaves here is its name.
    secrets: "reference" as const,
    answers: recordOf(material, step)?.classification?.answers ?? [],
    templateRisk: step.templateRisk,
    timeoutMs: step.timeoutMs,
    agentName: state.agentName ?? "",
    run: runSettings(state),
    looked: step.looked,
    isWayBack: step.origin === "rollback",
  };
  return guard.batch(
    [command, ...(step.rollbackCommand === null ? [] : [step.rollbackCommand])],
    "some",
    () => prepareStep(input, sha256).prepared,
  );
}

/** What a language model said about a text before; nothing is asked inside the transaction of a decision. */
export type Recall = (contexts: readonly StepContext[]) => Promise<readonly AdvisorAnswer[]>;

/** A typed text as advisors see it: asked about before the decision and recalled in it, so both must be the same. */
export const typedContext = (step: StepState, command: string, section: string | null): StepContext => ({
  command,
  description: step.description,
  section,
  neighbours: [],
});

/** The section of the runbook that a step stands in. */
export const sectionOf = (material: Material, step: StepState): string | null => recordOf(material, step)?.section ?? null;

/** The rendering of a text that a human typed: opinions are its own, nothing of the template's counts. @throws AppError PARTY_MODE_ACTIVE */
export async function prepareTyped(
  guard: ScannerGuard,
  state: ExecutionState,
  step: StepState,
  context: StepContext,
  recall: Recall,
): Promise<PreparedStep> {
  const others = await recall([context]);
  return guard.batch([context.command, ...(step.rollbackCommand === null ? [] : [step.rollbackCommand])], "some", (scan) =>
    renderTyped(scan, state, step, context, others),
  );
}

async function renderTyped(
  scan: ScannerGuard["scan"],
  state: ExecutionState,
  step: StepState,
  context: StepContext,
  others: readonly AdvisorAnswer[],
): Promise<PreparedStep> {
  const { classification } = await classifyWith(scan, context, others);
  const input = {
    stepExecutionId: step.stepExecutionId,
    attempt: step.attempt + 1,
    command: context.command,
    rollbackCommand: step.rollbackCommand,
    variables: [],
    values: [],
    answers: classification.answers,
    templateRisk: null,
    timeoutMs: step.timeoutMs,
    agentName: state.agentName ?? "",
    run: runSettings(state),
    looked: step.looked,
    isWayBack: step.origin === "rollback",
  };
  return prepareStep(input, sha256).prepared;
}

/** What comes next for a step: the runbook's text, or the one that a human put in its place. Undefined for manual steps. */
export async function prepareNext(
  guard: ScannerGuard,
  state: ExecutionState,
  step: StepState,
  material: Material,
  recall: Recall,
): Promise<PreparedStep | undefined> {
  const text = textToPrepare(step);
  if (text === null) return undefined;
  if (!text.typed) return prepareTemplate(guard, state, step, material);
  return prepareTyped(guard, state, step, typedContext(step, text.command, sectionOf(material, step)), recall);
}

/** First renderings of all command steps, for the announcement. The same state gives the same renderings. */
export async function prepareAll(guard: ScannerGuard, state: ExecutionState, material: Material): Promise<readonly PreparedStep[]> {
  const prepared: PreparedStep[] = [];
  for (const step of state.steps) {
    if (step.command !== null && isPlanned(step)) prepared.push(await prepareTemplate(guard, state, step, material, 1));
  }
  return prepared;
}
