// Programs that make, check, grow or describe file systems.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { asksHelp } from "./rule-kinds.ts";
import { destroying } from "../verb-rules.ts";

const device = operandTargets("device");

/** mkfs -V and mke2fs -n print what they are and what they would do. */
function makeRisk(inv: Invocation): Risk {
  const only = inv.options.length === 1 && inv.operands.length === 0 && inv.unlisted.length === 0;
  return only && (inv.has("-V") || inv.has("--help")) ? "safe" : "dangerous";
}

export const makeFileSystem = program({
  ...destroying("makes a new file system: what was on the device is lost", "device"),
  names:
    "mkfs|mkfs.ext2|mkfs.ext3|mkfs.ext4|mkfs.xfs|mkfs.btrfs|mkfs.vfat|mkfs.fat|mkfs.msdos|mkfs.exfat|mkfs.ntfs|mkfs.f2fs|mkfs.jfs|mkfs.reiserfs|mkfs.minix|mkfs.gfs2|mkfs.ocfs2|mkfs.bfs|mkfs.cramfs|mke2fs|mkswap|mkdosfs|mkntfs|mkexfatfs|newfs|newfs_hfs|newfs_apfs|newfs_msdos|make-bcache|bcache|mkudffs|e2image|xfs_copy|partclone.ext4|ntfsclone",
  source: "mkfs(8), mkswap(8), util-linux 2.39; mke2fs(8), e2fsprogs 1.47; mkfs.xfs(8)",
  risk: makeRisk,
  flags: "-V --version --help",
  safer: "lsblk -f, findmnt",
  examples: {
    "mkfs.ext4 /dev/sdb1": "dangerous",
    "mkfs -t xfs /dev/sdb1": "dangerous",
    "mkswap /dev/sdb2": "dangerous",
    "mkfs -V": "safe",
    "mkfs.ext4 -V": "safe",
  },
  nearMisses: ["mkfs -V /dev/sdb1", "mkfs.xfs -f /dev/sdb1", "mkfs.ext4 -n -F /dev/sdb1"],
});

/** Only -n beside words that never repair. */
function checkRisk(inv: Invocation): Risk {
  if (asksHelp(inv)) return "safe";
  const looks = inv.has("-n") || inv.has("-N") || (inv.has("-V") && inv.operands.length === 0);
  const passesOn = inv.operands.some((arg) => arg.text.startsWith("-"));
  return looks && !passesOn && inv.unlisted.length === 0 ? "safe" : "dangerous";
}

export const checkFileSystem = program({
  names:
    "fsck|fsck.ext2|fsck.ext3|fsck.ext4|e2fsck|xfs_repair|fsck.vfat|fsck.fat|dosfsck|fsck.exfat|fsck.btrfs|fsck.xfs|fsck.f2fs|ntfsfix|reiserfsck|jfs_fsck|fsck_apfs|fsck_hfs",
  source: "fsck(8), util-linux 2.39; e2fsck(8), e2fsprogs 1.47; xfs_repair(8)",
  risk: checkRisk,
  why: "checks a file system; without -n it repairs, which may lose files",
  safer: "-n only looks",
  flags: "-n|--no-action -N -f -v -t -A -R -M -T -V -d --help --version",
  values: "-b -B -m -o",
  optional: "-C",
  options: {
    "-y|-p|-a|-c|-k|-D|-L|-F|-w|-r|-E|-j|-l|-z|-S|-x|-P": { arity: "optional", risk: "dangerous", why: "repairs, which may lose files" },
  },
  anyOption: true,
  operands: "name*",
  targets: device,
  answers: [1, 4],
  examples: {
    "fsck -n /dev/sdb1": "safe",
    "e2fsck -fn /dev/sdb1": "safe",
    "xfs_repair -n /dev/sdb1": "safe",
    "fsck -N": "safe",
    "fsck -y /dev/sdb1": "dangerous",
    "xfs_repair -L /dev/sdb1": "dangerous",
    "e2fsck /dev/sdb1": "dangerous",
  },
  nearMisses: ["e2fsck -ny /dev/sdb1", "fsck -A", "e2fsck -p /dev/sdb1", "fsck -n -- -y /dev/sdb1"],
});

export const describeFileSystem = program({
  names: "dumpe2fs|xfs_info|e2freefrag|filefrag|btrfs-debug-tree|ntfsinfo",
  source: "dumpe2fs(8), filefrag(8), e2freefrag(8), e2fsprogs 1.47; xfs_info(8)",
  why: "prints how a file system is laid out",
  flags: "-b -f -h -i -x -g -v -s -e -k -X -V|--version -t -m -q --help",
  values: "-o -c -B",
  operands: "data*",
  examples: { "dumpe2fs -h /dev/sda1": "safe", "xfs_info /data": "safe", "filefrag -v x": "safe" },
  nearMisses: ["dumpe2fs --frob /dev/sda1"],
});

export const fileSystemLabel = program({
  names: "e2label|swaplabel|fatlabel|ntfslabel|exfatlabel",
  source: "e2label(8), e2fsprogs 1.47; swaplabel(8), util-linux 2.39",
  risk: (inv) => (inv.operands.length < 2 && inv.options.length === 0 ? "safe" : "caution"),
  why: "shows or sets the label of a file system",
  safer: "leave the label out",
  values: "-L|--label -U|--uuid",
  operands: "name name?",
  targets: device,
  noInverse: "the same command without a label shows the one before",
  examples: { "e2label /dev/sda1": "safe", "e2label /dev/sda1 data": "caution", "swaplabel -L x /dev/sda2": "caution" },
  nearMisses: ["fatlabel /dev/sda1 x", "e2label --frob /dev/sda1"],
});

/** Letters that only show; tune2fs -u sets. */
const shown: Readonly<Record<string, RegExp>> = { xfs_admin: /^-[lu]$/, tune2fs: /^-l$/ };

function tuneRisk(inv: Invocation): Risk {
  if (asksHelp(inv)) return "safe";
  if (inv.unlisted.length > 0 || inv.options.length === 0 || inv.operands.length !== 1) return "dangerous";
  if (inv.options.every((use) => shown[inv.program]?.test(use.spec.names[0] ?? "") === true)) return "safe";
  return inv.program === "tune2fs" && !inv.has("-l") && !inv.has("-u") ? "caution" : "dangerous";
}

export const tune = program({
  names: "tune2fs|xfs_admin|btrfstune",
  source: "tune2fs(8), e2fsprogs 1.47; xfs_admin(8)",
  risk: tuneRisk,
  why: "shows or changes the settings of a file system",
  safer: "tune2fs -l DEVICE",
  flags: "-l -u --help --version",
  values: "-c -i -e -r -m",
  options: { "-L": { why: "sets the label" } },
  anyOption: true,
  operands: "name*",
  targets: device,
  noInverse: "tune2fs -l shows the settings before",
  examples: {
    "tune2fs -l /dev/sda1": "safe",
    "xfs_admin -lu /dev/sda1": "safe",
    "tune2fs -m 1 /dev/sda1": "caution",
    "tune2fs -L data /dev/sda1": "caution",
    "tune2fs -O ^has_journal /dev/sda1": "dangerous",
  },
  nearMisses: [
    "tune2fs -l -U random /dev/sda1",
    "xfs_admin -L x /dev/sda1",
    "tune2fs -f -O ^has_journal /dev/sda1",
    "btrfstune -u /dev/sda1",
  ],
});

export const grow = program({
  names: "resize2fs|xfs_growfs|resize.f2fs|ntfsresize|e4defrag|xfs_fsr",
  source: "resize2fs(8), e4defrag(8), e2fsprogs 1.47; xfs_growfs(8), xfs_fsr(8)",
  risk: growRisk,
  why: "changes the size or layout of a file system",
  safer: "df -h; resize2fs -P DEVICE",
  flags: "-P -n -c -d -p -v -r -l --help --version",
  values: "-D -L -R -e -m -t",
  options: { "-M|-f|-b|-s|-S|-z": { arity: "flag", risk: "dangerous", why: "shrinks the file system or goes ahead against all doubt" } },
  operands: "name*",
  targets: device,
  noInverse: "a file system is not made smaller without loss",
  examples: {
    "resize2fs /dev/vg0/data": "caution",
    "xfs_growfs /data": "caution",
    "resize2fs -P /dev/vg0/data": "safe",
    "xfs_growfs -n /data": "safe",
    "e4defrag -c /data": "safe",
    "resize2fs /dev/vg0/data 40G": "dangerous",
    "resize2fs -M /dev/vg0/data": "dangerous",
  },
  nearMisses: ["e4defrag /data", "ntfsresize -f -s 5G /dev/sda2"],
});

function growRisk(inv: Invocation): Risk {
  const looks: Readonly<Record<string, string>> = { resize2fs: "-P", xfs_growfs: "-n", e4defrag: "-c", ntfsresize: "-n" };
  if (asksHelp(inv) || inv.has(looks[inv.program] ?? "?")) return "safe";
  return (inv.program === "resize2fs" && inv.operands.length > 1) || inv.program === "ntfsresize" || inv.program === "resize.f2fs"
    ? "dangerous"
    : "caution";
}

const question =
  /^(stats|show_super_stats( -h)?|(ls|stat|ncheck|icheck|testi|testb|htree|ex|blocks|bmap|imap|filefrag|features|params|supported_features|inode_dump|ea_list|logdump( -a)?)( -[a-zA-Z])*( [\w<>/.-]+)*)$/;

export const debugFileSystem = program({
  names: "debugfs",
  source: "debugfs(8), e2fsprogs 1.47",
  risk: (inv) => (inv.has("-R") ? "safe" : "unknown"),
  why: "asks a file system at its roots, or changes it",
  safer: "debugfs -R stats DEVICE",
  flags: "-c -i -V -D",
  values: "-b -s -d",
  options: {
    "-R": {
      check: (value) =>
        value.shape === "literal" && question.test(value.text)
          ? undefined
          : { risk: "unknown", why: "this request may change or write something", span: value.span },
    },
    "-w": { arity: "flag", risk: "dangerous", why: "opens the file system for writing" },
    "-f": { kind: "code", why: "runs a file of requests" },
    "-z": { kind: "write", why: "writes a file" },
  },
  operands: "data*",
  targets: device,
  examples: {
    "debugfs -R stats /dev/sda1": "safe",
    "debugfs -R 'ncheck 41' /dev/sda1": "safe",
    "debugfs -R 'dump <8> x' /dev/sda1": "unknown",
    "debugfs -w /dev/sda1": "dangerous",
    "debugfs -f x /dev/sda1": "unknown",
    "debugfs -z u -R stats /dev/sda1": "caution",
  },
  nearMisses: ["debugfs -wR 'rm x' /dev/sda1", "debugfs /dev/sda1"],
});

const xfsQuestion =
  /^(p|print|sb \d+|frag( -[a-z])*|freesp( -[a-z0-9]+)*|info|version|uuid|label|report( -[a-eg-zA-Z]+)*|df( -[a-eg-zA-Z]+)*|quota( -[a-eg-zA-Z]+)*( \w+)?|state( -[a-eg-zA-Z]+)*|free( -[a-eg-zA-Z]+)*|path|quit|q)$/;

export const xfsQuestions = program({
  names: "xfs_db|xfs_quota|xfs_io|xfs_spaceman|xfs_metadump|xfs_mdrestore|xfs_scrub",
  source: "xfs_db(8), xfs_quota(8), xfsprogs 6.1",
  risk: (inv) =>
    (inv.program === "xfs_db" && inv.has("-r") && inv.has("-c")) || (inv.program === "xfs_quota" && inv.has("-c")) ? "safe" : "unknown",
  why: "asks an XFS file system at its roots, or changes it",
  flags: "-r -V",
  options: {
    "-c": {
      check: (value) =>
        value.shape === "literal" && xfsQuestion.test(value.text.trim())
          ? undefined
          : { risk: "unknown", why: "this request may change something", span: value.span },
    },
    "-x": { arity: "flag", why: "allows requests that change quotas; those are judged one by one" },
  },
  operands: "data*",
  examples: {
    "xfs_db -r -c frag /dev/sda1": "safe",
    "xfs_quota -x -c 'report -h' /data": "safe",
    "xfs_quota -x -c 'limit bsoft=1g app' /data": "unknown",
    "xfs_io -c 'pwrite 0 1' x": "unknown",
  },
  nearMisses: ["xfs_quota -c 'report -f -h' /data", "xfs_db -x -c 'write a b' /dev/sda1", "xfs_db -c frag /dev/sda1"],
});
