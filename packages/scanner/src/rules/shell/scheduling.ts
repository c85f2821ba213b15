// Wrappers that run a program with another priority or placement, or show those of a running one.
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

const help = "--help --version";

export const nice = program({
  names: "nice|gnice",
  source: "nice(1), GNU coreutils 9.4",
  style: "posix",
  why: "runs a program with another priority",
  flags: `-NUM ${help}`,
  values: "-n|--adjustment",
  operands: "inner*",
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  examples: { "nice -n 10 ls": "safe", "nice -10 ls": "safe", nice: "safe", "nice rm x": "dangerous" },
  nearMisses: ["nice $x", "nice -n -5 sh -c reboot"],
});

/** `-p` with a process number shows; with a setting too, it changes. Otherwise a mask or a priority stands before the command. */
function runScheduled(inv: Invocation, ctx: RuleContext): void {
  if (inv.has("-p")) {
    if (inv.operands.length > 1) ctx.report({ risk: "caution", why: "changes the priority or placement of a running process" });
    return;
  }
  const before = inv.program.startsWith("linux") ? 0 : 1;
  const informs = ["-m", "-h", "-V", "--help", "--version"].some((option) => inv.has(option));
  if (inv.operands.length > before) ctx.scanArgv(inv.operands.slice(before));
  // With nothing to run setarch starts a shell, and newer ones take the only word for the program.
  else if (!informs) ctx.report({ risk: "unknown", why: "there is no command to run" });
  if (inv.program === "chrt" && (inv.has("-f") || inv.has("-r")))
    ctx.report({ risk: "unknown", why: "runs a program before everything else on the machine" });
}

export const scheduling = program({
  names: "chrt|taskset|setarch|linux32|linux64",
  source: "chrt(1), taskset(1), setarch(8), util-linux 2.39",
  style: "posix",
  why: "runs a program with another priority or placement, or shows them",
  flags: `--ignore -f|--fifo -b|--batch -i|--idle -o|--other -r|--rr -m|--max -R -v|--verbose -a|--all-tasks -p|--pid -c|--cpu-list -h -V ${help}`,
  values: "-n|--classdata -T|--sched-runtime -P|--sched-period -D|--sched-deadline",
  operands: "inner*",
  inspect: runScheduled,
  examples: {
    "taskset -c 0 ls": "safe",
    "taskset -p 123": "safe",
    "chrt -p 123": "safe",
    "chrt -b 0 ls": "safe",
    "taskset -p 1 123": "caution",
    "chrt -f 99 ls": "unknown",
    "taskset 1 rm x": "dangerous",
  },
  nearMisses: ["chrt -f -p 99 1", "taskset -cp 0 123", "setarch i386 rm x", "setarch -R reboot", "linux32 -R", "taskset -c 0 sh -c reboot"],
});

/** `-p` takes a process number, or none when the class is given for a command. */
function runIonice(inv: Invocation, ctx: RuleContext): void {
  const sets = inv.has("-c") || inv.has("-n");
  const running = ["-p", "-P", "-u"].some((option) => inv.has(option));
  if (running && sets) ctx.report({ risk: "caution", why: "changes the priority of running processes" });
  else if (!running) ctx.scanArgv(inv.operands);
}

export const ionice = program({
  names: "ionice",
  source: "ionice(1), util-linux 2.39",
  style: "posix",
  why: "runs a program with another priority for its disks, or shows one",
  flags: `-t|--ignore -h -V ${help}`,
  values: "-c|--class -n|--classdata -p|--pid -P|--pgid -u|--uid",
  operands: "inner*",
  inspect: runIonice,
  examples: { "ionice -c3 ls": "safe", "ionice -p 123": "safe", "ionice -c2 -n7 -p 123": "caution", "ionice -c3 rm x": "dangerous" },
  nearMisses: ["ionice -c3 -p 123", "ionice $x"],
});

export const placement = program({
  names: "numactl",
  source: "numactl(8) 2.0",
  style: "posix",
  why: "runs a program on chosen processors and memory, or shows them",
  flags: "-l|--localalloc -a|--all -H|--hardware -s|--show -b|--balancing --help --version",
  values: "-i|--interleave -p|--preferred -m|--membind -N|--cpunodebind -C|--physcpubind -P",
  options: {
    "-f|--file|-S|--shm|-M|--shmmode|-t|--strict|-T|--touch|-L|--length|-o|--offset|-I|--shmid|-d|--dump": {
      arity: "flag",
      risk: "unknown",
      why: "sets the policy of shared memory",
    },
  },
  operands: "inner*",
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  examples: { "numactl --hardware": "safe", "numactl -N 0 ls": "safe", "numactl -N 0 rm x": "dangerous", "numactl --shm x": "unknown" },
  nearMisses: ["numactl -m 0 sh -c reboot"],
});
