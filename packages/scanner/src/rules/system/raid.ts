// Software RAID, mapped, encrypted and remote block devices.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { asksHelp, undoneBy } from "./rule-kinds.ts";
import { changing, destroying, listing } from "../verb-rules.ts";

const device = operandTargets("device");

const mdReads = ["-D", "-E", "-Q", "-X", "--detail-platform", "--examine-badblocks"];

function mdadmRisk(inv: Invocation): Risk {
  if (asksHelp(inv) || (inv.unlisted.length === 0 && mdReads.some((name) => inv.has(name)))) return "safe";
  return ["-a", "-A", "-I", "-o", "-w", "-t", "-W", "--re-add", "--action", "-R"].some((name) => inv.has(name)) ? "caution" : "dangerous";
}

export const mdadm = program({
  names: "mdadm",
  source: "mdadm(8) 4.2",
  risk: mdadmRisk,
  why: "asks or changes a software RAID",
  safer: "mdadm --detail MD; cat /proc/mdstat",
  flags:
    "-D|--detail -E|--examine -Q|--query -X|--examine-bitmap --detail-platform --examine-badblocks -s|--scan -b|--brief -v|--verbose -q|--quiet -Y|--export --prefer -A|--assemble -I|--incremental -o|--readonly -w|--readwrite -t|--test -W|--wait -a|--add --re-add --manage --misc -R|--run -c --help|-h --version|-V",
  values: "-u|--uuid -N|--name --config --homehost -e|--metadata --action",
  options: {
    "-S|--stop|--zero-superblock|-f|--fail|--set-faulty|-r|--remove|-C|--create|-G|--grow|-B|--build|--kill-subarray|--update-subarray|--replace|--with|--assume-clean|--force|--wipe-bad-blocks|--dump|--restore|--stop-all":
      { arity: "flag", risk: "dangerous", why: "stops, shrinks or rebuilds the array, or takes disks out of it" },
    "-F|--monitor|--follow|--program|--alert|-m|--mail|--daemonise": { risk: "dangerous", why: "watches arrays and runs programs" },
  },
  operands: "name*",
  targets: device,
  noInverse: "mdadm --detail shows the array before",
  examples: {
    "mdadm --detail /dev/md0": "safe",
    "mdadm -E /dev/sdb1": "safe",
    "mdadm --detail --scan": "safe",
    "mdadm --manage /dev/md0 --add /dev/sdc1": "caution",
    "mdadm --assemble --scan": "caution",
    "mdadm --stop /dev/md0": "dangerous",
    "mdadm --zero-superblock /dev/sdb1": "dangerous",
    "mdadm /dev/md0 -f /dev/sdb1": "dangerous",
    "mdadm --monitor x": "dangerous",
  },
  nearMisses: ["mdadm --detail --stop /dev/md0", "mdadm --grow /dev/md0 -n 3", "mdadm --create /dev/md0 -l1 -n2 a b"],
});

export const dmsetup = program({
  names: "dmsetup",
  source: "dmsetup(8), lvm2 2.03",
  why: "asks or changes mapped devices",
  flags: "-v|--verbose -y|--yes",
  verbs: {
    "ls|info|status|deps|targets|version|report|splitname|udevcookies|help": listing("asks mapped devices", {
      flags:
        "-v|--verbose -c|-C|--columns --tree --noheadings --nosuffix --noflush --inactive --nameprefixes --unquoted --rows --nolockfs --uuidformat",
      values: "-o|--options -O|--sort --separator --target -u|--uuid -j|--major -m|--minor -S|--select --units --count --interval",
      options: { "--exec": { kind: "inner", risk: "dangerous", why: "runs a command for each device" } },
    }),
    table: {
      why: "prints how devices are mapped",
      operands: "data*",
      flags: "--concise",
      values: "--target",
      options: { "--showkeys": { arity: "flag", sensitive: true, why: "prints keys of encrypted devices" } },
    },
    "resume|mknodes|rename|setgeometry|udevcomplete_all|udevcreatecookie": changing(
      "changes mapped devices",
      "dmsetup table shows the mapping before",
    ),
    "remove|remove_all|wipe_table|clear|create|load|reload|suspend|message|udevcomplete|error": destroying(
      "takes mapped devices away, halts or replaces them",
      "device",
    ),
    wait: { why: "waits for an event", operands: "data*", unbounded: true },
  },
  examples: {
    "dmsetup ls --tree": "safe",
    "dmsetup table": "safe",
    "dmsetup info -c -o name,open": "safe",
    "dmsetup ls --exec rm": "dangerous",
    "dmsetup table --showkeys": "caution",
    "dmsetup resume x": "caution",
    "dmsetup wait x": "caution",
    "dmsetup remove_all": "dangerous",
  },
  nearMisses: ["dmsetup suspend x", "dmsetup"],
});

export const losetup = program({
  names: "losetup",
  source: "losetup(8), util-linux 2.39",
  risk: (inv) =>
    inv.operands.length < 2 && !["-f", "-P", "-r", "-d", "-o", "--sizelimit"].some((name) => inv.has(name)) ? "safe" : "caution",
  why: "lists loop devices, or makes or removes one",
  safer: "losetup -a",
  flags:
    "-a|--all -l|--list -J|--json -n|--noheadings --raw -L|--nooverlap -f|--find -P|--partscan -r|--read-only --show -v|--verbose -d|--detach -h|--help -V|--version --direct-io",
  values: "-j|--associated -O|--output -o|--offset --sizelimit -b|--sector-size",
  options: {
    "-D|--detach-all": { arity: "flag", risk: "dangerous", why: "removes every loop device" },
    "-c|--set-capacity": { risk: "caution", why: "reads the size of the file anew" },
  },
  operands: "name*",
  targets: device,
  noInverse: "losetup -d removes what was made",
  examples: {
    "losetup -a": "safe",
    "losetup -j x.img": "safe",
    losetup: "safe",
    "losetup -f x.img": "caution",
    "losetup -c /dev/loop0": "caution",
    "losetup -D": "dangerous",
  },
  nearMisses: ["losetup -d /dev/loop0", "losetup /dev/loop0 x.img", "losetup -fP x"],
});

const keyOptions = "-q|--batch-mode -v|--verbose --debug -y|--verify-passphrase -r|--readonly --header-only";

export const cryptsetup = program({
  names: "cryptsetup",
  source: "cryptsetup(8) 2.6",
  globals: "anywhere",
  why: "asks or changes encrypted devices",
  flags: keyOptions,
  values: "--type -M --header -S|--key-slot -T|--tries -t|--timeout",
  options: {
    "--dump-master-key|--dump-volume-key|--dump-unlocked-volume-key": {
      arity: "flag",
      sensitive: true,
      why: "prints the key of the device",
    },
    "--master-key-file|--volume-key-file": { kind: "write", why: "writes the key of the device to a file" },
    "-d|--key-file": { kind: "read", risk: "caution", why: "takes a key from a file" },
  },
  verbs: {
    "status|luksDump|isLuks|luksUUID|benchmark|tcryptDump|bitlkDump|fvault2Dump": {
      why: "asks an encrypted device",
      operands: "data*",
      flags: "--dump-json-metadata --disable-locks",
      values: "-c|--cipher -s|--key-size -h|--hash",
      answers: [1, 4],
    },
    "open|luksOpen|plainOpen|create|tcryptOpen|resume|luksResume": {
      ...changing("opens an encrypted device", ""),
      inverse: (inv) => closes(inv),
    },
    "close|luksClose|remove|plainClose": changing("closes an encrypted device", "open it again with its key"),
    "resize|config|refresh|token": changing("changes settings of an encrypted device", "luksDump shows the settings before"),
    luksHeaderBackup: { ...changing("writes the header, keys among it, to a file", "it only writes a file"), sensitive: true },
    "luksFormat|luksErase|erase|luksKillSlot|luksRemoveKey|luksAddKey|luksChangeKey|luksConvertKey|luksHeaderRestore|luksSuspend|reencrypt|convert|repair|format":
      destroying("erases an encrypted device, or changes who may open it", "device"),
  },
  examples: {
    "cryptsetup status data": "safe",
    "cryptsetup luksDump /dev/sdb2": "safe",
    "cryptsetup luksDump --dump-master-key /dev/sdb2": "caution",
    "cryptsetup luksDump --master-key-file k /dev/sdb2": "caution",
    "cryptsetup open /dev/sdb2 data": "caution",
    "cryptsetup open -d /etc/k /dev/sdb2 data": "caution",
    "cryptsetup close data": "caution",
    "cryptsetup luksErase /dev/sdb2": "dangerous",
  },
  nearMisses: ["cryptsetup luksFormat /dev/sdb2", "cryptsetup luksHeaderBackup /dev/sdb2 --header-backup-file x", "cryptsetup"],
});

function closes(inv: Invocation) {
  const name = inv.operand(1);
  return inv.path[0] === "open" && name !== undefined && /^[\w.-]+$/.test(name)
    ? { kind: "command" as const, command: `cryptsetup close ${name}` }
    : undefined;
}

export const multipath = program({
  names: "multipath|mpathconf",
  source: "multipath(8), multipath-tools 0.9",
  risk: (inv) => (["-l", "-ll", "-t", "-h", "-d"].some((name) => inv.has(name)) ? "safe" : "caution"),
  why: "lists or changes paths to disks",
  safer: "multipath -ll",
  flags: "-l -ll -t -h -d -i -B -q -p -a -A -u -U -c -C -T",
  values: "-v -b -R",
  options: {
    "-F|-f|-w|-W": { arity: "flag", risk: "dangerous", why: "takes paths to disks away" },
    "-r": { arity: "flag", risk: "caution", why: "loads paths anew" },
  },
  operands: "name*",
  targets: device,
  noInverse: "multipath -r finds the paths again",
  examples: { "multipath -ll": "safe", "multipath -l mpatha": "safe", "multipath -r": "caution", "multipath -F": "dangerous" },
  nearMisses: ["multipath", "multipath -ll -f mpatha", "multipath -w mpatha"],
});

export const multipathd = program({
  names: "multipathd",
  source: "multipathd(8), multipath-tools 0.9",
  risk: (inv) => (inv.options.length === 0 && inv.operand(0) === "show" ? "safe" : "caution"),
  why: "asks or tells the daemon of paths to disks",
  safer: "multipathd show paths",
  operands: "name*",
  options: {
    "-k": {
      arity: "optional",
      check: (value) =>
        /^show [\w ]+$/.test(value.text) ? undefined : { risk: "caution", why: "tells the daemon to change something", span: value.span },
    },
  },
  noInverse: "multipathd show maps tells what it was before",
  inspect: (inv, ctx) => {
    const verb = inv.operand(0);
    if (verb !== undefined && /^(del|remove|fail|suspend|disable|shutdown|forcequeueing|unsetmarginal)$/.test(verb))
      ctx.report({ risk: "dangerous", why: "takes paths to disks away" });
  },
  targets: operandTargets("path", 1),
  examples: {
    "multipathd show paths": "safe",
    "multipathd show maps status": "safe",
    "multipathd reconfigure": "caution",
    "multipathd del path sdb": "dangerous",
    "multipathd -k'show topology'": "caution",
  },
  nearMisses: ["multipathd -k", "multipathd fail path sdb"],
});

const loginBack = undoneBy("iscsiadm -m node --logout");

export const iscsiadm = program({
  names: "iscsiadm",
  source: "iscsiadm(8), open-iscsi 2.1",
  risk: (inv) =>
    inv.operands.length === 0 && inv.has("-m") && !["-l", "-R", "-t", "-D"].some((name) => inv.has(name)) ? "safe" : "caution",
  why: "lists or changes sessions with disks on the network",
  safer: "iscsiadm -m session -P 1",
  flags: "-s|--stats -h|--help -V|--version -l|--login -R|--rescan -S|--show -D|--discover",
  values: "-m|--mode -P|--print -r|--sid -T|--targetname -I|--interface -d|--debug -H|--host -t|--type -p|--portal -n|--name -v|--value",
  options: {
    "-u|--logout|-k|--killiscsid": { arity: "flag", risk: "dangerous", why: "takes disks away" },
    "-o|--op": {
      check: (value) =>
        value.text === "show"
          ? undefined
          : {
              risk: value.text === "update" || value.text === "new" ? "caution" : "dangerous",
              why: "changes or deletes what is known of a disk",
              span: value.span,
            },
    },
  },
  targets: (inv) => inv.all("-T").map((arg) => ({ kind: "iscsi target", name: arg.text })),
  inverse: loginBack,
  noInverse: "iscsiadm -m node shows what is known",
  examples: {
    "iscsiadm -m session -P 3": "safe",
    "iscsiadm -m node": "safe",
    "iscsiadm -m node -l": "caution",
    "iscsiadm -m session --rescan": "caution",
    "iscsiadm -m node -o update -n a -v b": "caution",
    "iscsiadm -m node -u": "dangerous",
    "iscsiadm -m node -o delete -T iqn.x": "dangerous",
  },
  nearMisses: ["iscsiadm -m discovery -t st -p h", "iscsiadm -k 0"],
});

export const zram = program({
  names: "zramctl",
  source: "zramctl(8), util-linux 2.39",
  risk: (inv) => (inv.operands.length === 0 && !["-s", "-f", "-a", "-t"].some((name) => inv.has(name)) ? "safe" : "caution"),
  why: "lists or changes compressed memory disks",
  flags: "-b|--bytes -n|--noheadings --output-all --raw -f|--find -h|--help -V|--version",
  values: "-o|--output -s|--size -a|--algorithm -t|--streams",
  options: { "-r|--reset": { arity: "flag", risk: "dangerous", why: "deletes what is on the disk" } },
  operands: "name*",
  targets: device,
  noInverse: "zramctl shows the sizes before",
  examples: { zramctl: "safe", "zramctl -o NAME,DATA": "safe", "zramctl -f -s 1G": "caution", "zramctl -r /dev/zram0": "dangerous" },
  nearMisses: ["zramctl --reset /dev/zram0"],
});
