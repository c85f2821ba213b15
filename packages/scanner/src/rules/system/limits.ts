// Priorities, limits and control groups of running processes.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import { asksHelp } from "./rule-kinds.ts";
import { changing, reading } from "../verb-rules.ts";

const numbers = /^\d+$/;

export const renice = program({
  names: "renice",
  source: "renice(1), util-linux 2.39",
  risk: (inv) => (asksHelp(inv) ? "safe" : "caution"),
  why: "changes the priority of running processes",
  safer: "ps -o pid,ni,comm -p PID",
  flags: "-g|--pgrp -u|--user --help --version",
  values: "-n|--priority --relative",
  options: { "-p|--pid": { arity: "flag" } },
  operands: "name*",
  targets: operandTargets("process"),
  inverse: (inv) => {
    const pid = inv.operand(inv.operands.length - 1);
    const one = inv.has("-n") && inv.operands.length === 1 && !inv.has("-g") && !inv.has("-u");
    return one && pid !== undefined && numbers.test(pid)
      ? { kind: "capture", capture: `ps -o ni= -p ${pid}`, command: `renice -n {capture} -p ${pid}` }
      : undefined;
  },
  noInverse: "ps -o pid,ni shows the priorities before",
  examples: { "renice -n 10 -p 41": "caution", "renice 5 41": "caution", "renice --help": "safe" },
  nearMisses: ["renice -n -5 -u app"],
});

const limits =
  "-c|--core -d|--data -e|--nice -f|--fsize -i|--sigpending -l|--memlock -m|--rss -n|--nofile -q|--msgqueue -r|--rtprio -s|--stack -t|--cpu -u|--nproc -v|--as -x|--locks -y|--rttime";

export const prlimit = program({
  names: "prlimit",
  source: "prlimit(1), util-linux 2.39",
  style: "posix",
  why: "shows or sets the limits of a process, or runs a command under them",
  risk: (inv) =>
    inv.options.some((use) => use.value !== undefined && !use.spec.names.includes("-p") && !use.spec.names.includes("-o")) &&
    inv.operands.length === 0
      ? "caution"
      : "safe",
  flags: "--noheadings --raw --verbose -h|--help -V|--version",
  values: "-p|--pid -o|--output",
  optional: limits,
  operands: "inner*",
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  targets: (inv) => inv.all("-p").map((arg) => ({ kind: "process", name: arg.text })),
  noInverse: "prlimit --pid PID shows the limits before",
  examples: {
    "prlimit --pid 41": "safe",
    "prlimit -p 41 --nofile -o SOFT": "safe",
    "prlimit --nofile=10 ls": "safe",
    "prlimit --pid 41 --nofile=4096": "caution",
    "prlimit --nproc=5 rm x": "dangerous",
  },
  nearMisses: ["prlimit -p 41 -n100", "prlimit sh -c reboot"],
});

export const controlGroups = program({
  ...reading("prints control groups"),
  names: "cgget|lscgroup|lssubsys",
  source: "cgget(1), libcgroup 3.1",
  examples: { "cgget -g memory:web": "safe", lscgroup: "safe" },
  nearMisses: ["cgget > x"],
});

export const controlGroupChanges = program({
  ...changing("makes or changes control groups", "cgget prints the values before"),
  names: "cgset|cgcreate|cgclassify|cgconfigparser|cgrulesengd|cgdelete|cgclear",
  source: "cgset(1), cgdelete(1), libcgroup 3.1",
  risk: (inv: Invocation) => (inv.program === "cgdelete" || inv.program === "cgclear" ? "dangerous" : "caution"),
  targets: operandTargets("control group"),
  examples: { "cgset -r cpu.shares=100 web": "caution", "cgdelete -g memory:web": "dangerous" },
  nearMisses: ["cgclear", "cgcreate -g memory:x"],
});

export const hwclock = program({
  names: "hwclock|adjtimex",
  source: "hwclock(8), util-linux 2.39",
  risk: (inv) => (readsClock(inv) ? "safe" : "dangerous"),
  why: "reads or sets a clock",
  safer: "hwclock --show",
  flags: "-r|--show -q -v|--verbose -u|--utc -l|--localtime -D|--debug --help -p|--print -V|--version",
  anyOption: true,
  operands: "name*",
  targets: () => [{ kind: "clock", name: "this machine" }],
  examples: {
    hwclock: "safe",
    "hwclock --show": "safe",
    "hwclock -w": "dangerous",
  },
  nearMisses: ["hwclock --systohc", "hwclock -rw"],
});

function readsClock(inv: Invocation): boolean {
  if (inv.unlisted.length > 0) return false;
  if (inv.program === "hwclock") return inv.operands.length === 0 && !inv.has("-q") && !inv.has("-p");
  return inv.program === "adjtimex" && inv.has("-p") && inv.options.length === 1;
}
