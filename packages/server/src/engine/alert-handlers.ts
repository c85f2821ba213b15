// Endpoints of alerts: lists and one alert, the start of what is offered for it, its dismissal, and people's own word about what belongs to what.
import { AppError, type MappingCriteria } from "@dd0c/core";
import type { CallAnswer, WireAlertMapping } from "@dd0c/protocol/http";
import { auditDraft, deedOf } from "../app/audit-draft.ts";
import type { EngineHandlers } from "../app/engine-part.ts";
import { pageAlerts, viewAlert } from "../app/read-alerts.ts";
import { memberNames } from "../app/read-runbooks.ts";
import { appendEvents, findAlert, findRunbook, insertMapping, listMappings, removeMapping } from "../db/index.ts";
import { wireAlert, wireAlertSummary, wireMapping } from "../http/wire/alerts.ts";
import { askResolve } from "../closing/ask-resolve.ts";
import type { Caller } from "../identity/caller.ts";
import { alertContext } from "../webhooks/post-offers.ts";
import { dismissOffer } from "../webhooks/settle-offer.ts";
import { askerOf } from "./asker-of.ts";
import { type EngineContext, recordTopic } from "./engine-context.ts";
import { snapshot } from "./read-execution.ts";
import { startExecution } from "./start-execution.ts";

type AlertHandlers = Pick<
  EngineHandlers,
  | "listAlerts"
  | "getAlert"
  | "startAlert"
  | "dismissAlert"
  | "resolveAlert"
  | "listAlertMappings"
  | "createAlertMapping"
  | "removeAlertMapping"
>;

/** Enough for a team, few enough to look at for every alert. */
const maxMappings = 500;

const statedCriteria = ({ labels, ...fields }: WireAlertMapping["criteria"]): MappingCriteria => ({
  ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  ...(labels === undefined ? {} : { labels }),
});

const saysNothing = ({ labels, ...fields }: MappingCriteria): boolean =>
  Object.keys(fields).length + Object.keys(labels ?? {}).length === 0;

export interface AlertStart {
  readonly runbookId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly overrides?: Readonly<Record<string, string>> | undefined;
  readonly besideLiveRun?: boolean | undefined;
}

/**
 * Starts a runbook for an alert with what the alert says; without `runbookId` the best match. A run that waits for it is the one that starts.
 * Errors: NOT_FOUND, RUNBOOK_NOT_FOUND (nothing matches and none is named), and those of startExecution.
 */
export async function startForAlert(
  engine: EngineContext,
  caller: Parameters<typeof startExecution>[1],
  alertId: string,
  start: AlertStart,
) {
  const record = await engine.db.withTenant(caller.tenantId, (tx) => findAlert(tx, alertId));
  if (record === undefined) throw new AppError("NOT_FOUND");
  const runbookId = start.runbookId ?? record.matches[0]?.runbookId;
  if (runbookId === undefined) throw new AppError("RUNBOOK_NOT_FOUND", "No runbook matches this alert: name the one to start.");
  return startExecution(engine, caller, {
    runbookId,
    agentId: start.agentId,
    triggerSource: "alert_webhook",
    alertContext: alertContext(record.id, record.alert),
    alert: record.alert,
    overrides: start.overrides,
    besideLiveRun: start.besideLiveRun ?? true,
  });
}

export function alertHandlers(engine: EngineContext): AlertHandlers {
  const shown = (caller: Caller, id: string): Promise<CallAnswer<"getAlert">> =>
    engine.db.readTenant(caller.tenantId, async (tx) => wireAlert(await viewAlert(tx, id, engine.clock.now()), await memberNames(tx)));
  return {
    listAlerts: ({ caller, query }) =>
      engine.db.readTenant(caller.tenantId, async (tx) => {
        const page = await pageAlerts(tx, {
          limit: query.limit,
          cursor: query.cursor,
          service: query.service,
          offer: query.offer,
          statuses: query.status === undefined ? undefined : [query.status],
          matchStates: query.match === undefined ? undefined : [query.match],
        });
        return { items: page.items.map(wireAlertSummary), next_cursor: page.nextCursor };
      }),
    getAlert: ({ caller, params }) => shown(caller, params.id),
    startAlert: async ({ caller, params, body }) => {
      const { state, joined } = await startForAlert(engine, askerOf(caller), params.id, {
        runbookId: body.runbook_id,
        agentId: body.agent_id,
        overrides: body.variable_overrides,
        besideLiveRun: body.beside_live_run,
      });
      return { ...(await snapshot(engine, caller.tenantId, state.id)), joined };
    },
    dismissAlert: async ({ caller, params, body }) => {
      await dismissOffer(engine, askerOf(caller), params.id, body.reason ?? null);
      return shown(caller, params.id);
    },
    resolveAlert: async ({ caller, params }) => {
      await askResolve(engine, deedOf(caller, engine.clock.now()), params.id);
      engine.bus.publish(recordTopic, "");
      return shown(caller, params.id);
    },

    listAlertMappings: ({ caller }) =>
      engine.db.readTenant(caller.tenantId, async (tx) => {
        const names = await memberNames(tx);
        const items = [];
        for (const mapping of await listMappings(tx))
          items.push(wireMapping(mapping, (await findRunbook(tx, mapping.runbookId))?.title ?? "", names));
        return { items };
      }),
    createAlertMapping: ({ caller, body }) =>
      engine.db.withTenant(caller.tenantId, async (tx) => {
        const runbook = await findRunbook(tx, body.runbook_id);
        if (runbook === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
        const criteria = statedCriteria(body.criteria);
        if (saysNothing(criteria))
          throw new AppError("VALIDATION_FAILED", "Say what an alert must have: a mapping without criteria would take every alert.");
        if ((await listMappings(tx)).length >= maxMappings)
          throw new AppError("PLAN_LIMIT_REACHED", `There are ${maxMappings} mappings already: take one back first.`);
        const nowMs = engine.clock.now();
        const made = { id: engine.newId(), runbookId: runbook.id, criteria, createdBy: caller.userId, createdAt: new Date(nowMs) };
        await insertMapping(tx, made);
        await appendEvents(tx, [auditDraft(deedOf(caller, nowMs), "alert_mapping.created", { mapping_id: made.id, criteria }, runbook.id)]);
        return wireMapping(made, runbook.title, await memberNames(tx));
      }),
    removeAlertMapping: ({ caller, params }) =>
      engine.db.withTenant(caller.tenantId, async (tx) => {
        const runbookId = await removeMapping(tx, params.id);
        if (runbookId === undefined) throw new AppError("NOT_FOUND");
        await appendEvents(tx, [
          auditDraft(deedOf(caller, engine.clock.now()), "alert_mapping.removed", { mapping_id: params.id }, runbookId),
        ]);
        return undefined;
      }),
  };
}
