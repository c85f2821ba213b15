// A tenant with an agent and a runbook, and states of an execution, for tests of stores. Complete by type, small by content.
import { randomUUID } from "node:crypto";
import type { Classification, ExecutionState, ParsedRunbook, StepState } from "@dd0c/core";
import type { OpenDatabase } from "../src/db/open-database.ts";
import { upsertAgent } from "../src/db/stores/agent-store.ts";
import { insertRunbook, insertVersion, type VersionRecord } from "../src/db/stores/runbook-store.ts";
import { insertSteps, type StepRecord } from "../src/db/stores/step-store.ts";
import { insertMember, insertTenant } from "../src/db/stores/tenant-store.ts";

export type SampleTenant = { tenantId: string; agentId: string; runbookId: string; versionId: string };

export const sampleClassification: Classification = {
  risk: "safe",
  mergeRule: "rule_3_both_agree_safe",
  scanner: { risk: "safe", ruleIds: ["df"], patternVersion: "p1" },
  answers: [{ advisor: "intent", version: "1", model: null, promptHash: null, opinion: null, absence: "none" }],
  classifierVersion: "c1",
};

export function sampleStepRecord(changes: Partial<StepRecord> = {}): StepRecord {
  return {
    id: randomUUID(),
    stepId: randomUUID(),
    order: 1,
    sub: 0,
    label: "1",
    kind: "command",
    section: null,
    description: "look at the disk",
    command: "df -h",
    expectedOutput: null,
    rollbackCommand: null,
    timeoutMs: null,
    line: 3,
    endLine: 3,
    variables: [],
    classification: sampleClassification,
    ...changes,
  };
}

export function sampleVersion(runbookId: string, changes: Partial<VersionRecord> = {}): VersionRecord {
  const parsed: ParsedRunbook = {
    title: "Disk",
    source_type: "markdown",
    parser_version: "1",
    steps: [],
    variables: [],
    prerequisites: [],
    branches: [],
    ambiguities: [],
    rollback: [],
    mentions: [],
    warnings: [],
  };
  return {
    id: randomUUID(),
    runbookId,
    version: 1,
    sourceType: "markdown",
    rawText: "# Disk\n\n1. `df -h`\n",
    rawTextHash: "a".repeat(64),
    parsed,
    answers: [],
    parserVersion: "1",
    parseDurationMs: 0.5,
    llmModel: null,
    changeSource: "manual",
    createdBy: { type: "user", id: "u", via: "web" },
    createdAt: new Date("2026-03-01T00:00:00Z"),
    ...changes,
  };
}

/** Tenant, admin member, agent, and a runbook with one version of one step. */
export async function insertSampleTenant(db: OpenDatabase): Promise<SampleTenant> {
  const tenantId = randomUUID();
  await db.withSystem("create-tenant", async (tx) => {
    await insertTenant(tx, { id: tenantId, name: "Sample", slug: tenantId });
    await insertMember(tx, tenantId, { userId: "u", role: "admin", name: "Una", email: "una@example.org" });
  });
  return fillSampleTenant(db, tenantId);
}

/** Agent and runbook for a tenant that is there already. */
export async function fillSampleTenant(db: OpenDatabase, tenantId: string): Promise<SampleTenant> {
  const sample = { tenantId, agentId: randomUUID(), runbookId: randomUUID(), versionId: randomUUID() };
  await db.withTenant(tenantId, async (tx) => {
    const [id, at] = [sample.runbookId, new Date("2026-03-01T00:00:00Z")];
    await upsertAgent(tx, { id: sample.agentId, name: "agent", version: "0.1.0" });
    await insertRunbook(tx, { id, title: "Disk", serviceTag: "disk", teamTag: null, trustLevel: 0, governanceOverride: null }, at);
    await insertVersion(tx, sampleVersion(id, { id: sample.versionId }));
    await insertSteps(tx, sample.versionId, [sampleStepRecord()], at);
  });
  return sample;
}

export function sampleStep(changes: Partial<StepState> = {}): StepState {
  return {
    stepExecutionId: randomUUID(),
    stepId: randomUUID(),
    order: 1,
    sub: 0,
    label: "1",
    origin: "runbook",
    parentStepExecutionId: null,
    kind: "command",
    description: "look",
    command: "df -h",
    expectedOutput: null,
    rollbackCommand: null,
    templateRisk: "safe",
    templateHash: "b".repeat(64),
    timeoutMs: null,
    status: "pending",
    attempt: 0,
    prepared: null,
    gate: null,
    gateInputs: null,
    grant: null,
    approvalNote: null,
    wasModified: false,
    originalCommand: null,
    notAfterMs: null,
    requestedAtMs: null,
    startedAtMs: null,
    completedAtMs: null,
    result: null,
    refusal: null,
    note: null,
    ...changes,
  };
}

export function sampleExecution(tenant: SampleTenant, changes: Partial<ExecutionState> = {}): ExecutionState {
  return {
    id: randomUUID(),
    tenantId: tenant.tenantId,
    runbookId: tenant.runbookId,
    versionId: tenant.versionId,
    agentId: null,
    agentName: null,
    triggerSource: "api_call",
    alertId: null,
    status: "pending",
    pause: null,
    trustLevel: null,
    triggeredBy: "u",
    variables: [],
    requiredVariables: [],
    checklist: [],
    checklistConfirmed: [],
    lastHumanId: null,
    inChargeId: null,
    joinedIds: [],
    stall: null,
    branches: [],
    laterVariables: [],
    declared: [],
    steps: [sampleStep()],
    badRun: false,
    createdAtMs: Date.parse("2026-03-02T00:00:00Z"),
    startedAtMs: null,
    completedAtMs: null,
    version: 1,
    ...changes,
  };
}
