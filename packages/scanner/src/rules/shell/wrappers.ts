import type { Invocation } from "../../invocation.ts";
import { joinArgs, type Arg } from "../../arg.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";
import { writeFinding } from "../../write-paths.ts";

/** Such a wrapper and nothing to run. */
function needsCommand(inv: Invocation, ctx: RuleContext): void {
  if (inv.operands.length > 0) ctx.scanArgv(inv.operands);
  else if (inv.options.length === 0) ctx.report({ risk: "unknown", why: "there is no command to run" });
}

const help = "--help --version";

/** env: NAME=value words, then a command; without one it prints the environment. */
function runEnv(inv: Invocation, ctx: RuleContext): void {
  const split = inv.arg("-S");
  if (split !== undefined) ctx.scanText(split);
  const words = inv.operands[0]?.text === "-" ? inv.operands.slice(1) : inv.operands;
  let at = 0;
  for (let arg = words[at]; arg !== undefined && arg.head.includes("="); arg = words[++at]) assign(arg, ctx);
  const rest = words.slice(at);
  if (rest.length > 0) ctx.scanArgv(rest);
  else if (!inv.has("--version") && !inv.has("--help")) {
    ctx.report({ risk: "caution", why: "prints the environment, where secrets live", safer: "printenv NAME", sensitive: true });
  }
}

function assign(arg: Arg, ctx: RuleContext): void {
  const equals = arg.head.indexOf("=");
  const text = arg.head.slice(equals + 1);
  ctx.checkEnvironment(arg.head.slice(0, equals), {
    shape: arg.shape === "literal" ? "literal" : "one",
    text,
    head: text,
    dash: true,
    span: arg.span,
  });
}

export const env = program({
  names: "env",
  source: "env(1), GNU coreutils 9.4",
  style: "posix",
  why: "runs a program with a changed environment",
  flags: `-i|--ignore-environment -0|--null -v|--debug --list-signal-handling ${help}`,
  values: "-u|--unset -C|--chdir",
  options: { "-S|--split-string": { kind: "code", risk: "unknown", why: "splits text into a command line" }, "-a|--argv0": {} },
  operands: "inner*",
  inspect: runEnv,
  examples: {
    "env TZ=UTC date": "safe",
    "env - ls": "safe",
    "env -S 'sh -c \"rm -rf x\"'": "dangerous",
    env: "caution",
    "env -i rm x": "dangerous",
    "env LD_PRELOAD=/tmp/x ls": "dangerous",
  },
  nearMisses: ["env -S 'rm -rf x'", "env FOO=1 ls", "env $x", "env -u X -- reboot"],
});

/** Programs that read on and on; what else they may do is judged all the same. */
const readsOn: ReadonlySet<string> = new Set(
  "tail journalctl dmesg ping ping6 mtr vmstat iostat mpstat pidstat top yes watch kubectl oc docker podman crictl tcpdump tshark ss ip conntrack nc telnet".split(
    " ",
  ),
);

const units: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600 };

/** Ends its command within an hour, by a signal that ends it. */
function endsInTime(inv: Invocation): boolean {
  const [, number = "", unit = ""] = /^(\d{1,4})([smh]?)$/.exec(inv.operand(0) ?? "") ?? [];
  const seconds = Number(number) * (units[unit] ?? 0);
  const signal = inv.has("-s") ? (inv.value("-s") ?? "?") : "TERM";
  return seconds > 0 && seconds <= 3600 && /^(SIG)?(TERM|KILL|INT|HUP|15|9|2)$/.test(signal);
}

export const timeout = program({
  names: "timeout|gtimeout",
  source: "timeout(1), GNU coreutils 9.4",
  style: "posix",
  why: "runs a program for a limited time",
  flags: `--foreground -p --preserve-status -v|--verbose -f ${help}`,
  values: "-k|--kill-after -s|--signal",
  operands: "data inner*",
  answers: [124],
  inspect: (inv, ctx) => {
    const inner = inv.operands.slice(1);
    if (inner.length === 0 && inv.options.length === 0) ctx.report({ risk: "unknown", why: "there is no command to run" });
    if (endsInTime(inv) && readsOn.has(inner[0]?.text ?? "")) ctx.scanBounded(inner);
    else ctx.scanArgv(inner);
  },
  examples: {
    "timeout 5 ls": "safe",
    "timeout -k 2 -s KILL 5s ls": "safe",
    "timeout 30 tail -f app.log": "safe",
    "timeout 20 tcpdump -ni eth0 port 53": "safe",
    "timeout 20 tcpdump -ni eth0 -w x.pcap": "caution",
    "timeout 0 tail -f app.log": "caution",
    "timeout 5 rm x": "dangerous",
  },
  nearMisses: [
    "timeout -s CONT 5 tail -f x",
    "timeout 3d tail -f x",
    "timeout $t tail -f x",
    "timeout 5 tail -f ~/.ssh/id_rsa",
    "timeout $t ls",
    "timeout --kill-after=1 5 sh -c 'reboot'",
    "timeout -x 5 ls",
  ],
});

export const plainWrapper = program({
  names:
    "nohup|setsid|chronic|unbuffer|catchsegv|rlwrap|dbus-run-session|xvfb-run|systemd-cat|faketime|setpriv|capsh|systemd-inhibit|caffeinate",
  source: "nohup(1), setsid(1), chronic(1), unbuffer(1)",
  style: "posix",
  why: "runs a program",
  flags: `-c|--ctty -f|--fork -w|--wait ${help}`,
  options: {
    "--reuid|--regid|--ruid|--euid|--rgid|--egid|--groups|--caps|--addamb|--uid|--gid|--user|--inh-caps|--ambient-caps|--bounding-set|--securebits|--secbits":
      {
        risk: "dangerous",
        why: "gives the program other rights",
      },
    "--init-groups|--keep-groups|--clear-groups": { arity: "flag", risk: "dangerous", why: "gives the program other rights" },
  },
  operands: "inner*",
  inspect: needsCommand,
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "program", name: arg.text })),
  examples: {
    "setsid ls": "safe",
    "chronic rm x": "dangerous",
    "setpriv --reuid=0 id": "dangerous",
    "capsh --caps=all -- -c id": "dangerous",
  },
  nearMisses: ["setpriv --reuid=0 sh", "capsh -- -c 'rm x'", "faketime"],
});

export const time = program({
  names: "time|gtime",
  source: "time(1), GNU time 1.9",
  style: "posix",
  why: "measures a program",
  flags: `-p|--portability -v|--verbose -q|--quiet -a|--append -V ${help}`,
  values: "-f|--format",
  options: { "-o|--output": { kind: "write", why: "writes the measurement to a file" } },
  operands: "inner*",
  inspect: needsCommand,
  examples: { "/usr/bin/time -v ls": "safe", "/usr/bin/time -o t.txt ls": "caution", "time rm x": "dangerous" },
  nearMisses: ["/usr/bin/time -o /etc/passwd ls"],
});

export const buffering = program({
  names: "stdbuf",
  source: "stdbuf(1), GNU coreutils 9.4",
  style: "posix",
  why: "runs a program with other buffers",
  flags: help,
  values: "-i|--input -o|--output -e|--error",
  operands: "inner*",
  inspect: needsCommand,
  examples: { "stdbuf -oL grep x f": "safe", "stdbuf -o0 rm x": "dangerous" },
  nearMisses: ["stdbuf -oL sh -c 'reboot'"],
});

export const watch = program({
  names: "watch|viddy|hwatch",
  source: "watch(1), procps 4.0",
  style: "posix",
  why: "repeats a command without end",
  flags: `-b|--beep -c|--color -e|--errexit -g|--chgexit -p|--precise -t|--no-title -w|--no-wrap -x|--exec -v ${help}`,
  values: "-n|--interval -q|--equexit",
  optional: "-d|--differences",
  operands: "inner*",
  unbounded: true,
  safer: "run the command itself",
  inspect: (inv, ctx) => {
    if (inv.has("-x")) ctx.scanArgv(inv.operands);
    else ctx.scanText(joinArgs(inv.operands, inv.span));
  },
  examples: { "watch -n 5 kubectl get pods": "caution", "watch 'rm -rf x'": "dangerous" },
  nearMisses: ["watch -n1 ls", "watch -x rm y"],
});

export const flock = program({
  names: "flock",
  source: "flock(1), util-linux 2.39",
  style: "posix",
  risk: "caution",
  why: "takes a lock file, creating it if missing, and runs a program",
  flags: `-s|--shared -x|-e|--exclusive -u|--unlock -n|--nb|--nonblock -o|--close -F|--no-fork --verbose ${help}`,
  values: "-w|--wait|--timeout -E|--conflict-exit-code",
  options: { "-c|--command": { kind: "inner" } },
  operands: "inner inner*",
  inspect: (inv, ctx) => {
    const text = inv.arg("-c");
    if (text !== undefined) ctx.scanText(text);
    const [, second, third] = inv.operands;
    if (second?.text === "-c" && third !== undefined) ctx.scanText(third);
    else ctx.scanArgv(inv.operands.slice(1));
  },
  noInverse: "the lock is released when the program ends",
  examples: { "flock /tmp/l ls": "caution", "flock -n /tmp/l rm x": "dangerous", "flock /tmp/l -c 'rm x'": "dangerous" },
  nearMisses: ["flock -w 5 /tmp/l true"],
});

/** strace -o '|CMD' and '!CMD' run CMD. */
function traceTarget(value: Arg): Finding | undefined {
  if (/^[|!]/.test(value.text)) return { risk: "dangerous", why: "gives the trace to a program", span: value.span };
  return writeFinding(value, "writes the trace to a file", undefined, "leave -o out");
}

export const tracers = program({
  names: "strace|ltrace|valgrind",
  source: "strace(1) 6.1, ltrace(1)",
  style: "posix",
  risk: "caution",
  why: "traces a program: slows it down and shows its data",
  flags: "-f -ff -F -c -C -i -q -qq -r -t -tt -ttt -T -v -V -x -xx -y -yy -h -d -k -w -S -n --help --version",
  values: "-a -b -e -I -O -s -u -E -X -P",
  options: { "-o": { check: traceTarget }, "-p": { why: "attaches to a running process", risk: "caution" } },
  operands: "inner*",
  sensitive: true,
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  examples: { "strace -c ls": "caution", "strace -p 123": "caution", "strace -o '|sh' ls": "dangerous", "strace -f rm x": "dangerous" },
  nearMisses: ["strace -o f ls", "ltrace -o f ls"],
});

export const multiCall = program({
  names: "busybox|toybox",
  source: "busybox(1) 1.36",
  style: "posix",
  why: "runs one of the programs inside it",
  flags: "--list --list-full --help",
  operands: "inner*",
  inspect: needsCommand,
  examples: { "busybox ls -l": "safe", "busybox rm -rf d": "dangerous", "busybox sh -c 'rm x'": "dangerous" },
  nearMisses: ["busybox --install", "toybox reboot"],
});
