// velero: backups of clusters. describe --details, logs and download make a request object in the cluster, so they are no plain reads.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { clusterClient } from "./cluster-client.ts";
import { freeChange, freeRead, namedTargets, plainOperands, undoneByVerb } from "./cluster-words.ts";

const read = freeRead("reads about backups");
const request = "the request object is deleted by the server";
const describe = freeRead("describes a backup", {
  options: {
    "--details": { arity: "optional", risk: "caution", why: "makes a download request in the cluster", safer: "leave --details out" },
  },
  noInverse: request,
});

const change = (why: string, kind: string, more: Partial<CommandRule>): CommandRule =>
  freeChange(why, { targets: namedTargets(kind), ...more });
const destroy = (why: string, kind: string): CommandRule =>
  freeChange(why, { risk: "dangerous", targets: namedTargets(kind), safer: `velero ${kind} get` });

const undoneBy = (kind: string) => (inv: Invocation) => {
  const name = plainOperands(inv)?.[0];
  return name === undefined ? undefined : { kind: "command" as const, command: `velero ${kind} delete ${name}` };
};

const kept = "the settings before are not recorded";

export const velero = program({
  ...clusterClient,
  names: "velero|ark",
  source: "velero.io/docs, velero 1.16",
  why: "works with backups of a cluster",
  flags: "--colorized",
  values: `--kubecontext --features ${clusterClient.values}`,
  verbs: {
    "get|version|help|completion": read,
    ...each(["backup", "restore", "schedule"], { get: read, describe }),
    ...each(["backup-location", "snapshot-location", "plugin", "repo"], { get: read }),
    describe,
    "backup logs|download": change("makes a download request in the cluster", "backup", { noInverse: request }),
    "restore logs": change("makes a download request in the cluster", "restore", { noInverse: request }),
    logs: change("makes a download request in the cluster", "backup", { noInverse: request }),
    debug: change("gathers logs into a file", "backup", { noInverse: "the file that was there before is overwritten" }),
    "client config get": read,
    "client config set": change("changes the client's configuration", "setting", { noInverse: kept }),
    "backup create": change("makes a backup", "backup", { inverse: undoneBy("backup") }),
    "schedule create": change("makes a schedule", "schedule", { inverse: undoneBy("schedule") }),
    "restore create": change("writes the objects of a backup into the cluster", "restore", {
      noInverse: "deleting the restore leaves what it wrote",
      options: { "--existing-resource-policy": { allow: "none", risk: "dangerous", why: "overwrites objects that are there" } },
    }),
    "schedule pause": change("pauses a schedule", "schedule", { inverse: undoneByVerb("schedule unpause", ["-n"]) }),
    "schedule unpause": change("resumes a schedule", "schedule", { inverse: undoneByVerb("schedule pause", ["-n"]) }),
    create: change("makes a backup, restore, schedule or location", "object", {
      noInverse: "velero delete takes it away; a restore stays",
    }),
    "backup-location create|set": change("changes where backups are kept", "backup-location", { noInverse: kept }),
    "snapshot-location create|set": change("changes where snapshots are kept", "snapshot-location", { noInverse: kept }),
    "plugin add": destroy("installs a program that the server runs", "plugin"),
    "plugin remove": change("removes a plug-in of the server", "plugin", { noInverse: kept }),
    install: change("puts the server into the cluster", "cluster", { noInverse: "velero uninstall takes it away" }),
    "delete|uninstall": destroy("deletes backups, or the server with its objects", "backup"),
    ...each(["backup", "restore", "schedule", "backup-location"], { delete: destroy("deletes backups or their records", "backup") }),
  },
  examples: {
    "velero backup get": "safe",
    "velero backup describe nightly": "safe",
    "velero describe backup nightly --details": "caution",
    "velero backup logs nightly": "caution",
    "velero restore create --from-backup nightly": "caution",
    "velero restore create --from-backup nightly --existing-resource-policy update": "dangerous",
    "velero backup delete nightly --confirm": "dangerous",
    "velero get backups --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["velero backup download nightly", "velero schedule delete x", "velero --frob get delete backup x", "velero install"],
});

function each(nouns: readonly string[], rules: Readonly<Record<string, CommandRule>>): Record<string, CommandRule> {
  return Object.fromEntries(nouns.flatMap((noun) => Object.entries(rules).map(([verb, rule]) => [`${noun} ${verb}`, rule])));
}
