// The engine's endpoints: each turns a checked call into one command of the caller and answers with the snapshot after it.
import type { StepContext, VariableValue } from "@dd0c/core";
import { AppError, unlistedDescription } from "@dd0c/core";
import { unknownSeen } from "@dd0c/scanner";
import { deedOf } from "../app/audit-draft.ts";
import type { EngineHandlers } from "../app/engine-part.ts";
import { memberNames } from "../app/read-runbooks.ts";
import { listExecutions, readExecution, recordUnknownCommands } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import type { AgentPresence } from "../ports.ts";
import { alertHandlers } from "./alert-handlers.ts";
import { askerOf } from "./asker-of.ts";
import type { EngineContext } from "./engine-context.ts";
import { panicByWebhook } from "./panic-webhook.ts";
import { panicOff, panicOn, panicState } from "./panic.ts";
import { leavePartyMode, partyModeState } from "./party-mode.ts";
import { loadMaterial, prepareTyped, sectionOf, typedContext } from "./prepare-execution.ts";
import { snapshot, stepOutput } from "./read-execution.ts";
import { askExecution, type BuildAsks, one } from "./run-command.ts";
import { runHandlers } from "./run-handlers.ts";
import { startExecution } from "./start-execution.ts";
import { stillMember } from "./still-member.ts";
import { watchExecution } from "./watch-execution.ts";
import { wireSummary } from "./wire-execution.ts";

/** The new text is rendered under the lock, as the next attempt of the step as it is then. */
const modify =
  (engine: EngineContext, stepExecutionId: string, text: string, note: string | null): BuildAsks =>
  async ({ state, tx, material }) => {
    const step = state.steps.find((each) => each.stepExecutionId === stepExecutionId);
    if (step === undefined) throw new AppError("STEP_NOT_FOUND");
    const context = typedContext(step, text, sectionOf(await material(), step));
    const prepared = await prepareTyped(engine.scanner, state, step, context, (contexts) => engine.llm.recall(tx, contexts));
    await recordUnknownCommands(tx, unknownSeen(prepared), new Date(engine.clock.now()));
    return [{ command: { type: "modify", stepExecutionId, note }, prepared }];
  };

/** Asks the language model about a text before the decision about it, which must not wait. Without an answer its key stays unturned. */
async function askModel(
  engine: EngineContext,
  tenantId: string,
  executionId: string,
  stepExecutionId: string,
  text: string,
): Promise<void> {
  if (!engine.llm.configured) return;
  const context = await engine.db.withTenant(tenantId, async (tx) => {
    const state = await readExecution(tx, executionId);
    const step = state?.steps.find((each) => each.stepExecutionId === stepExecutionId);
    if (state === undefined || step === undefined) return undefined;
    return typedContext(step, text, sectionOf(await loadMaterial(tx, state.versionId), step));
  });
  if (context !== undefined) await engine.llm.classify(tenantId, [context]);
}

/** A text that a person typed between two steps, as advisors see it. */
const unlistedContext = (command: string, reason: string | null): StepContext => ({
  command,
  description: reason ?? unlistedDescription,
  section: null,
  neighbours: [],
});

const asList = (confirmation: string | readonly string[] | undefined): readonly string[] =>
  confirmation === undefined ? [] : typeof confirmation === "string" ? [confirmation] : confirmation;

/** Other systems send what they send. */
const saidReason = (body: unknown): string | undefined =>
  typeof body === "object" && body !== null && "reason" in body && typeof body.reason === "string" ? body.reason : undefined;

export function engineHandlers(engine: EngineContext, presence: AgentPresence): EngineHandlers {
  const ask = async (caller: Caller, executionId: string, build: BuildAsks) => {
    await askExecution(engine, executionId, askerOf(caller), build);
    return snapshot(engine, caller.tenantId, executionId);
  };
  const panicOf = (caller: Caller) => panicState(engine, presence, caller.tenantId);
  const goOn = (caller: Caller, id: string, note: string | null, from?: string) =>
    ask(caller, id, one({ type: "resume", note, ...(from === undefined ? {} : { from }) }));

  return {
    startExecution: async ({ caller, body }) => {
      const started = await startExecution(engine, askerOf(caller), {
        runbookId: body.runbook_id,
        agentId: body.agent_id,
        triggerSource: body.trigger_source,
        alertContext: body.alert_context,
        overrides: body.variable_overrides,
        besideLiveRun: body.beside_live_run ?? true,
      });
      return { ...(await snapshot(engine, caller.tenantId, started.state.id)), joined: started.joined };
    },

    listExecutions: async ({ caller, query }) =>
      engine.db.readTenant(caller.tenantId, async (tx) => {
        const statuses = query.status === undefined ? undefined : [query.status];
        const page = await listExecutions(tx, { limit: query.limit, cursor: query.cursor, runbookId: query.runbook_id, statuses });
        const names = await memberNames(tx);
        return { items: page.items.map((listing) => wireSummary(listing, names, null)), next_cursor: page.nextCursor };
      }),

    getExecution: ({ caller, params }) => snapshot(engine, caller.tenantId, params.id),
    getExecutionSteps: async ({ caller, params }) => ({ items: (await snapshot(engine, caller.tenantId, params.id)).steps }),
    watchExecution: async ({ caller, params, signal }) => {
      // A run that does not exist is refused before the stream begins.
      await snapshot(engine, caller.tenantId, params.id);
      return watchExecution(engine, { tenantId: caller.tenantId, executionId: params.id, mayWatch: stillMember(engine, caller) }, signal);
    },
    getStepOutput: ({ caller, params }) => stepOutput(engine, caller.tenantId, params.id, params.sid),

    confirmPreflight: ({ caller, params, body }) => {
      const variables = Object.entries(body.variables).map(([name, value]): VariableValue => ({ name, value, source: "manual" }));
      return ask(caller, params.id, one({ type: "confirm-preflight", variables, checklist: body.confirmed }));
    },
    approveStep: ({ caller, params, body }) =>
      ask(
        caller,
        params.id,
        one({
          type: "approve",
          stepExecutionId: params.sid,
          digest: body.digest,
          confirmation: asList(body.confirmation),
          note: body.note ?? null,
          acknowledgedNoRollback: body.acknowledge_no_rollback ?? false,
          ...(body.attempt === undefined ? {} : { attempt: body.attempt }),
        }),
      ),
    lookStep: ({ caller, params, body }) =>
      ask(caller, params.id, one({ type: "look", stepExecutionId: params.sid, digest: body.digest, lookDigests: body.digests })),
    modifyStep: async ({ caller, params, body }) => {
      await askModel(engine, caller.tenantId, params.id, params.sid, body.command);
      return ask(caller, params.id, modify(engine, params.sid, body.command, body.reason ?? null));
    },
    skipStep: ({ caller, params, body }) =>
      ask(caller, params.id, one({ type: "skip", stepExecutionId: params.sid, reason: body.reason ?? null })),
    reportStep: ({ caller, params, body }) =>
      ask(
        caller,
        params.id,
        one({
          type: "report",
          stepExecutionId: params.sid,
          outcome: body.outcome === "done" ? "succeeded" : "failed",
          note: body.note ?? null,
        }),
      ),
    rollbackStep: ({ caller, params }) =>
      ask(caller, params.id, one({ type: "rollback", stepExecutionId: params.sid, newStepExecutionId: engine.newId() })),
    unwindExecution: ({ caller, params }) =>
      ask(caller, params.id, ({ state }) => [{ command: { type: "unwind", newStepExecutionIds: state.steps.map(() => engine.newId()) } }]),
    retryStep: ({ caller, params, body }) =>
      ask(
        caller,
        params.id,
        one({
          type: "retry",
          stepExecutionId: params.sid,
          newStepExecutionId: engine.newId(),
          note: body.note ?? null,
          acknowledgedUnknownOutcome: body.may_run_twice ?? false,
        }),
      ),
    runUnlisted: async ({ caller, params, body }) => {
      const reason = body.reason ?? null;
      if (engine.llm.configured) await engine.llm.classify(caller.tenantId, [unlistedContext(body.command, reason)]);
      return ask(caller, params.id, one({ type: "run-unlisted", command: body.command, reason, newStepExecutionId: engine.newId() }));
    },
    continueStep: ({ caller, params, body }) => goOn(caller, params.id, body.reason ?? null),
    resumeExecution: ({ caller, params, body }) => goOn(caller, params.id, body.reason ?? null, body.from_step),
    ...runHandlers(engine, ask),
    ...alertHandlers(engine),
    abortExecution: ({ caller, params, body }) =>
      ask(caller, params.id, one({ type: "abort", reason: body.reason ?? null, terminate: body.terminate ?? false })),

    getPanic: ({ caller }) => panicOf(caller),
    panicOn: async ({ caller, body }) => {
      await panicOn(engine, deedOf(caller, engine.clock.now()), body.reason);
      return panicOf(caller);
    },
    panicOff: async ({ caller, body }) => {
      await panicOff(engine, deedOf(caller, engine.clock.now()), body.reason);
      return panicOf(caller);
    },
    panicByWebhook: ({ params, bearer, body, sourceIp }) =>
      panicByWebhook(engine, { webhookId: params.id, secret: bearer, reason: saidReason(body), sourceIp }),

    getPartyMode: ({ caller }) => partyModeState(engine, caller.tenantId),
    leavePartyMode: async ({ caller, body }) => {
      await leavePartyMode(engine, deedOf(caller, engine.clock.now()), body.reason);
      return partyModeState(engine, caller.tenantId);
    },
  };
}
