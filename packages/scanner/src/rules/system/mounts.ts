// What is mounted, swapped to and exported.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program, type RuleContext } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { asksHelp, plainOperands, undoneBy } from "./rule-kinds.ts";
import { reading } from "../verb-rules.ts";

const acts = ["-a", "-o", "--bind", "--rbind", "--move", "-F", "--make-shared", "-U", "-L"];

function mountRisk(inv: Invocation): Risk {
  return inv.operands.length > 0 || acts.some((name) => inv.has(name)) ? "caution" : "safe";
}

/** Types that the kernel or a packaged helper mounts; any other names a program. */
const types =
  "ext2 ext3 ext4 xfs btrfs nfs nfs4 cifs smb3 tmpfs vfat exfat iso9660 udf ntfs ntfs3 proc sysfs devpts overlay auto none squashfs ceph efs zfs f2fs hugetlbfs cgroup2 debugfs tracefs";

/** A directory of the system: what is mounted over it hides it. */
const hides = /^\/(|etc|usr|bin|sbin|lib|lib64|boot|proc|sys|dev|var|root|home|run)\/?$/;

function mountBack(inv: Invocation): Inverse | undefined {
  const words = plainOperands(inv);
  const at = inv.operand(inv.operands.length - 1);
  if (words === undefined || at === undefined || inv.has("-a")) return undefined;
  if (!(inv.value("-o") ?? "").split(",").includes("remount")) return { kind: "command", command: `umount ${at}` };
  return { kind: "capture", capture: `findmnt -no OPTIONS ${at}`, command: `mount -o remount,{capture} ${at}` };
}

function reportHiding(inv: Invocation, ctx: RuleContext): void {
  const at = inv.operands.at(-1);
  if (at === undefined || !hides.test(at.text)) return;
  const how = (inv.value("-o") ?? "").split(",");
  if (!how.includes("remount")) ctx.report({ risk: "dangerous", why: `hides ${at.text}, which the system depends on`, span: at.span });
  else if (how.includes("ro")) ctx.report({ risk: "dangerous", why: "makes a file system of the system read-only", span: inv.span });
}

export const mount = program({
  names: "mount",
  source: "mount(8), util-linux 2.39",
  risk: mountRisk,
  why: "lists what is mounted, or mounts a file system",
  safer: "findmnt",
  flags:
    "-l|--show-labels -v|--verbose -h|--help -V|--version -a|--all -r|--read-only -w|--rw|--read-write -f|--fake -n|--no-mtab -F|--fork -c -s -i|--internal-only -B|--bind -R|--rbind --mkdir --onlyonce",
  values: "-o|--options -O|--test-opts --source --target -L|--label -U|--uuid",
  options: {
    "-t|--types": {
      check: (value) =>
        value.shape === "literal" &&
        value.text
          .replace(/^no/, "")
          .split(",")
          .every((type) => types.split(" ").includes(type))
          ? undefined
          : { risk: "unknown", why: "this type is mounted by a program of its own", span: value.span },
    },
    "-M|--move|--make-shared|--make-slave|--make-private|--make-unbindable|--make-rshared|--make-rslave|--make-rprivate|--make-runbindable":
      {
        arity: "flag",
        risk: "caution",
        why: "changes how file systems are seen",
      },
    "-T|--fstab|-N|--namespace": { risk: "unknown", why: "mounts by another table or in another namespace" },
  },
  operands: "name*",
  inspect: (inv, ctx) => reportHiding(inv, ctx),
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "mount point", name: arg.text })),
  inverse: mountBack,
  noInverse: "umount takes a mounted file system away again",
  examples: {
    mount: "safe",
    "mount -l -t ext4": "safe",
    "mount -t nfs,nfs4": "safe",
    "mount /dev/sdb1 /mnt": "caution",
    "mount -o remount,rw /data": "caution",
    "mount --make-private /data": "caution",
    "mount -a": "caution",
    "mount -o remount,ro /": "dangerous",
    "mount --bind /tmp/x /etc": "dangerous",
    "mount -t fuse.sshfs h:/ /mnt": "unknown",
    "mount -T f -a": "unknown",
  },
  nearMisses: ["mount -o loop x.img /mnt", "mount --bind / /mnt", "mount -B /tmp/x /usr"],
});

function mountedBefore(inv: Invocation): Inverse | undefined {
  const at = plainOperands(inv);
  if (at === undefined || inv.operands.length !== 1) return undefined;
  return { kind: "capture", capture: `findmnt -no SOURCE ${at}`, command: `mount {capture} ${at}` };
}

export const umount = program({
  names: "umount|umount.nfs|pivot_root|switch_root",
  source: "umount(8), util-linux 2.39",
  risk: (inv) =>
    asksHelp(inv)
      ? "safe"
      : inv.program !== "umount" || inv.operands.some((arg) => arg.shape !== "literal" || hides.test(arg.text))
        ? "dangerous"
        : "caution",
  why: "takes a file system away from everything that uses it",
  safer: "findmnt; fuser -vm PATH",
  flags:
    "-n|--no-mtab -v|--verbose -r|--read-only -d|--detach-loop -c|--no-canonicalize -i|--internal-only --fake -q|--quiet --help --version",
  options: {
    "-l|--lazy|-f|--force": { arity: "flag", risk: "dangerous", why: "takes the file system away while programs still use it" },
    "-a|--all|-A|--all-targets|-R|--recursive": { arity: "flag", risk: "dangerous", why: "takes many file systems away" },
    "-t|--types|-O|--test-opts|-N|--namespace": { risk: "dangerous", why: "chooses file systems by their type" },
  },
  operands: "name*",
  targets: operandTargets("mount point"),
  inverse: mountedBefore,
  noInverse: "mount it again; findmnt shows where it came from",
  examples: {
    "umount /mnt/backup": "caution",
    "umount -l /data": "dangerous",
    "umount -a": "dangerous",
    "umount -t nfs -a": "dangerous",
    "umount /var": "dangerous",
    "umount --help": "safe",
  },
  nearMisses: ["umount -fl /data", "umount $x", "pivot_root a b"],
});

export const swapon = program({
  names: "swapon",
  source: "swapon(8), util-linux 2.39",
  risk: (inv) => (inv.operands.length > 0 || inv.has("-a") || inv.has("-L") || inv.has("-U") ? "caution" : "safe"),
  why: "lists swap areas, or adds one",
  safer: "swapon --show",
  flags: "-s|--summary --bytes --noheadings --raw -v|--verbose -a|--all -e|--ifexists -f|--fixpgsz -h|--help -V|--version",
  values: "-p|--priority -L -U -o|--options",
  optional: "--show -d|--discard",
  operands: "name*",
  targets: operandTargets("swap area"),
  inverse: undoneBy("swapoff"),
  noInverse: "swapoff takes the areas away again",
  examples: {
    swapon: "safe",
    "swapon --show": "safe",
    "swapon --show=NAME,USED --noheadings": "safe",
    "swapon -s": "safe",
    "swapon /swap": "caution",
    "swapon -a": "caution",
  },
  nearMisses: ["swapon -U x", "swapon -p 5 /swap"],
});

export const swapoff = program({
  names: "swapoff",
  source: "swapoff(8), util-linux 2.39",
  risk: (inv) => (asksHelp(inv) ? "safe" : "caution"),
  why: "moves what is swapped out back to memory, which may run out",
  safer: "swapon --show; free -h",
  flags: "-v|--verbose --help --version",
  values: "-L -U",
  options: { "-a|--all": { arity: "flag", risk: "dangerous", why: "takes all swap away: programs may be killed for want of memory" } },
  operands: "name*",
  targets: operandTargets("swap area"),
  inverse: undoneBy("swapon"),
  noInverse: "swapon -a adds the areas of fstab again",
  examples: { "swapoff /swapfile": "caution", "swapoff -a": "dangerous", "swapoff --help": "safe" },
  nearMisses: ["swapoff -av", "swapoff -L x"],
});

export const shareReports = program({
  ...reading("prints what is shared with, or taken from, other machines"),
  names: "mountstats|quota|repquota|quotastats",
  source: "mountstats(8), nfs-utils 2.6; quota(1), repquota(8), quota 4.09",
  answers: [1],
  examples: { "repquota -as": "safe", "quota -u app": "safe" },
  nearMisses: ["repquota -as > x", "nfsref add /a b c"],
});

export const nfsstat = program({
  names: "nfsstat",
  source: "nfsstat(8), nfs-utils 2.6",
  why: "prints counters of NFS",
  flags: "-s|--server -c|--client -n|--nfs -2 -3 -4 -m|--mounts -r|--rpc -l|--list -v|--verbose|--all -o -h|--help --version",
  values: "-S|--since",
  options: {
    "-Z|--sleep": { arity: "optional", unbounded: true, why: "waits until it is interrupted" },
    "-z|--zero": { arity: "flag", risk: "caution", why: "sets the counters to zero" },
  },
  operands: "data*",
  noInverse: "the counters are zero",
  examples: { "nfsstat -m": "safe", "nfsstat -c": "safe", "nfsstat -Z": "caution", "nfsstat -z": "caution" },
  nearMisses: ["nfsstat -cz"],
});

export const quotaChanges = program({
  names: "edquota|setquota|quotacheck|quotaon|quotaoff",
  source: "setquota(8), quotacheck(8), quota 4.09",
  risk: (inv) => (inv.program.startsWith("quotao") && inv.has("-p") && inv.unlisted.length === 0 ? "safe" : "caution"),
  why: "changes how much users may store",
  flags: "-p|--print-state -a|--all -v|--verbose -u|--user -g|--group",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("file system"),
  noInverse: "repquota -a shows the limits before",
  examples: { "quotaon -pa": "safe", "setquota -u app 1G 2G 0 0 /home": "caution", "quotaoff /home": "caution" },
  nearMisses: ["edquota app", "quotacheck -cug /home"],
});

export const trimAndFreeze = program({
  names: "fstrim|fsfreeze|xfs_freeze",
  source: "fstrim(8), fsfreeze(8), util-linux 2.39",
  risk: (inv) =>
    asksHelp(inv) || (inv.program === "fstrim" && inv.has("-n"))
      ? "safe"
      : inv.program === "fstrim" || inv.has("-u")
        ? "caution"
        : "dangerous",
  why: "tells a disk what is free, or halts all writes to a file system",
  safer: "fstrim -n",
  flags: "-a|--all -A|--fstab -n|--dry-run -v|--verbose --quiet-unsupported -f|--freeze -u|--unfreeze --help --version",
  values: "-o|--offset -l|--length -m|--minimum -I|--listed-in -t|--types",
  operands: "name*",
  targets: operandTargets("mount point"),
  noInverse: "fsfreeze -u lets writes through again; a trim changes no file",
  examples: { "fstrim -nv /": "safe", "fstrim -av": "caution", "fsfreeze -u /data": "caution", "fsfreeze -f /data": "dangerous" },
  nearMisses: ["fstrim /", "xfs_freeze -f /data"],
});
