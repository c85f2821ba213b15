// The kernel's own log, settings and modules.
import { operandTargets, program } from "../../rule.ts";

export const dmesg = program({
  names: "dmesg",
  source: "dmesg(1), util-linux 2.39",
  why: "prints the kernel's messages",
  flags:
    "-H|--human -T|--ctime -t|--notime -d|--show-delta -e|--reltime -k|--kernel -u|--userspace -x|--decode -L|--color -P|--nopager -p|--force-prefix -r|--raw -J|--json -S|--syslog --noescape -h|--help -V|--version",
  values: "-l|--level -f|--facility -s|--buffer-size --since --until --time-format",
  reads: "-F|--file -K|--kmsg-file",
  options: {
    "-C|--clear|-c|--read-clear": { arity: "flag", risk: "dangerous", why: "deletes the kernel's messages" },
    "-D|--console-off|-E|--console-on": { arity: "flag", risk: "caution", why: "changes what the console shows" },
    "-n|--console-level": { risk: "caution", why: "changes what the console shows" },
    "-w|--follow|-W|--follow-new": { arity: "flag", unbounded: true, why: "follows without end", safer: "leave -w out" },
  },
  examples: { "dmesg -T": "safe", "dmesg --level=err,warn": "safe", "dmesg -w": "caution", "dmesg -C": "dangerous" },
  nearMisses: ["dmesg -Tc", "dmesg -n 1", "dmesg --cle"],
});

export const sysctl = program({
  names: "sysctl",
  source: "sysctl(8), procps 4.0",
  why: "prints kernel settings",
  flags: "-a|-A|-X|--all -b|--binary -e|--ignore -N|--names -n|--values -q|--quiet -d -h|--help -V|--version",
  values: "-r|--pattern",
  options: {
    "-w|--write": { arity: "flag", risk: "caution", why: "changes a kernel setting" },
    "-p|--load|-f": { arity: "optional", risk: "caution", why: "changes kernel settings from a file" },
    "--system": { arity: "flag", risk: "caution", why: "changes kernel settings from files" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    for (const arg of inv.operands) {
      if (arg.shape !== "literal" || arg.text.includes("="))
        ctx.report({ risk: "caution", why: "changes a kernel setting", span: arg.span });
      if (/core_pattern|modprobe|hotplug|sysrq/.test(arg.text) && arg.text.includes("="))
        ctx.report({ risk: "dangerous", why: "this setting names a program that the kernel runs", span: arg.span });
    }
  },
  examples: {
    "sysctl -a": "safe",
    "sysctl vm.swappiness": "safe",
    "sysctl -w vm.swappiness=1": "caution",
    "sysctl -w kernel.core_pattern='|/x'": "dangerous",
  },
  nearMisses: ["sysctl vm.swappiness=1", "sysctl -p", "sysctl --system", "sysctl $x"],
});

export const modules = program({
  names: "modprobe|insmod|rmmod|depmod|kexec",
  source: "modprobe(8), kmod 30",
  risk: "dangerous",
  why: "loads or removes kernel code",
  safer: "lsmod, modinfo",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: operandTargets("kernel module"),
  examples: { "modprobe br_netfilter": "dangerous", "rmmod nf_conntrack": "dangerous" },
  nearMisses: ["insmod x.ko"],
});

export const modinfo = program({
  names: "modinfo|lsblk|findmnt|lslocks|lslogins|lsirq|dmidecode|lshw|hwinfo|sensors|numactl-show|ipcs|uuidgen",
  source: "modinfo(8), kmod 30; lsblk(8), findmnt(8), util-linux 2.39; dmidecode(8); lshw(1); sensors(1)",
  why: "prints facts about hardware, devices and modules",
  flags:
    "-a|--all -A -b|--bytes -d|--nodeps -D|--discard -e -f|--fs -i|--ascii -J|--json -l|--list -m|--perms -n|--noheadings -N|--nvme -p|--paths -P|--pairs -q -r|--raw -S|--scsi -t|--topology -T|--tree -u|--notruncate -v -V|--version -z|--zoned --df -k -s -h|--help -short -businfo -html -x -c --verbose",
  values: "-F|--field -o|--output -I -E -O -M|--mountpoint --source --target -w|--width --type -class -C",
  operands: "data*",
  examples: { "lsblk -f": "safe", "findmnt /var": "safe", "modinfo overlay": "safe", "dmidecode -t memory": "safe" },
  nearMisses: ["dmidecode --dump-bin x", "findmnt --frob"],
});
