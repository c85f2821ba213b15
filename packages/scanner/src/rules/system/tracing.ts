// Tracers, profilers and debuggers. Attaching slows a program down and shows its data: caution. What they run themselves is judged.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, program, type RuleContext } from "../../rule.ts";
import { destroying, listing, reading } from "../verb-rules.ts";

const shownAfterwards = "the program goes on afterwards";

/** Measures a command, or the whole machine. */
const measures = (why: string, extra: Partial<CommandRule> = {}): CommandRule => ({
  risk: "caution",
  why,
  anyOption: true,
  firstEnds: true,
  operands: "inner*",
  noInverse: shownAfterwards,
  inspect: (inv: Invocation, ctx: RuleContext) => ctx.scanArgv(inv.operands),
  ...extra,
});

const recordingFlags =
  "--stdio --no-children --children -g -n|--show-nr-samples --header --header-only -v|--verbose -f|--force -D -q|--quiet -U --hierarchy --no-inline --demangle --no-demangle -T|--threads --mem-mode --long-desc --details --desc --no-desc --stats --tasks -l --show-total-period -F --ns -a --show-mmap-events";
const recordingValues =
  "-c|--comms|--comm -d|--dsos|--dso -S|--symbols|--symbol --percent-limit --percentage --call-graph --max-stack --time -G -t --fields --cpu --pid --tid --kallsyms -w";

const eventOptions =
  "-e|--event -p|--pid -t|--tid -C|--cpu -c|--count -F|--freq -m|--mmap-pages -r|--repeat -D|--delay -I|--interval-print -G|--cgroup -M|--metrics -u|--uid --summary-of --call-graph --filter --time --timeout --interval-count -x|--field-separator -T|--transaction";

export const perf = program({
  names: "perf",
  source: "perf(1), linux-tools 6.1",
  why: "measures programs and the kernel",
  flags: "--version --help -v",
  verbs: {
    "list|help|version|report|annotate|diff|evlist|buildid-list|kallsyms|check": listing(
      "reads a recording, or lists what can be measured",
      {
        flags: recordingFlags,
        values: `${recordingValues} -s|--sort`,
        reads: "-i|--input -k|--vmlinux",
      },
    ),
    script: listing("prints a recording", {
      flags: recordingFlags,
      values: recordingValues,
      reads: "-i|--input -k|--vmlinux",
      operands: "none",
    }),
    stat: measures("counts events, of a command or the whole machine", {
      values: eventOptions,
      flags:
        "-a|--all-cpus -d -dd -ddd -v|--verbose -A|--no-aggr -i|--no-inherit -B|--big-num --per-core --per-socket --per-thread -S|--sync -j|--json",
      options: {
        "-o|--output": { kind: "write", why: "writes a file" },
        "--pre|--post": { kind: "code", why: "runs a command before or after" },
      },
    }),
    "record|trace|top|mem|lock|sched|kmem|c2c|ftrace|kwork|timechart|kvm|inject|archive|daemon|bench|test|iostat": measures(
      "records or follows what programs do, and writes it to a file",
      {
        values: eventOptions,
        flags: "-a|--all-cpus -g -v|--verbose -q|--quiet -i|--no-inherit -K|--all-kernel --all-user -S -s -B -N -n -d",
        options: { "-o|--output": { kind: "write", why: "writes a file" }, "--exec-path": { kind: "code", why: "runs something else" } },
        sensitive: true,
      },
    ),
    "probe|buildid-cache|config|data": {
      risk: (inv) => (inv.path[0] === "probe" && inv.options.length === 1 && (inv.has("-l") || inv.has("-F")) ? "safe" : "caution"),
      why: "places probes in the kernel, or keeps settings",
      flags: "-l|--list -F|--funcs",
      anyOption: true,
      operands: "data*",
      noInverse: "perf probe -d removes what was placed",
    },
  },
  examples: {
    "perf list": "safe",
    "perf report --stdio -i p.data": "safe",
    "perf probe -l": "safe",
    "perf script -i p.data": "safe",
    "perf stat -a sleep 5": "caution",
    "perf stat -o x ls": "caution",
    "perf record -g -p 41 -- sleep 10": "caution",
    "perf top": "caution",
    "perf probe do_sys_open": "caution",
    "perf stat --pre 'rm x' ls": "unknown",
    "perf stat rm x": "dangerous",
  },
  nearMisses: ["perf script -s x.py", "perf record -o /etc/x ls", "perf script record ls", "perf trace reboot", "perf"],
});

const gdbPrints =
  /^(bt|backtrace|where|thread apply all (bt|backtrace)|info \w+|print [\w.>*&$[\] -]+|p [\w.>*&$[\] -]+|x\/\w+ \S+|frame( \d+)?|up|down|list|disassemble|set (pagination|confirm|print \w+) (on|off|0)|detach|quit|q|thread( \d+)?|show \w+|ptype \w+|whatis \w+|py-bt|py-list|py-locals)( full)?( \d+)?$/;

/** A debugger's own command: what only prints is caution; calling code, shell or setting memory is dangerous. */
function debuggerCommand(inv: Invocation, ctx: RuleContext): void {
  for (const arg of [...inv.all("-ex"), ...inv.all("-iex"), ...inv.all("-o"), ...inv.all("--one-line")]) {
    if (arg.shape === "literal" && gdbPrints.test(arg.text.trim())) continue;
    const acts =
      /\b(shell|!|pipe|call|python|source|kill|jump|return|signal|compile|set\s+var|generate-core|dump|restore|run|start|expr|process kill|platform shell)/.test(
        arg.text,
      );
    ctx.report({
      risk: acts ? "dangerous" : "unknown",
      why: "this command of the debugger may run code or change the program",
      span: arg.span,
    });
  }
}

export const gdb = program({
  names: "gdb|gdb-multiarch|lldb|pstack|gstack|eu-stack|delve|dlv|rr|cgdb|mdb",
  source: "gdb(1) 13, gcore(1), lldb(1) 16, eu-stack(1) 0.189",
  style: "long",
  risk: "caution",
  why: "halts a program and looks into it",
  flags: "-batch|--batch -q|-quiet|--quiet|-silent -n|-nx|--nx -nh|--nh -b -s -i -v -l -m -r --version --help -a",
  values: "-p|--pid|-pid -ex|--ex|-eval-command|--eval-command -iex|--iex -o|--one-line",
  reads: "-c|-core|--core -se -e|-exec|--exec",
  options: {
    "-x|--command|-command|--init-command|-ix|-S|--source|-K": { kind: "code", why: "runs a file of the debugger's commands" },
    "--args|-args": { arity: "flag", risk: "unknown", why: "starts a program" },
  },
  operands: "data*",
  sensitive: true,
  noInverse: shownAfterwards,
  inspect: debuggerCommand,
  targets: (inv) => [...inv.all("-p"), ...inv.operands].map((arg) => ({ kind: "process", name: arg.text })),
  examples: {
    "gdb -p 41 -batch -ex 'thread apply all bt'": "caution",
    "pstack 41": "caution",
    "gdb -p 41 -batch -ex 'call (int)exit(1)'": "dangerous",
    "gdb -batch -ex 'shell rm x'": "dangerous",
    "gdb -x cmds -p 41": "unknown",
    "gdb --args ./x": "unknown",
  },
  nearMisses: ["gdb -p 41 -ex 'p system(\"x\")'", 'gdb -p 41 -ex "$cmd"', "lldb -o 'platform shell rm x'"],
});

export const bpftrace = program({
  names: "bpftrace",
  source: "bpftrace(8) 0.20",
  risk: (inv) => (inv.has("-l") || inv.has("--info") || inv.has("-h") || inv.has("-V") ? "safe" : "caution"),
  why: "runs a small program inside the kernel, without end unless it says so",
  flags: "-l --info -h|--help -V|--version -v -q|--quiet -d -k -kk --no-warnings",
  values: "-p -f -B -I",
  options: {
    "-e": {
      check: (value) =>
        value.shape !== "literal"
          ? { risk: "unknown", why: "the program is not written out", span: value.span }
          : /\b(system|override|signal|cat)\s*\(/.test(value.text)
            ? { risk: "dangerous", why: "this program runs commands, signals or changes results", span: value.span }
            : {
                risk: "caution",
                why: "runs a small program inside the kernel",
                unbounded: !/\bexit\s*\(/.test(value.text),
                span: value.span,
              },
    },
    "-o": { kind: "write", why: "writes a file" },
    "-c": { kind: "inner", risk: "unknown", why: "runs a command" },
    "--unsafe|--usdt-file-activation|--include": {
      arity: "flag",
      risk: "dangerous",
      why: "allows the program to run commands and change the kernel",
    },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.operands.length > 0 && !inv.has("-l")) ctx.report({ risk: "unknown", why: "the program is in a file that is not seen here" });
  },
  targets: () => [{ kind: "machine", name: "this machine" }],
  noInverse: "its probes go when it ends",
  examples: {
    "bpftrace -l 'tracepoint:syscalls:*'": "safe",
    "bpftrace --info": "safe",
    "bpftrace -e 'tracepoint:syscalls:sys_enter_open { @[comm] = count(); }'": "caution",
    "bpftrace --unsafe -e 'BEGIN { system(\"rm x\"); }'": "dangerous",
    "bpftrace x.bt": "unknown",
    "bpftrace -c 'ls' -e 'BEGIN { exit(); }'": "unknown",
    "bpftrace -o x -e 'BEGIN { exit(); }'": "caution",
  },
  nearMisses: ["bpftrace -e 'BEGIN { system(\"id\"); }'", 'bpftrace -e "$p"', "bpftrace -c 'rm x' -l"],
});

const bccNames =
  "execsnoop opensnoop biolatency biosnoop biotop bitesize cachestat cachetop cpudist cpuunclaimed dcsnoop dcstat drsnoop ext4dist ext4slower fileslower filelife filetop funccount funclatency funcslower gethostlatency hardirqs klockstat killsnoop llcstat mdflush memleak mountsnoop nfsslower nfsdist offcputime offwaketime oomkill pidpersec profile runqlat runqlen runqslower shmsnoop slabratetop softirqs solisten stackcount statsnoop syncsnoop syscount tcpaccept tcpconnect tcpconnlat tcpdrop tcplife tcpretrans tcpstates tcptop tcptracer threadsnoop tplist vfscount vfsstat wakeuptime xfsdist xfsslower zfsdist zfsslower argdist";

export const bcc = program({
  ...reading("follows what the kernel does, usually without end"),
  names: bccNames
    .split(" ")
    .flatMap((name) => (name === "profile" ? ["profile-bpfcc"] : [name, `${name}-bpfcc`]))
    .join("|"),
  source: "github.com/iovisor/bcc 0.29",
  risk: "caution",
  noInverse: "its probes go when it ends",
  unbounded: true,
  safer: "put timeout 10 before it",
  examples: { "execsnoop -t": "caution", "biolatency-bpfcc 1 5": "caution" },
  nearMisses: ["tcplife", "opensnoop -p 41"],
});

export const otherTracers = program({
  ...destroying("puts code into the kernel or follows everything on the machine", "machine"),
  names: "trace-bpfcc|trace-cmd|stap|staprun|sysdig|csysdig|dtrace|dtruss|bpftool|lttng|uprobe|kprobe|funcgraph|trace.py",
  source: "trace-cmd(1), stap(1), sysdig(8), dtrace(1), bpftool(8)",
  risk: (inv) =>
    showsKernel(inv) ? "safe" : /^(trace-cmd|dtruss|sysdig|csysdig|lttng|funcgraph)$/.test(inv.program) ? "caution" : "dangerous",
  noInverse: "its probes go when it ends",
  sensitive: (inv) => !showsKernel(inv),
  unbounded: (inv) => !showsKernel(inv),
  examples: {
    "bpftool prog show": "safe",
    "bpftool map list": "safe",
    "trace-cmd list": "safe",
    "trace-cmd report": "safe",
    "trace-cmd record -e sched ls": "caution",
    "sysdig -c topprocs_cpu": "caution",
    "stap x.stp": "dangerous",
    "dtrace -n 'BEGIN { system(\"x\"); }'": "dangerous",
    "bpftool prog load x y": "dangerous",
  },
  nearMisses: ["bpftool map update id 3 key 0", "bpftool map dump id 3", "sysdig -w x"],
});

function showsKernel(inv: Invocation): boolean {
  const [first, second] = [inv.operand(0) ?? "", inv.operand(1) ?? ""];
  if (inv.unlisted.length > 0) return false;
  if (inv.program === "bpftool")
    return /^(show|list)$/.test(second) || first === "version" || (first === "feature" && inv.operands.length === 1);
  return inv.program === "trace-cmd" && /^(list|stat|report)$/.test(first) && inv.operands.length === 1;
}

export const gcore = program({
  names: "gcore",
  source: "gcore(1), gdb 13",
  risk: "caution",
  why: "writes all memory of a program, secrets among it, to a file and halts it meanwhile",
  flags: "-a",
  options: {
    "-o": { kind: "write", why: "writes the memory of a program to a file" },
    "-d": { risk: "unknown", why: "chooses another debugger's data" },
  },
  operands: "data*",
  sensitive: true,
  noInverse: shownAfterwards,
  targets: operandTargets("process"),
  examples: { "gcore -o /tmp/core 41": "caution", "gcore 41": "caution", "gcore -d x 41": "unknown" },
  nearMisses: ["gcore -o /etc/x 41"],
});

export const pySpy = program({
  names: "py-spy",
  source: "py-spy 0.3.14",
  why: "prints where a Python program stands",
  flags: "-h|--help -V|--version",
  verbs: {
    dump: listing("prints where a Python program stands", {
      flags: "-n|--nonblocking -j|--json -s|--subprocesses --native -h|--help",
      values: "-p|--pid",
      reads: "-c|--core",
      options: { "-l|--locals": { arity: "flag", sensitive: true, why: "prints the values of variables" } },
      operands: "none",
    }),
    "top|record": {
      risk: "caution",
      why: "samples a Python program, or starts one",
      flags: "-n|--nonblocking -s|--subprocesses --native -F|--function --nolineno -t|--threads -g|--gil -i|--idle --full-filenames",
      values: "-p|--pid -d|--duration -r|--rate -f|--format",
      options: { "-o|--output": { kind: "write", why: "writes a file" } },
      operands: "inner*",
      firstEnds: true,
      inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
      noInverse: shownAfterwards,
    },
  },
  examples: {
    "py-spy dump --pid 41": "safe",
    "py-spy dump -l --pid 41": "caution",
    "py-spy record -o p.svg --pid 41": "caution",
    "py-spy record -- rm x": "dangerous",
  },
  nearMisses: ["py-spy top --pid 41", "py-spy record -o /etc/x -p 41"],
});

export const profilers = program({
  names: "rbspy|phpspy|austin|memray|pyflame|pprof|perfetto|parca-agent|clinic|0x|heaptrack|samply|vmtouch|vmprof",
  source: "rbspy 0.19, pprof",
  style: "posix",
  risk: "caution",
  why: "attaches to a program: slows it down and shows its data",
  safer: "py-spy dump --pid PID",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("process"),
  noInverse: shownAfterwards,
  inspect: (inv, ctx) => {
    const after = inv.operands.findIndex((arg) => arg.text === "--");
    if (after >= 0) ctx.scanArgv(inv.operands.slice(after + 1));
    else if (inv.operands.slice(1).some((arg) => !arg.text.startsWith("-") && /^(run|exec|rm|sh|bash)$/.test(arg.text)))
      ctx.report({ risk: "unknown", why: "may start a program" });
  },
  examples: {
    "rbspy record --pid 41": "caution",
  },
  nearMisses: ["memray run x.py"],
});
