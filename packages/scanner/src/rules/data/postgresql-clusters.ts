// Programs that run PostgreSQL servers, their data directories, their clusters and their backups.
import { program } from "../../rule.ts";
import { changing, destroying, each, listing, reading } from "../verb-rules.ts";

const restarts = changing("starts, stops or reloads a server", "the opposite command brings it back");

export const pgCtl = program({
  names: "pg_ctl",
  source: "PostgreSQL 17 documentation, pg_ctl",
  why: "runs a server",
  style: "gnu",
  globals: "anywhere",
  values: "-D|--pgdata",
  verbs: {
    status: reading("tells whether a server runs"),
    ...each("start stop restart reload logrotate", restarts),
    promote: destroying("makes a standby the primary; it cannot follow the old one again", "server"),
    ...each("initdb init kill", destroying("makes a new data directory or kills a process", "server")),
  },
  answers: [3, 4],
  examples: { "pg_ctl status -D /data": "safe", "pg_ctl -D /data reload": "caution", "pg_ctl promote -D /data": "dangerous" },
  nearMisses: ["pg_ctl stop -m immediate", "pg_ctl kill TERM 12"],
});

export const pgCtlcluster = program({
  names: "pg_ctlcluster",
  source: "pg_ctlcluster(1), postgresql-common 248",
  risk: "caution",
  why: "starts, stops or promotes a server",
  noInverse: "the opposite command brings it back",
  flags: "--foreground --force -f --skip-systemctl-redirect",
  values: "-m --mode -o --options",
  operands: "name name name",
  inspect: (inv, ctx) => {
    if (inv.operand(2) === "promote") ctx.report({ risk: "dangerous", why: "makes a standby the primary" });
  },
  targets: (inv) => inv.operands.slice(1, 2).map((arg) => ({ kind: "cluster", name: arg.text })),
  examples: {
    "pg_ctlcluster 16 main restart": "caution",
    "pg_ctlcluster 16 main promote": "dangerous",
    "pg_ctlcluster 16 main status": "caution",
  },
  nearMisses: ["pg_ctlcluster 16 main stop"],
});

export const pgDataTools = program({
  names:
    "pg_resetwal|pg_resetxlog|pg_rewind|pg_upgrade|initdb|pg_dropcluster|pg_createcluster|pg_upgradecluster|pg_checksums|pg_archivecleanup",
  source: "PostgreSQL 17 documentation, server applications; postgresql-common 248",
  risk: "dangerous",
  why: "rewrites, replaces or removes a data directory",
  anyOption: true,
  operands: "name*",
  targets: (inv) => [{ kind: "data directory", name: inv.arg("-D")?.text ?? inv.operands.at(-1)?.text ?? "data directory" }],
  values: "-D|--pgdata",
  examples: { "pg_resetwal -D /data": "dangerous", "pg_dropcluster 16 main": "dangerous" },
  nearMisses: ["pg_rewind --target-pgdata=/data", "pg_checksums --enable -D /data"],
});

export const patronictl = program({
  names: "patronictl",
  source: "Patroni 4.0 documentation, patronictl",
  why: "looks after a Patroni cluster",
  values: "-c|--config-file -d|--dcs-url|--dcs",
  flags: "-k|--insecure",
  verbs: {
    "list|topology": {
      ...reading("prints the members of the cluster"),
      options: { "-w|--watch|-W": { arity: "optional", unbounded: true, why: "repeats without end" } },
    },
    "history|version|dsn": reading("prints facts about the cluster"),
    "show-config": reading("prints the configuration of the cluster"),
    query: { risk: "unknown", why: "runs SQL on members of the cluster" },
    pause: changing("stops automatic failover", "", { inverse: () => ({ kind: "command", command: "patronictl resume" }) }),
    resume: changing("lets failover happen by itself again", "", { inverse: () => ({ kind: "command", command: "patronictl pause" }) }),
    "reload|restart|flush|edit-config|switchover": changing(
      "restarts, reconfigures or switches members",
      "switch back when the old primary follows",
    ),
    "failover|reinit|remove|demote-cluster|promote-cluster": destroying("gives up or rebuilds members of the cluster", "cluster"),
  },
  examples: {
    "patronictl -c /etc/patroni.yml list": "safe",
    "patronictl history": "safe",
    "patronictl show-config shop": "safe",
    "patronictl list -W": "caution",
    "patronictl switchover shop": "caution",
    "patronictl failover shop --candidate db2": "dangerous",
    "patronictl reinit shop db2": "dangerous",
  },
  nearMisses: ["patronictl query -c 'select 1'", "patronictl remove shop", "patronictl scaffold x"],
});

export const repmgr = program({
  names: "repmgr",
  source: "repmgr 5.4 documentation",
  why: "looks after replicas",
  values: "-f|--config-file -d|--dbname -h|--host -p|--port -U|--username -L|--log-level",
  options: { "-b|--pg_bindir|--ssh-options": { risk: "unknown", why: "runs programs from another place" } },
  globals: "anywhere",
  verbs: {
    "cluster show|matrix|crosscheck|event": reading("prints the state of the replicas"),
    "node status|check": reading("prints the state of a node"),
    "service status": reading("prints the state of the daemons"),
    "daemon status": reading("prints the state of the daemons"),
    "service pause|unpause": changing("stops or allows automatic failover", "the opposite command"),
    "standby switchover|follow|register": changing("changes who follows whom", "switch back"),
    "standby promote|clone|unregister": destroying("promotes, overwrites or forgets a standby", "node"),
    "primary register|unregister": destroying("changes which node counts as the primary", "node"),
    "node rejoin|service": destroying("rewrites or stops a node", "node"),
    "cluster cleanup": destroying("deletes the history of the cluster", "cluster"),
  },
  examples: {
    "repmgr -f /etc/repmgr.conf cluster show": "safe",
    "repmgr cluster show -b x": "unknown",
    "repmgr service pause": "caution",
    "repmgr standby promote": "dangerous",
  },
  nearMisses: ["repmgr node rejoin -d x", "repmgr standby clone"],
});

export const pgbackrest = program({
  names: "pgbackrest",
  source: "pgBackRest 2.54 user guide",
  why: "keeps backups of PostgreSQL",
  globals: "anywhere",
  values: "--stanza --repo --config --log-level-console --output --set --pg1-path --type",
  verbs: {
    ...each(
      "info version help repo-ls verify",
      listing("prints what backups there are", { flags: "--recurse", values: "--filter --sort" }),
    ),
    check: changing("archives a segment to see whether that works", "nothing is lost by it"),
    ...each("backup stanza-create stanza-upgrade start archive-push annotate", changing("makes or notes a backup", "expire removes it")),
    ...each(
      "restore expire stop stanza-delete repo-rm archive-get",
      destroying("overwrites data, deletes backups or stops archiving", "stanza"),
    ),
  },
  examples: {
    "pgbackrest info --stanza=shop": "safe",
    "pgbackrest --stanza=shop check": "caution",
    "pgbackrest --stanza=shop restore": "dangerous",
  },
  nearMisses: ["pgbackrest expire", "pgbackrest info --cmd-ssh=sh", "pgbackrest repo-get x"],
});

export const barman = program({
  names: "barman",
  source: "barman(1) 3.11",
  why: "keeps backups of PostgreSQL",
  values: "-c|--config -f|--format",
  flags: "-q|--quiet -d|--debug",
  verbs: {
    ...each(
      "list-backups|list-backup|list-servers|list-server|list-files|list-processes|show-backup|show-backups|show-server|show-servers|status|diagnose|check|check-backup|replication-status|check-wal-archive",
      reading("prints what backups there are"),
    ),
    ...each(
      "backup|cron|receive-wal|switch-wal|switch-xlog|keep|archive-wal|generate-manifest|verify-backup|sync-backup|sync-wals|sync-info",
      changing("makes or notes a backup", "delete removes it"),
    ),
    ...each(
      "recover|restore|delete|terminate-process|put-wal|config-switch|config-update",
      destroying("overwrites data or deletes backups", "backup"),
    ),
  },
  examples: { "barman list-backups shop": "safe", "barman backup shop": "caution", "barman delete shop oldest": "dangerous" },
  nearMisses: ["barman recover shop latest /data", "barman lock-directory-cleanup"],
});

export const walg = program({
  names: "wal-g|wal-e",
  source: "WAL-G 3.0 documentation",
  why: "keeps backups of databases in object stores",
  style: "go",
  values: "--config",
  verbs: {
    ...each("backup-list wal-show wal-verify binlog-list st_ls", reading("prints what backups there are")),
    ...each("backup-push wal-push binlog-push catchup-push", changing("writes a backup", "delete removes it")),
    ...each(
      "delete backup-fetch wal-fetch binlog-replay st_rm catchup-fetch delete-garbage",
      destroying("deletes backups or overwrites data", "backup"),
    ),
  },
  examples: { "wal-g backup-list": "safe", "wal-g backup-push /data": "caution", "wal-g delete everything": "dangerous" },
  nearMisses: ["wal-g delete retain 3", "wal-g st put x y"],
});
