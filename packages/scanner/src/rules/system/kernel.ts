// The kernel's own log, settings and modules.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { asksHelp, undoneBy, unlessHelp } from "./rule-kinds.ts";

export const dmesg = program({
  names: "dmesg",
  source: "dmesg(1), util-linux 2.39",
  why: "prints the kernel's messages",
  flags:
    "-H|--human -T|--ctime -t|--notime -d|--show-delta -e|--reltime -k|--kernel -u|--userspace -x|--decode -P|--nopager -p|--force-prefix -r|--raw -J|--json -S|--syslog --noescape -h|--help -V|--version -a",
  values: "-l|--level -f|--facility -s|--buffer-size --since --until --time-format",
  optional: "-L|--color",
  reads: "-F|--file -K|--kmsg-file",
  options: {
    "-C|--clear|-c|--read-clear": { arity: "flag", risk: "dangerous", why: "deletes the kernel's messages" },
    "-D|--console-off|-E|--console-on": { arity: "flag", risk: "caution", why: "changes what the console shows" },
    "-n|--console-level": { risk: "caution", why: "changes what the console shows" },
    "-w|--follow|-W|--follow-new": { arity: "flag", unbounded: true, why: "follows without end", safer: "leave -w out" },
  },
  targets: () => [{ kind: "log", name: "dmesg" }],
  examples: {
    "dmesg -T": "safe",
    "dmesg --level=err,warn": "safe",
    "dmesg -THx --color=never": "safe",
    "dmesg -T --since '1 hour ago'": "safe",
    "dmesg -w": "caution",
    "dmesg -n 1": "caution",
    "dmesg -D": "caution",
    "dmesg -C": "dangerous",
  },
  nearMisses: ["dmesg -Tc", "dmesg -TW", "dmesg --cle"],
});

/** Names of programs that the kernel runs, and switches that stay until the next start. */
const takesOver =
  /core_pattern|modprobe|hotplug|poweroff_cmd|sysrq|modules_disabled|kexec_load_disabled|binfmt|core_pipe_limit|suid_dumpable|ptrace_scope/;

const writes = (inv: Invocation): boolean =>
  ["-w", "-p", "--system"].some((name) => inv.has(name)) || inv.operands.some((arg) => arg.text.includes("="));

/** One literal `name=value`: what it was is printed by `sysctl -n name`. */
function settingBefore(inv: Invocation): Inverse | undefined {
  const name = /^([\w./-]+)=/.exec(inv.operand(0) ?? "")?.[1];
  if (name === undefined || inv.operands.length !== 1) return undefined;
  return { kind: "capture", capture: `sysctl -n ${name}`, command: `sysctl -w ${name}={capture}` };
}

export const sysctl = program({
  names: "sysctl",
  source: "sysctl(8), procps 4.0; sysctl(8), macOS 14",
  risk: (inv) => (writes(inv) ? "caution" : "safe"),
  why: "prints or changes kernel settings",
  safer: "sysctl NAME",
  flags: "-a|-A|-X|--all -b|--binary -d -e|--ignore -h|--help -i -l -N|--names -n|--values -o -q|--quiet -x -V|--version",
  values: "-r|--pattern",
  options: {
    "-w|--write": { arity: "flag", risk: "caution", why: "changes a kernel setting" },
    "-p|--load|-f": { arity: "optional", risk: "caution", why: "changes kernel settings from a file" },
    "--system": { arity: "flag", risk: "caution", why: "changes kernel settings from files" },
    "--dry-run": { arity: "flag", risk: "unknown", why: "not every version knows it" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    for (const arg of inv.operands) {
      if (arg.shape !== "literal") ctx.report({ risk: "unknown", why: "this may be a setting and its new value", span: arg.span });
      if (takesOver.test(arg.text) && writes(inv))
        ctx.report({ risk: "dangerous", why: "this setting names a program that the kernel runs, or guards the kernel", span: arg.span });
    }
  },
  targets: operandTargets("kernel setting"),
  inverse: settingBefore,
  noInverse: "several settings change at once; sysctl -a prints them before",
  examples: {
    "sysctl -a": "safe",
    "sysctl vm.swappiness": "safe",
    "sysctl -n hw.ncpu": "safe",
    "sysctl -ar 'tcp_.*mem'": "safe",
    "sysctl -w vm.swappiness=1": "caution",
    "sysctl vm.swappiness=1": "caution",
    "sysctl -p /etc/sysctl.d/9-x.conf": "caution",
    "sysctl --system": "caution",
    "sysctl -w kernel.core_pattern='|/x'": "dangerous",
    "sysctl kernel/modprobe=/tmp/x": "dangerous",
    'sysctl -w "$setting"': "unknown",
    "sysctl --dry-run --system": "unknown",
  },
  nearMisses: ["sysctl -qw vm.swappiness=1", "sysctl -p", "sysctl $x", "sysctl -pf"],
});

/** Loading a module that the distribution ships can be undone; a file from elsewhere is new kernel code. */
function moduleRisk(inv: Invocation): Risk {
  if (asksHelp(inv)) return "safe";
  if (inv.program !== "modprobe" || inv.unlisted.length > 0) return "dangerous";
  if (["-n", "-D", "-c", "-R"].some((name) => inv.has(name))) return "safe";
  return inv.has("-r") || inv.operands.some((arg) => arg.shape !== "literal" || !/^[\w-]+(=[\w,.:-]*)?$/.test(arg.text))
    ? "dangerous"
    : "caution";
}

export const modules = program({
  names: "modprobe|insmod|rmmod|depmod|kexec|kpatch|kmod|dkms|akmods",
  source: "modprobe(8), kmod 30; kexec(8)",
  risk: moduleRisk,
  why: "loads or removes kernel code",
  safer: "lsmod, modinfo",
  flags:
    "-r|--remove -n|--show|--dry-run -D|--show-depends -c|--showconfig|--show-config -R|--resolve-alias -a|--all -q|--quiet -v|--verbose -s|--syslog -b|--use-blacklist -i|--ignore-install --first-time --help -V|--version",
  values: "-S|--set-version",
  options: {
    "-f|--force|--force-vermagic|--force-modversion": { arity: "flag", risk: "dangerous", why: "loads what does not fit the kernel" },
    "-C|--config|-d|--dirname": { risk: "dangerous", why: "takes modules or their install commands from elsewhere" },
  },
  operands: "name*",
  targets: operandTargets("kernel module"),
  inverse: (inv) => (inv.operands.length === 1 ? undoneBy("modprobe -r")(inv) : undefined),
  noInverse: "modprobe -r removes a module that nothing uses",
  examples: {
    "modprobe -n -v overlay": "safe",
    "modprobe --show-depends overlay": "safe",
    "modprobe br_netfilter": "caution",
    "modprobe -r ixgbe": "dangerous",
    "modprobe -f x": "dangerous",
    "modprobe -d /tmp x": "dangerous",
    "rmmod nf_conntrack": "dangerous",
    "insmod ./x.ko": "dangerous",
  },
  nearMisses: ["modprobe ./x.ko", "modprobe $m", "modprobe -C /tmp/c -n x", "kexec -e", "depmod -a"],
});

export const ipcs = program({
  names: "ipcs|uuidgen",
  source: "ipcs(1), uuidgen(1), util-linux 2.39",
  why: "prints shared memory, semaphores and queues, or a new identifier",
  flags:
    "-a|--all -b|--bytes -c|--creator -l|--limits -m|--shmems -M -o -p|--pid -q|--queues -Q -r|--random -s|--semaphores -S -t|--time -T -u|--summary -x --human -h|--help -V|--version",
  values: "-i|--id -n|--namespace -N|--name -C",
  operands: "none",
  examples: { ipcs: "safe", "ipcs -mp": "safe", "ipcs -u": "safe", uuidgen: "safe" },
  nearMisses: ["ipcs -m rm"],
});

export const ipcChanges = program({
  names: "ipcrm|ipcmk",
  source: "ipcrm(1), ipcmk(1), util-linux 2.39",
  risk: unlessHelp("dangerous"),
  why: "removes or makes shared memory, semaphores and queues",
  safer: "ipcs -a",
  flags: "-a|--all -v|--verbose --help --version",
  values: "-m|--shmem-id -M|--shmem-key -q|--queue-id -Q|--queue-key -s|--semaphore-id -S|--semaphore-key -p",
  operands: "name*",
  targets: (inv) =>
    ["-m", "-M", "-q", "-Q", "-s", "-S"].flatMap((name) => inv.all(name)).map((arg) => ({ kind: "ipc object", name: arg.text })),
  examples: { "ipcrm -m 65": "dangerous", "ipcrm -a": "dangerous", "ipcrm --help": "safe" },
  nearMisses: ["ipcrm shm 65", "ipcmk -M 4096"],
});

export const securityModules = program({
  names:
    "getenforce|sestatus|seinfo|sesearch|getsebool|aa-status|apparmor_status|aa-enabled|selinuxenabled|matchpathcon|audit2why|avcstat|selinuxconlist",
  source: "sestatus(8), getsebool(8), policycoreutils 3.5; aa-status(8), apparmor 3.1",
  why: "prints the state of SELinux or AppArmor",
  flags:
    "-a|--all -b -v -h|--help --json --pretty-json --enabled --enforced --complaining --profiled --verbose -A -s -t -c -p -n -V -d --stats -x --version -l --allow -i -m",
  values: "-f",
  operands: "data*",
  answers: [1, 2, 3, 4],
  examples: { getenforce: "safe", sestatus: "safe", "getsebool -a": "safe", "aa-status --json": "safe" },
  nearMisses: ["getsebool -P x"],
});

export const securityChanges = program({
  names:
    "setsebool|semanage|semodule|aa-enforce|aa-complain|aa-disable|aa-teardown|aa-remove-unknown|apparmor_parser|audit2allow|load_policy|chcat|togglesebool|restorecond",
  source: "setsebool(8), semanage(8), semodule(8), policycoreutils 3.5; apparmor_parser(8)",
  risk: (inv) => (listsPolicy(inv) ? "safe" : unlessHelp("dangerous")(inv)),
  why: "changes what SELinux or AppArmor forbids",
  safer: "getsebool -a; semanage fcontext -l",
  flags: "-l|--list -C|--locallist -n|--noheading --list-modules|--list=full --help --version",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: operandTargets("policy"),
  examples: {
    "semanage port -l": "safe",
    "semodule -l": "safe",
    "setsebool -P httpd_can_network_connect 1": "dangerous",
    "semanage permissive -a httpd_t": "dangerous",
    "aa-complain nginx": "dangerous",
  },
  nearMisses: ["semanage port -a -l", "aa-teardown", "semodule -l -r x", "semanage import -l f"],
});

function listsPolicy(inv: Invocation): boolean {
  if (!inv.has("-l") || inv.unlisted.length > 0) return false;
  if (inv.program === "semodule") return inv.operands.length === 0;
  return (
    inv.program === "semanage" &&
    inv.operands.length === 1 &&
    /^(port|fcontext|boolean|login|user|interface|node|permissive|module|dontaudit)$/.test(inv.operand(0) ?? "")
  );
}
