// Handlers for integrations: a secret leaves once, in the answer that made it. Trying a mapping stores nothing.
import { type AlertMap, alertFields, invariant, mappedFields, mapProblems, normaliseDelivery } from "@dd0c/core";
import type { WireAlertMap } from "@dd0c/protocol/http";
import { deedOf } from "../../app/audit-draft.ts";
import { type ClosingApp, setClosing, turnClosingOff } from "../../app/closing-settings.ts";
import {
  changeIntegration,
  createIntegration,
  endIntegration,
  type IntegrationView,
  rotateSecret,
  viewIntegrations,
} from "../../app/integrations.ts";
import type { AppContext } from "../../app/context.ts";
import { memberNames } from "../../app/read-runbooks.ts";
import type { Caller } from "../../identity/caller.ts";
import type { Handlers } from "../call.ts";
import { wireIntegration } from "../wire/alerts.ts";

type IntegrationHandlers = Pick<
  Handlers,
  | "listIntegrations"
  | "createIntegration"
  | "updateIntegration"
  | "rotateIntegrationSecret"
  | "revokeIntegration"
  | "setClosing"
  | "removeClosing"
  | "tryAlertMap"
>;

/** Fields that we do not have are left out and said to be wrong by the check. */
const readMap = ({ each, fields, labels }: WireAlertMap): AlertMap => ({
  each,
  fields: Object.fromEntries(mappedFields.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]))),
  labels,
});

const unknownFields = ({ fields }: WireAlertMap) =>
  Object.keys(fields)
    .filter((name) => !(mappedFields as readonly string[]).includes(name))
    .map((field) => ({ field, problem: `An alert has no such field. Fields: ${mappedFields.join(", ")}.` }));

const parsed = (sample: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } => {
  try {
    return { ok: true, value: JSON.parse(sample) };
  } catch {
    return { ok: false };
  }
};

function tryMap(wire: WireAlertMap | null, sample: string) {
  const nothing = { problem: null, field_problems: [], truncated: 0, alerts: [] };
  const map = wire === null ? null : readMap(wire);
  const problems = wire === null || map === null ? [] : [...unknownFields(wire), ...mapProblems(map)];
  if (problems.length > 0) return { ...nothing, problem: "The mapping cannot be used.", field_problems: problems };
  const body = parsed(sample);
  if (!body.ok) return { ...nothing, problem: "The sample is not valid JSON." };
  const { alerts, problem, truncated } = normaliseDelivery("generic", body.value, map);
  return {
    ...nothing,
    problem,
    truncated,
    alerts: alerts.slice(0, 20).map((alert) => ({
      change: alert.change,
      alert_id: alert.episodeKey,
      title: alert.facts.title,
      severity: alert.facts.severity,
      fields: { ...alertFields(alert), ...(alert.facts.runbookUrl === null ? {} : { runbook_url: alert.facts.runbookUrl }) },
      labels: { ...alert.facts.labels },
    })),
  };
}

export function integrationHandlers(app: AppContext, own: Pick<ClosingApp, "seal" | "allowedHosts">): IntegrationHandlers {
  const integrations: ClosingApp = { db: app.db, newId: app.newId, ...own };
  const now = (): number => app.clock.now();
  const wired = async (caller: Caller, views: readonly IntegrationView[]) => {
    const names = await app.db.readTenant(caller.tenantId, memberNames);
    return views.map((view) => wireIntegration(view, names));
  };
  const wiredOne = async (caller: Caller, view: IntegrationView) => {
    const [one] = await wired(caller, [view]);
    invariant(one !== undefined, "one view in, one out");
    return one;
  };
  return {
    listIntegrations: async ({ caller }) => ({
      items: await wired(caller, await app.db.readTenant(caller.tenantId, (tx) => viewIntegrations(tx, new Date(now())))),
    }),
    createIntegration: async ({ caller, body }) => {
      const { kind, name, secret, alert_map: map } = body;
      const made = await createIntegration(integrations, deedOf(caller, now()), {
        kind,
        name,
        secret,
        alertMap: map == null ? null : readMap(map),
      });
      return { ...(await wiredOne(caller, made)), secret: made.secret };
    },
    updateIntegration: async ({ caller, params, body: { name, alert_map: map } }) =>
      wiredOne(
        caller,
        await changeIntegration(integrations, deedOf(caller, now()), params.id, {
          ...(name === undefined ? {} : { name }),
          ...(map === undefined ? {} : { alertMap: map === null ? null : readMap(map) }),
        }),
      ),
    rotateIntegrationSecret: async ({ caller, params, body }) => {
      const options = { overlapHours: body.overlap_hours, given: body.secret };
      const made = await rotateSecret(integrations, deedOf(caller, now()), params.id, options);
      return { ...(await wiredOne(caller, made)), secret: made.secret };
    },
    revokeIntegration: async ({ caller, params }) => {
      await endIntegration(integrations, deedOf(caller, now()), params.id);
      return undefined;
    },
    setClosing: async ({ caller, params, body }) =>
      wiredOne(
        caller,
        await setClosing(integrations, deedOf(caller, now()), params.id, {
          addsNote: body.note,
          resolves: body.resolve,
          apiUrl: body.api_url,
          actsAs: body.acts_as,
          token: body.token,
        }),
      ),
    removeClosing: async ({ caller, params }) => {
      await turnClosingOff(integrations, deedOf(caller, now()), params.id);
      return undefined;
    },
    tryAlertMap: async ({ body }) => tryMap(body.alert_map, body.sample),
  };
}
