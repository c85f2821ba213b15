// A runbook as it is now and what is known about the cause go in, a run that waits for its start comes out: one row per command, values from the
// alert or the caller. Nothing is written here and no agent is chosen.
import {
  type AlertBeginning,
  AppError,
  branchTemplates,
  createExecution,
  evolve,
  type ExecutionEvent,
  type ExecutionState,
  type InboundAlert,
  type TriggerSource,
  type VariableValue,
  valueFor,
} from "@dd0c/core";
import { findRunbook, findVersion, listSteps, type RunbookRecord, type TenantTx, type VersionRecord } from "../db/index.ts";
import type { Asker } from "./run-command.ts";
import { stepTemplate } from "./step-template.ts";

export interface RunRequest {
  readonly runbookId: string;
  readonly triggerSource: TriggerSource;
  /** What a caller said about the alert; `alert_id` names it. */
  readonly alertContext?: Readonly<Record<string, unknown>> | undefined;
  /** The alert as we took it in: its values count, not those of `alertContext`. */
  readonly alert?: InboundAlert | undefined;
  /** When that alert began. */
  readonly alertBegan?: AlertBeginning | undefined;
  readonly overrides?: Readonly<Record<string, string>> | undefined;
}

export interface CreatedRun {
  readonly runbook: RunbookRecord;
  readonly version: VersionRecord;
  readonly created: ExecutionEvent;
  readonly pending: ExecutionState;
}

const asText = (value: unknown): string | undefined => (typeof value === "string" || typeof value === "number" ? String(value) : undefined);

export const alertOf = (request: Pick<RunRequest, "alertContext">): string | null => asText(request.alertContext?.["alert_id"]) ?? null;

type Variable = VersionRecord["parsed"]["variables"][number];

function fromAlert({ name, source, field }: Variable, { alert, alertContext }: RunRequest): string | undefined {
  if (alert !== undefined) return valueFor(alert, name, field)?.value;
  return source === "alert" && field !== undefined ? asText(alertContext?.[field]) : undefined;
}

/** Values that are known before anybody is asked: what the caller gave, else what the alert says. */
function knownValues(version: VersionRecord, request: RunRequest): readonly VariableValue[] {
  return version.parsed.variables.flatMap((variable): VariableValue[] => {
    if (variable.secret === true) return [];
    const { name } = variable;
    const given = request.overrides?.[name];
    if (given !== undefined) return [{ name, value: given, source: "manual" }];
    const value = fromAlert(variable, request);
    return value === undefined ? [] : [{ name, value, source: "alert" }];
  });
}

export async function findCurrent(tx: TenantTx, runbookId: string): Promise<Pick<CreatedRun, "runbook" | "version">> {
  const runbook = await findRunbook(tx, runbookId);
  const version = runbook === undefined ? undefined : await findVersion(tx, runbook.id, runbook.activeVersion);
  if (runbook === undefined || version === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
  return { runbook, version };
}

/** @throws AppError RUNBOOK_NOT_FOUND */
export async function createRun(newId: () => string, tx: TenantTx, asker: Asker, request: RunRequest, nowMs: number): Promise<CreatedRun> {
  const { runbook, version } = await findCurrent(tx, request.runbookId);
  const steps = await listSteps(tx, version.id);
  const open = version.parsed.variables.filter(({ secret }) => secret !== true);
  const created = createExecution(
    {
      id: newId(),
      tenantId: asker.tenantId,
      runbookId: runbook.id,
      versionId: version.id,
      triggerSource: request.triggerSource,
      alertId: alertOf(request),
      alertBegan: request.alertBegan,
      checklist: version.parsed.prerequisites.map(({ description }, at) => ({ id: `p${at + 1}`, description })),
      requiredVariables: open.filter(({ source }) => source !== "runtime").map(({ name }) => name),
      laterVariables: open.filter(({ source }) => source === "runtime").map(({ name }) => name),
      variables: knownValues(version, request),
      branches: branchTemplates(version.parsed.branches),
      steps: steps.map((step) => stepTemplate(step, version, newId())),
    },
    { actor: asker.actor, nowMs },
  );
  return { runbook, version, created, pending: evolve(null, created) };
}
