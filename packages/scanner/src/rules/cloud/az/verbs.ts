// The last word of an az command -> what it does. Whole words first, then the part before the first dash (`list-keys`, `add-record`).
// A word that is no verb here is taken for a group. Commands whose name misleads are in named.ts.

/** What a command does to the subscription, or to this machine (`local`). */
export type Effect = "read" | "secret" | "wait" | "create" | "alter" | "send" | "start" | "restart" | "local" | "issue" | "destroy";

const whole: readonly (readonly [effect: Effect, words: string])[] = [
  [
    "read",
    "show list get exists check stats query version summarize peek search what-if validate url preview history available-operations",
  ],
  ["secret", "list-keys list-key show-keys list-secrets show-secret list-secret get-secrets list-auth-key list-auth-keys list-api-key"],
  ["secret", "list-connection-strings list-connection-string list-admin-keys list-query-keys get-access-token get-shared-keys"],
  ["secret", "list-publishing-profiles list-publishing-credentials get-credential list-credential list-credentials connection-string"],
  ["wait", "wait"],
  ["create", "create add copy clone register issue provision import new undelete recover"],
  ["alter", "update set edit patch attach detach assign unassign associate disassociate enable enroll move rename resize scale swap"],
  ["alter", "apply configure config-zip unlink unlock replace sync rotate activate approve reject accept join renew extend"],
  [
    "alter",
    "deploy publish open-port up migrate convert merge grant on unset add-record failback set-permission refresh allocate deallocate",
  ],
  ["send", "upload upload-batch insert put send write import-batch push post invoke submit"],
  ["start", "start stop run execute pause resume suspend trigger sync-now check-in begin test capture backup export"],
  [
    "start",
    "acquire assess install-patches evaluate troubleshoot profile-start rollback retry redeploy restore prepare connect browse proxy",
  ],
  ["start", "perform perform-maintenance login logout exec interactive ssh"],
  ["restart", "restart reboot"],
  ["local", "download download-batch get-credentials install configure-docker scaffold init pull decompile"],
  ["issue", "generate-sas generate-user-delegation-sas generate-sas-token grant-access get-sas-uri create-for-rbac"],
  ["destroy", "regenerate-key regenerate-keys regenerate reset-credentials renew-key renew-keys"],
  ["destroy", "delete purge remove reset failover terminate disable cancel abort kill revoke unregister deregister upgrade uninstall"],
  [
    "destroy",
    "delete-batch undeploy evict expire clear flush force-reboot promote reimage generalize reset-to drain drop destroy deactivate",
  ],
  ["destroy", "abandon complete disconnect break wipe dismiss stop-replication decommission simulate-eviction delete-instances"],
  ["destroy", "failover-priority-change reset-service-principal rotate-certs off unpublish forget leave off-board revert"],
];

const beginnings: readonly (readonly [effect: Effect, words: string])[] = [
  ["read", "list show get check query validate count search view find is has summarize"],
  ["wait", "wait"],
  ["create", "create add clone register import new copy provision generate"],
  [
    "alter",
    "update set edit patch enable attach assign associate configure move rename resize scale apply change unset modify upsert replace",
  ],
  ["send", "upload send insert submit invoke publish push post"],
  [
    "start",
    "start stop run execute pause resume suspend trigger export restore test begin capture evaluate migrate deploy install convert",
  ],
  ["restart", "restart reboot"],
  ["local", "download"],
  [
    "destroy",
    "delete purge remove reset failover terminate disable cancel abort kill revoke unregister deregister upgrade uninstall undeploy clear flush drop " +
      "regenerate rotate force promote detach disassociate unassign stop-all wipe simulate",
  ],
];

function tableOf(rows: readonly (readonly [effect: Effect, words: string])[]): ReadonlyMap<string, Effect> {
  return new Map(rows.flatMap(([effect, words]) => words.split(" ").map((word): [string, Effect] => [word, effect])));
}

/** Reads of what opens something. */
const secretNoun = /^(list|show|get)-(.*-)?(keys?|secrets?|credentials?|tokens?|passwords?|connection-strings)$/;

const byWord = tableOf(whole);
const byBeginning = tableOf(beginnings);

/** What the command does by its name; undefined for a word that is no verb. */
export function effectOf(word: string): Effect | undefined {
  const known = byWord.get(word);
  if (known !== undefined) return known;
  if (word.endsWith("kubeconfig")) return "local";
  if (word.length < 60 && secretNoun.test(word)) return "secret";
  const end = word.indexOf("-");
  return end < 0 ? undefined : byBeginning.get(word.slice(0, end));
}
