// The first word of an AWS operation -> what the operation does. Data and one lookup; operations whose name misleads are in named-reads.ts and named-changes.ts.
// A verb that is not listed is unknown, never a read.

/** What an operation does to the account. */
export type Effect = "read" | "create" | "alter" | "send" | "start" | "restart" | "destroy" | "unknown";

const verbs: readonly (readonly [effect: Effect, words: string])[] = [
  [
    "read",
    "describe list get head lookup search filter scan query simulate validate check estimate preview count select is discover read wait",
  ],
  ["create", "create add allocate register copy import upload provision clone reserve launch instantiate issue replicate request generate"],
  ["create", "initialize prepare build bundle define index compose publish share save install initiate synthesize peer grant"],
  [
    "alter",
    "put update modify set change replace rename move apply configure tag untag associate disassociate dissociate attach detach enable disable",
  ],
  ["alter", "assign unassign enter exit group ungroup label unlabel archive unarchive lock unlock mark merge split swap increase decrease"],
  ["alter", "resize sync synchronize rebalance activate accept reject confirm authorize link unmonitor monitor override replay allow deny"],
  [
    "alter",
    "suspend resume pause continue extend join connect disconnect open close deploy rollback migrate restore rotate regenerate write",
  ],
  [
    "alter",
    "convert exchange reimport renew deprecate undeprecate verify setup return opt optimize transfer invite claim checkout populate",
  ],
  ["alter", "approve amend advertise deliver reverse snooze unsuspend toggle reinvite logout reorder take insert checkpoint"],
  ["send", "send post submit notify respond signal record report resend provide acknowledge complete push meter subscribe vote ingest"],
  ["start", "start run execute invoke schedule begin retry redrive rerank evaluate test refresh resync reload process converse chat"],
  ["start", "stop poll receive manage distribute detect export exclude skip end commit finalize encrypt decrypt sign decline assume"],
  ["restart", "reboot restart"],
  [
    "destroy",
    "delete terminate remove purge destroy deregister unregister revoke drop release cancel reset deactivate abort leave unsubscribe",
  ],
  [
    "destroy",
    "failover promote switchover force wipe flush evict expire retire deprovision withdraw unlink unshare unpeer upgrade discard",
  ],
  [
    "destroy",
    "deauthorize redact shutdown dispose forget purchase undeploy clear uninstall backtrack rebuild invalidate drain dismiss recall",
  ],
];

const effects: ReadonlyMap<string, Effect> = new Map(
  verbs.flatMap(([effect, words]) => words.split(" ").map((word): [string, Effect] => [word, effect])),
);

/** Words in front of the verb that say how many or by whom: batch-get-item, admin-delete-user, transact-get-items. */
const prefix = /^(batch|admin|transact)-/;

/** What the operation does by its verb; `unknown` when the verb is not in the table. */
export function effectOf(operation: string): Effect {
  const name = operation.replace(prefix, "");
  const end = name.indexOf("-");
  return effects.get(end < 0 ? name : name.slice(0, end)) ?? "unknown";
}
