// Programs that make, change or wipe file systems, and mounting.
import { operandTargets, program } from "../../rule.ts";

const destructive = { risk: "dangerous", anyOption: true, anyWord: true, operands: "name*", targets: operandTargets("device") } as const;

export const dd = program({
  names: "dd",
  source: "dd(1), GNU coreutils 9.4",
  style: "keyvalue",
  risk: "dangerous",
  why: "copies blocks; of= overwrites a file or a whole device",
  safer: "leave of= out to print what is read",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: (inv) => inv.operands.filter((arg) => arg.text.startsWith("of=")).map((arg) => ({ kind: "device", name: arg.text.slice(3) })),
  examples: { "dd if=/dev/zero of=/dev/sda": "dangerous", "dd of=x": "dangerous" },
  nearMisses: ["dd if=/dev/sda"],
});

export const makeFileSystem = program({
  ...destructive,
  names:
    "mkfs|mkfs.ext2|mkfs.ext3|mkfs.ext4|mkfs.xfs|mkfs.btrfs|mkfs.vfat|mkfs.fat|mkfs.ntfs|mke2fs|mkswap|wipefs|blkdiscard|sgdisk|gdisk|cfdisk|sfdisk|cgdisk|partprobe|badblocks|fsck|fsck.ext4|e2fsck|xfs_repair|btrfs|zpool|zfs|cryptsetup|hdparm|sg_format|nvme|tune2fs|resize2fs|xfs_growfs|debugfs|lvremove|vgremove|pvremove|lvreduce|lvresize|lvextend|vgreduce|pvmove|pvcreate|vgcreate|lvcreate|mdadm|dmsetup|losetup|swapoff|fstrim|fsfreeze",
  source: "mkfs(8), wipefs(8), sfdisk(8), util-linux 2.39; lvm(8); mdadm(8); cryptsetup(8)",
  why: "changes or destroys file systems and devices",
  safer: "lsblk -f, findmnt, lvs",
  examples: { "mkfs.ext4 /dev/sdb1": "dangerous", "wipefs -a /dev/sdb": "dangerous", "lvremove vg/data": "dangerous" },
  nearMisses: ["mdadm --stop /dev/md0", "zpool destroy tank"],
});

export const partitions = program({
  names: "fdisk|parted",
  source: "fdisk(8), util-linux 2.39; parted(8)",
  risk: (inv) => (inv.has("-l") || (inv.operands.length === 0 && (inv.has("--version") || inv.has("--help"))) ? "safe" : "dangerous"),
  why: "lists partitions, or changes them",
  flags: "-l|--list -x|--list-details -m|--machine -s|--script -h|--help -v|-V|--version",
  values: "-o|--output -u|--unit|--units -b|--sector-size",
  operands: "name*",
  targets: operandTargets("device"),
  inspect: (inv, ctx) => {
    if (inv.program === "parted" && inv.operands.length > 1) ctx.report({ risk: "dangerous", why: "changes a partition table" });
  },
  examples: { "fdisk -l": "safe", "fdisk -l /dev/sda": "safe", "parted -l": "safe", "fdisk /dev/sda": "dangerous" },
  nearMisses: ["parted /dev/sda rm 1", "parted -l -s /dev/sda rm 1"],
});

export const lvmReports = program({
  names: "lvs|vgs|pvs|lvdisplay|vgdisplay|pvdisplay|lvscan|pvscan|vgscan|multipath-list|blkid-list",
  source: "lvs(8), lvm2 2.03",
  why: "reports logical volumes",
  flags:
    "-a|--all -v|--verbose --noheadings --nosuffix -P|--partial --aligned --segments --short -s -c|--colon -C|--columns -m|--maps --help --version -h",
  values: "-o|--options -O|--sort --units --separator --reportformat -S|--select",
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.program.endsWith("scan")) ctx.report({ risk: "caution", why: "may write a cache of what it found" });
  },
  examples: { lvs: "safe", "pvs -o+pv_used": "safe", "vgdisplay vg0": "safe" },
  nearMisses: ["vgscan --mknodes", "pvscan --cache"],
});

export const mount = program({
  names: "mount",
  source: "mount(8), util-linux 2.39",
  risk: (inv) => (inv.operands.length > 0 || inv.has("-a") || inv.has("-o") ? "dangerous" : "safe"),
  why: "lists what is mounted, or mounts a file system",
  safer: "findmnt",
  flags: "-l|--show-labels -v|--verbose -h|--help -V|--version -a|--all -r|--read-only -w|--rw -f|--fake",
  values: "-t|--types -o|--options",
  operands: "name*",
  targets: operandTargets("mount point", 1),
  examples: { mount: "safe", "mount -l -t ext4": "safe", "mount -o remount,ro /": "dangerous", "mount /dev/sdb1 /mnt": "dangerous" },
  nearMisses: ["mount -a", "mount --bind / /mnt"],
});

export const umount = program({
  ...destructive,
  names: "umount|pivot_root|swapon-all",
  source: "umount(8), util-linux 2.39",
  why: "takes a file system away from everything that uses it",
  targets: operandTargets("mount point"),
  examples: { "umount /data": "dangerous", "umount -l /data": "dangerous" },
  nearMisses: ["umount -a"],
});

export const swapon = program({
  names: "swapon",
  source: "swapon(8), util-linux 2.39",
  risk: (inv) => (inv.operands.length > 0 || inv.has("-a") ? "caution" : "safe"),
  why: "lists swap areas, or adds one",
  flags: "-s|--summary --bytes --noheadings --raw -v|--verbose -a|--all -h|--help -V|--version",
  optional: "--show",
  operands: "name*",
  examples: { "swapon --show": "safe", "swapon -s": "safe", "swapon /swap": "caution" },
  nearMisses: ["swapon -a"],
});
