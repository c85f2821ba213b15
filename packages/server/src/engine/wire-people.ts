// Who is in a run, who answers for it, who was told that it stands still, and which other runs are under way beside it.
// In: the state, the tenant's members, other live runs. Out: fields of the contract; members' addresses stay inside.
import { type ExecutionState, hasRole } from "@dd0c/core";
import type { WireExecution } from "@dd0c/protocol/http";
import type { MemberNames } from "../app/read-runbooks.ts";
import type { LiveRun, MemberRecord } from "../db/index.ts";
import { wireActor } from "../http/wire/runbook.ts";

interface PeopleView {
  readonly state: ExecutionState;
  readonly members: readonly MemberRecord[];
  readonly names: MemberNames;
  readonly otherRuns: readonly LiveRun[];
}

type WirePeople = Pick<WireExecution, "in_charge" | "joined_by" | "people" | "escalation" | "other_runs">;

const user = (id: string, names: MemberNames) => wireActor({ type: "user", id, via: "web" }, names);

const person = ({ userId, name, role }: MemberRecord) => ({ id: userId, name, role });

/** Members to whom a run that stands still is escalated: everybody who may approve what is dangerous. */
export const escalatedTo = (members: readonly MemberRecord[]): readonly string[] =>
  members.filter(({ role }) => hasRole([role], "approver")).map(({ userId }) => userId);

export function wirePeople({ state, members, names, otherRuns }: PeopleView): WirePeople {
  const { inChargeId, joinedIds, stall } = state;
  return {
    in_charge: inChargeId === null ? null : user(inChargeId, names),
    joined_by: joinedIds.map((id) => user(id, names)),
    people: members.filter(({ role }) => hasRole([role], "operator")).map(person),
    escalation:
      stall === null
        ? null
        : {
            since: new Date(stall.sinceMs).toISOString(),
            to: members.filter(({ userId }) => stall.escalatedTo.includes(userId)).map(person),
          },
    other_runs: otherRuns.map((run) => ({
      id: run.id,
      runbook_id: run.runbookId,
      runbook_title: run.title,
      status: run.status,
      triggered_by: user(run.triggeredBy, names),
      started_at: run.startedAt.toISOString(),
      same_targets: [...run.targets],
    })),
  };
}
