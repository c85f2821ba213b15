// Proxmox VE: machines (qm), containers (pct), and the cluster behind them.
import { program } from "../../rule.ts";
import { asksHelp, bareRisk, change, destroy, read, reversible, runs, secret, verbTable } from "./verb-kinds.ts";

const source = "pve.proxmox.com/pve-docs, manual pages of Proxmox VE 9";
const before = "config shows the state before";

export const qm = program({
  names: "qm|pct",
  source,
  style: "long",
  risk: bareRisk,
  why: "shows and changes machines and containers of this host",
  optional: "--help",
  get verbs() {
    return verbTable({
      "list, status, config, pending, showcmd, listsnapshot, cloudinit pending, df, cpusets, agent ping, guest exec-status, help":
        read("prints the state of machines"),
      "cloudinit dump": secret("prints settings for the first start, passwords included"),
      "terminal, console, vncproxy, monitor, enter": { risk: "unknown", why: "opens a terminal", operands: "data*" },
      start: reversible("starts a machine", "machine", "shutdown"),
      shutdown: reversible("asks a machine to shut down", "machine", "start"),
      suspend: reversible("pauses a machine", "machine", "resume"),
      resume: reversible("lets a machine go on", "machine", "suspend"),
      "reboot, set, resize, disk resize|move|rescan|import, migrate, remote-migrate, clone, create, importdisk, importovf, move_disk, move-disk, move_volume, move-volume, rescan, snapshot, template, unlock, mount, unmount, push, pull, sendkey, cloudinit update, fstrim, fsck, restore-file, wait, nbdstop, mtunnel":
        change("changes a machine", "machine", before),
      "stop, reset, destroy, delsnapshot, rollback, restore, unlink, disk unlink, guest passwd, cleanup": destroy(
        "ends or deletes a machine, or something of it, at once",
        "machine",
      ),
      "exec, guest exec": runs("runs a command inside a machine", "machine", 1),
      "guest cmd, agent": change("asks the agent inside a machine to do something", "machine", "what it does is not recorded"),
    });
  },
  examples: {
    "qm list": "safe",
    "qm config 101": "safe",
    "pct status 200": "safe",
    "qm start 101": "caution",
    "qm set 101 --memory 4096": "caution",
    "qm stop 101": "dangerous",
    "qm destroy 101 --purge": "dangerous",
    "pct exec 200 -- df -h": "caution",
    "pct exec 200 -- rm -rf /srv": "dangerous",
    "pct enter 200": "unknown",
    "qm cloudinit dump 101 user": "caution",
  },
  nearMisses: ["qm", "qm frob 101", "qm rollback 101 x", "pct exec 200"],
});

export const pvesh = program({
  names: "pvesh",
  source,
  style: "long",
  risk: bareRisk,
  why: "calls the interface of the cluster",
  optional: "--help",
  get verbs() {
    return verbTable({
      "get, ls, usage, help": read("reads a path", {
        sensitive: (inv) =>
          inv.operands.some((arg) => arg.shape !== "literal" || /token|tfa|password|termproxy|agent\/(file-read|exec)/.test(arg.text)),
      }),
      "create, set": change("changes something at a path", "path", "pvesh get shows the state before", {
        inspect: (inv, ctx) => {
          if (
            /\/(stop|reset|rollback|exec|execute|passwd|password|acl|users|roles|tfa|tokens?|termproxy|vncshell|command|wipedisk|destroy)\b/.test(
              inv.operands[0]?.head ?? "",
            )
          )
            ctx.report({ risk: "dangerous", why: "ends something, changes who may do what, or opens a shell" });
        },
      }),
      delete: destroy("deletes what lies at a path", "path"),
    });
  },
  examples: {
    "pvesh get /cluster/resources --output-format json": "safe",
    "pvesh ls /nodes": "safe",
    "pvesh set /nodes/a/config --description x": "caution",
    "pvesh create /nodes/a/qemu/101/status/stop": "dangerous",
    "pvesh delete /nodes/a/qemu/101": "dangerous",
  },
  nearMisses: ["pvesh", "pvesh create /nodes/a/qemu"],
});

export const pveTools = program({
  names:
    "pvecm|pveum|pvesm|pvesr|pveversion|pveperf|ha-manager|pvenode|vzdump|pveceph|pct-df|proxmox-backup-client|proxmox-backup-manager|qmrestore|pveam|pvesubscription",
  source,
  style: "long",
  risk: (inv) =>
    /^(pveversion|pveperf)$/.test(inv.program) || asksHelp(inv)
      ? "safe"
      : inv.program === "qmrestore"
        ? "dangerous"
        : inv.program === "vzdump"
          ? "caution"
          : "unknown",
  why: "shows and changes the cluster, its storage and its users",
  operands: "name*",
  anyOption: true,
  optional: "--help -v|--verbose",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "machine", name: arg.text })),
  noInverse: "a backup is deleted from its storage",
  get verbs() {
    return verbTable({
      "status, nodes, list, available, config, help, path, scan nfs|cifs|iscsi|lvm|lvmthin|zfs, user list|permissions, role list, acl list, group list, realm list, pool list, user token list|permissions, task list|log|status, snapshot list|files, version, datastore list, get, cert info, acme account list|info":
        read("prints the state of the cluster"),
      "config get, benchmark": read("prints settings"),
      "user tfa list": read("prints settings"),
      "add, set, alloc, export, import, create, update, enable, disable, schedule-now, run, read, finalize-local-job, migrate, relocate, crm-command migrate|relocate, updatecerts, backup, mount, unmount, map, unmap, download, startall, migrateall, install, init, wakeonlan, prepare-local-job, set-state":
        change("changes the cluster", "object", "the list form shows the state before"),
      "remove, delete, delnode, expected, addnode, free, prune-backups, prune, forget, stopall, restore, purge, destroy, stop, crm-command stop|node-maintenance, user add|modify|delete, passwd, acl modify|delete, role add|modify|delete, group add|modify|delete, user token add|modify|remove, user tfa delete|unlock, realm add|modify|delete|sync, pool add|modify|delete, login, cert set|delete":
        destroy("removes machines, disks or backups, or changes who may do what", "object"),
    });
  },
  examples: {
    pveversion: "safe",
    "pvecm status": "safe",
    "pvesm list local": "safe",
    "pveum user list": "safe",
    "ha-manager status": "safe",
    "vzdump 101 --storage backup": "caution",
    "pvecm delnode b": "dangerous",
    "pveum acl modify / --roles Administrator --users bob@pve": "dangerous",
    "qmrestore x.vma 101 --force": "dangerous",
  },
  nearMisses: ["pvecm", "pvesm free local:101/x.qcow2", "pvesm add nfs x", "pveceph frob"],
});
