// A command word of gcloud -> what the command does. Whole words first, then the part before the first dash (`add-tags`, `get-health`).
// A word that is not listed is unknown, never a read. Commands whose name misleads are in named.ts.

/** What a command does to the project, or to this machine (`local`). */
export type Effect = "read" | "wait" | "create" | "alter" | "send" | "start" | "restart" | "local" | "rights" | "destroy" | "remote";

const whole: readonly (readonly [effect: Effect, words: string])[] = [
  ["read", "list describe get get-value read query search lookup lookup-entry version info topic cheat-sheet"],
  ["wait", "wait"],
  ["create", "create clone register copy restore generate bulk-create create-from-manifest fork"],
  ["alter", "update patch set unset edit rename move apply replace resize bind unbind mark deprecate undelete enable tag untag"],
  ["alter", "migrate relocate attach detach associate disassociate lock unlock activate approve reject acquire authorize"],
  ["alter", "update-traffic update-metadata convert rotate reschedule reschedule-maintenance expose unmute mute increase"],
  ["send", "write publish import ingest load upload stage sync insert predict raw-predict explain analyze detect recognize submit-query"],
  [
    "start",
    "start stop run execute submit call trigger pause resume suspend deploy build rerun retry rollback advance begin schedule export",
  ],
  [
    "start",
    "verify validate prepare check-upgrade refresh rebuild reload snapshot backup diagnose ignore advance-rollout test troubleshoot",
  ],
  ["restart", "restart reboot"],
  ["local", "download init install login configure-docker get-credentials feedback activate-service-account"],
  [
    "destroy",
    "delete destroy purge remove reset failover terminate disable cancel drain kill undeploy revoke unregister deregister upgrade",
  ],
  [
    "destroy",
    "abandon evict expire switchover promote finalize truncate seek ack rm mv rmdir flush leave unenroll dismiss invalidate abort",
  ],
  ["destroy", "deactivate demote-master switchback forget unmanage release release-lease recreate"],
  ["rights", "set-policy"],
  ["remote", "ssh scp"],
];

const beginnings: readonly (readonly [effect: Effect, words: string])[] = [
  ["read", "list get describe search analyze lookup query count fetch"],
  ["create", "create clone generate"],
  ["alter", "add update set modify move rename attach detach associate enable mark tag edit resize change bind patch replace unset unlock"],
  ["send", "import publish send upload"],
  ["start", "start stop run export submit resume pause suspend schedule trigger execute"],
  ["restart", "restart"],
  [
    "destroy",
    "remove delete reset promote terminate disable destroy purge abandon recreate cancel invalidate simulate failover drain revoke kill flush perform",
  ],
];

function tableOf(rows: readonly (readonly [effect: Effect, words: string])[]): ReadonlyMap<string, Effect> {
  return new Map(rows.flatMap(([effect, words]) => words.split(" ").map((word): [string, Effect] => [word, effect])));
}

const byWord = tableOf(whole);
const byBeginning = tableOf(beginnings);

/** What the command does; undefined when its name says nothing. */
export function effectOf(word: string): Effect | undefined {
  const known = byWord.get(word);
  if (known !== undefined) return known;
  const end = word.indexOf("-");
  return end < 0 ? undefined : byBeginning.get(word.slice(0, end));
}
