// Handlers for governance in numbers and the way back from a downgrade.
import { minimumSteps, weekMs } from "@dd0c/core";
import type { WireGovernance } from "@dd0c/protocol/http";
import { deedOf } from "../../app/audit-draft.ts";
import type { AppContext } from "../../app/context.ts";
import { type GovernanceView, readGovernance, recordCounts, restoreGovernance } from "../../app/governance-record.ts";
import type { Handlers } from "../call.ts";

type GovernanceHandlers = Pick<Handlers, "getGovernance" | "restoreGovernance">;

type Notice = NonNullable<GovernanceView["notice"]>;

const shareOf = ({ counts }: Notice) => {
  const { auto_share_percent, steps } = recordCounts(counts);
  return { auto_share_percent, steps };
};

const wireGovernance = (view: GovernanceView): WireGovernance => ({
  last_seven_days: { from: view.from.toISOString(), to: view.to.toISOString(), ...recordCounts(view.lastSevenDays) },
  weeks: view.weeks.map(({ weekStart, counts }) => ({
    from: weekStart.toISOString(),
    to: new Date(weekStart.getTime() + weekMs).toISOString(),
    ...recordCounts(counts),
  })),
  max_auto_share_percent: view.maxAutoSharePercent,
  minimum_steps: minimumSteps,
  notice:
    view.notice === null
      ? null
      : { given_at: view.notice.givenAt.toISOString(), due_at: view.notice.dueAt.toISOString(), ...shareOf(view.notice) },
  downgrade:
    view.downgrade === null ? null : { at: (view.downgrade.settledAt ?? view.downgrade.dueAt).toISOString(), ...shareOf(view.downgrade) },
});

export function governanceHandlers(app: AppContext): GovernanceHandlers {
  return {
    getGovernance: async ({ caller }) =>
      wireGovernance(await app.db.readTenant(caller.tenantId, (tx) => readGovernance(app, tx, app.clock.now()))),

    restoreGovernance: async ({ caller, body }) => {
      const deed = deedOf(caller, app.clock.now());
      await app.db.withTenant(caller.tenantId, (tx) => restoreGovernance(app, tx, deed, body.reason));
      return wireGovernance(await app.db.readTenant(caller.tenantId, (tx) => readGovernance(app, tx, app.clock.now())));
    },
  };
}
