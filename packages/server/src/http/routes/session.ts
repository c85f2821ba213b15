// Handlers for who is signed in, the first page's questions and the tenant's policy.
import { layerOfRecord } from "@dd0c/core";
import { deedOf } from "../../app/audit-draft.ts";
import { completeSetup } from "../../app/complete-setup.ts";
import type { AppContext } from "../../app/context.ts";
import { readSettings, type Settings, updateSettings } from "../../app/update-settings.ts";
import { isSetupDone, readTenant } from "../../db/index.ts";
import type { Caller } from "../../identity/caller.ts";
import { version } from "../../version.ts";
import type { Handlers } from "../call.ts";
import { wireEffectivePolicy, wirePolicyValues } from "../wire/policy.ts";

type SessionHandlers = Pick<Handlers, "getSession" | "signOut" | "setup" | "getSettings" | "updateSettings">;

/** The bundled demo, where this server has it. */
export interface DemoInfo {
  readonly serviceUrl: string;
  readonly agentCeilingNote: string;
}

const wireSettings = ({ own, effective, updatedAt }: Settings) => ({
  ...wirePolicyValues(own),
  effective: wireEffectivePolicy(effective),
  updated_at: updatedAt?.toISOString() ?? null,
});

export function sessionHandlers(app: AppContext, demo: DemoInfo | null): SessionHandlers {
  const show = (caller: Caller) =>
    app.db.withTenant(caller.tenantId, async (tx) => ({
      user: { id: caller.userId, name: caller.name, email: caller.email },
      tenant: { id: caller.tenantId, name: (await readTenant(tx))?.name ?? "" },
      role: caller.role,
      setup_needed: !(await isSetupDone(tx)),
      demo: demo === null ? null : { service_url: demo.serviceUrl, agent_ceiling_note: demo.agentCeilingNote },
      version,
    }));

  return {
    getSession: async ({ caller }) => show(caller),

    signOut: async ({ caller, cookie, setHeader }) => {
      if (caller.via === "web") for (const cleared of await app.identity.signOut(cookie)) setHeader("set-cookie", cleared);
      return undefined;
    },

    setup: async ({ caller, body }) => {
      await completeSetup(app, deedOf(caller, app.clock.now()), {
        governanceMode: body.governance_mode,
        demoTrustLevel: body.demo_trust_level as 0 | 1 | 2,
      });
      return show(caller);
    },

    getSettings: async ({ caller }) => wireSettings(await app.db.readTenant(caller.tenantId, (tx) => readSettings(app, tx))),

    updateSettings: async ({ caller, body }) => {
      const { reason, ...change } = body;
      const deed = deedOf(caller, app.clock.now());
      const layer = layerOfRecord(change);
      return wireSettings(await app.db.withTenant(caller.tenantId, (tx) => updateSettings(app, tx, deed, layer, reason ?? null)));
    },
  };
}
