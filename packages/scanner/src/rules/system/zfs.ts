// ZFS: data sets and pools.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { numbersOf, undoneBy } from "./rule-kinds.ts";
import { changing, destroying, each } from "../verb-rules.ts";

const listFlags = {
  flags: "-H -p -P -r -v -j -g -L -D -i -x -e -l -n -q -w -y -Z --json --json-int --json-flat-vdevs -h -?",
  values: "-o -t -s -S -d -T",
  operands: "data*",
} as const;

function propertyBefore(inv: Invocation): Inverse | undefined {
  const name = /^([a-z0-9:_.-]+)=/.exec(inv.operand(0) ?? "")?.[1];
  const set = inv.operand(1);
  if (name === undefined || set === undefined || inv.operands.length !== 2 || !/^[\w/.:-]+$/.test(set)) return undefined;
  return {
    kind: "capture",
    capture: `${inv.program} get -H -o value ${name} ${set}`,
    command: `${inv.program} set ${name}={capture} ${set}`,
  };
}

/** In zpool -t is a flag, in zfs list it takes the types. */
const poolFlags = { flags: `${listFlags.flags} -t -s`, values: "-o -T -d", operands: "data*" } as const;

const repeats: CommandRule = {
  why: "reports pools",
  ...poolFlags,
  unbounded: (inv) => numbersOf(inv).length === 1,
  safer: "give a count too: zpool iostat tank 1 5",
};

/** Only a list without operands, otherwise a change. */
const listsOrChanges = (why: string): CommandRule => ({
  ...changing(why, "zfs get all shows the state before"),
  risk: (inv) => (inv.operands.length === 0 && inv.unlisted.length === 0 ? "safe" : "caution"),
});

export const zfs = program({
  names: "zfs",
  source: "zfs(8), OpenZFS 2.2",
  why: "asks or changes data sets",
  flags: "-?",
  verbs: {
    "list|get|holds|userspace|groupspace|projectspace|version|help": { why: "reports data sets", ...listFlags },
    diff: { why: "lists what changed between two snapshots", flags: "-F -H -t -h", operands: "data*" },
    "mount|upgrade|allow": listsOrChanges("mounts or upgrades data sets, or lets users change them"),
    set: { ...changing("sets a property", "several things change at once"), inverse: propertyBefore },
    "snapshot|snap": { ...changing("makes a snapshot", "zfs destroy removes the snapshot"), inverse: undoneBy("zfs destroy") },
    ...each(
      "create clone rename inherit share promote hold release bookmark load-key project jail unjail redact",
      changing("makes or changes data sets", "zfs list and zfs get show the state before"),
    ),
    "unmount|umount|unshare|unload-key": changing(
      "takes a data set away from everything that uses it",
      "zfs mount or share brings it back",
    ),
    send: {
      risk: (inv) => (inv.has("-n") ? "safe" : "caution"),
      why: "prints a snapshot, with everything in it",
      flags:
        "-n|--dryrun -v|--verbose -P|--parsable -R|--replicate -p|--props -w|--raw -L|--large-block -e|--embed -c|--compressed -D|--dedup -h|--holds -b|--backup -s|--skip-missing -V",
      values: "-i -I -t --redact",
      operands: "data*",
      sensitive: (inv) => !inv.has("-n"),
      noInverse: "it changes nothing",
    },
    destroy: {
      risk: (inv) => (inv.has("-n") ? "safe" : "dangerous"),
      why: "deletes data sets or snapshots",
      safer: "zfs destroy -nv shows what would be deleted",
      flags: "-n -v -p -r -R -f -d",
      operands: "name*",
      targets: (inv) => inv.operands.map((arg) => ({ kind: "data set", name: arg.text })),
    },
    "rollback|receive|recv|change-key|program|unallow|zone|unzone": destroying(
      "loses what was written since, or replaces data sets or their keys",
      "data set",
    ),
    wait: { why: "waits until work is done", operands: "data*", unbounded: true, flags: "-t" },
  },
  examples: {
    "zfs list -t snapshot -r tank/web": "safe",
    "zfs get -H compressratio,used tank/web": "safe",
    "zfs mount": "safe",
    "zfs diff tank/web@a": "safe",
    "zfs destroy -nv tank/web@a": "safe",
    "zfs send -nv tank/web@a": "safe",
    "zfs set compression=lz4 tank/web": "caution",
    "zfs snapshot tank/web@a": "caution",
    "zfs send tank/web@a": "caution",
    "zfs umount tank/web": "caution",
    "zfs wait tank": "caution",
    "zfs destroy -r tank/web@a": "dangerous",
    "zfs rollback tank/web@a": "dangerous",
  },
  nearMisses: ["zfs recv -F tank/web", "zfs mount -a", "zfs", "zfs destroy tank"],
});

export const zpool = program({
  names: "zpool",
  source: "zpool(8), OpenZFS 2.2",
  why: "asks or changes pools",
  flags: "-?",
  verbs: {
    "list|status|iostat": repeats,
    "get|history|version|help|prefetch": { why: "reports pools", ...poolFlags },
    events: {
      why: "prints events of pools",
      flags: "-v -H",
      options: {
        "-f": { arity: "flag", unbounded: true, why: "follows events without end" },
        "-c": { arity: "flag", risk: "dangerous", why: "deletes the events" },
      },
      operands: "data*",
      targets: () => [{ kind: "log", name: "events of pools" }],
    },
    "import|upgrade": listsOrChanges("imports or upgrades pools"),
    scrub: {
      ...changing("reads the whole pool to check it, which slows it down", "zpool scrub -s ends it"),
      inverse: (inv) => (inv.unlisted.length === 0 ? undoneBy("zpool scrub -s")(inv) : undefined),
    },
    offline: { ...changing("takes a disk out of use", "zpool online brings it back"), inverse: undoneBy("zpool online") },
    online: { ...changing("takes a disk into use", "zpool offline takes it out"), inverse: undoneBy("zpool offline") },
    set: { ...changing("sets a property", "several things change at once"), inverse: propertyBefore },
    ...each(
      "clear trim initialize resilver checkpoint attach replace reopen sync ddtprune",
      changing("changes a pool", "zpool status shows the pool before"),
    ),
    "destroy|create|add|remove|detach|export|split|labelclear|reguid": destroying(
      "takes a pool or its disks away, or writes over disks",
      "pool",
    ),
    wait: { why: "waits until work is done", operands: "data*", unbounded: true, flags: "-H -p", values: "-t -T" },
  },
  examples: {
    "zpool status -v tank": "safe",
    "zpool list -H -o name,capacity,health": "safe",
    "zpool iostat -v tank 1 2": "safe",
    "zpool import": "safe",
    "zpool events": "safe",
    "zpool iostat tank 5": "caution",
    "zpool events -f": "caution",
    "zpool scrub tank": "caution",
    "zpool clear tank": "caution",
    "zpool offline tank sdb": "caution",
    "zpool wait tank": "caution",
    "zpool events -c": "dangerous",
    "zpool destroy -f tank": "dangerous",
    "zpool labelclear /dev/sdb": "dangerous",
  },
  nearMisses: ["zpool status -c upath", "zpool status -t -c upath", "zpool import -a", "zpool export tank", "zpool"],
});

const btrfsRead: CommandRule = { why: "reports a file system", anyOption: true, operands: "data*", anyWord: true };

export const btrfs = program({
  names: "btrfs",
  source: "btrfs(8) 6.6",
  why: "asks or changes a btrfs file system",
  flags: "-v|--verbose -q|--quiet --help --version",
  verbs: {
    ...each(
      `filesystem_show filesystem_df filesystem_du filesystem_usage fi_show fi_df fi_du fi_usage subvolume_list subvolume_show subvolume_get-default subvolume_find-new subvolume_sync su_list su_show device_usage device_ready dev_usage scrub_status
       balance_status replace_status property_get property_list qgroup_show inspect-internal_dump-super inspect-internal_dump-tree inspect-internal_inode-resolve inspect-internal_logical-resolve inspect-internal_rootid inspect-internal_subvolid-resolve
       inspect-internal_min-dev-size inspect-internal_tree-stats inspect-internal_list-chunks version help`,
      btrfsRead,
    ),
    "device|dev": { risk: "unknown", why: "needs a further word" },
    ...each("device_stats dev_stats", {
      ...btrfsRead,
      anyWord: true,
      anyOption: true,
      options: { "-z|--reset": { arity: "flag", risk: "caution", why: "sets the counters to zero" } },
    }),
    "filesystem label": {
      why: "shows or sets a label",
      risk: (inv) => (inv.operands.length < 2 ? "safe" : "caution"),
      operands: "data*",
      noInverse: "the same words without a label show it",
    },
    ...each(
      "scrub_start scrub_resume scrub_cancel balance_start balance_pause balance_resume balance_cancel filesystem_defragment filesystem_sync filesystem_balance subvolume_create subvolume_snapshot device_add device_scan property_set quota_enable quota_disable quota_rescan qgroup_create qgroup_limit qgroup_assign subvolume_set-default replace_start replace_cancel",
      changing("changes or rewrites a file system", "btrfs filesystem usage and subvolume list show the state before"),
    ),
    check: {
      risk: (inv) => (inv.unlisted.length === 0 ? "safe" : "dangerous"),
      why: "checks a file system that is not mounted",
      flags: "--readonly -p|--progress -Q|--qgroup-report --check-data-csum --force",
      values: "-s|--super -b|--backup --mode -r|--tree-root",
      options: {
        "--repair|--init-csum-tree|--init-extent-tree|--clear-space-cache|--clear-ino-cache": {
          arity: "optional",
          risk: "dangerous",
          why: "rewrites the file system, which may lose files",
        },
      },
      operands: "data*",
      targets: (inv) => inv.operands.map((arg) => ({ kind: "device", name: arg.text })),
    },
    ...each(
      "subvolume_delete su_delete device_delete device_remove dev_delete dev_remove filesystem_resize fi_resize rescue receive restore qgroup_destroy qgroup_clear-stale filesystem_mkswapfile",
      destroying("deletes, shrinks or rewrites", "file system"),
    ),
    send: {
      risk: "caution",
      why: "prints a snapshot, with everything in it",
      operands: "data*",
      sensitive: true,
      noInverse: "it changes nothing",
      options: { "-f": { kind: "write", why: "writes a file" } },
    },
  },
  examples: {
    "btrfs filesystem usage /data": "safe",
    "btrfs subvolume list -t /": "safe",
    "btrfs device stats /data": "safe",
    "btrfs scrub status /data": "safe",
    "btrfs check --readonly /dev/sdb1": "safe",
    "btrfs filesystem label /data": "safe",
    "btrfs device stats -z /data": "caution",
    "btrfs balance start -dusage=50 /data": "caution",
    "btrfs send -f x /data/snap": "caution",
    "btrfs subvolume delete /data/snap": "dangerous",
    "btrfs check --repair /dev/sdb1": "dangerous",
  },
  nearMisses: ["btrfs", "btrfs rescue zero-log /dev/sdb1", "btrfs filesystem resize -5G /data", "btrfs device delete /dev/sdb /data"],
});
