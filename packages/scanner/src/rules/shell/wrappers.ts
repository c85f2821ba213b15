import type { Invocation } from "../../invocation.ts";
import { joinArgs, type Arg } from "../../arg.ts";
import { type CommandRule, program, type RuleContext } from "../../rule.ts";

/** Runs the operands from `from` on. */
function runs(from: number): (inv: Invocation, ctx: RuleContext) => void {
  return (inv, ctx) => ctx.scanArgv(inv.operands.slice(from));
}

/** Such a wrapper and nothing to run. */
function needsCommand(inv: Invocation, ctx: RuleContext): void {
  if (inv.operands.length > 0) ctx.scanArgv(inv.operands);
  else if (inv.options.length === 0) ctx.report({ risk: "unknown", why: "there is no command to run" });
}

const help = "--help --version";

/** env: NAME=value words, then a command; without one it prints the environment. */
function runEnv(inv: Invocation, ctx: RuleContext): void {
  const words = inv.operands;
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
  examples: { "env TZ=UTC date": "safe", env: "caution", "env -i rm x": "dangerous", "env LD_PRELOAD=/tmp/x ls": "dangerous" },
  nearMisses: ["env -S 'rm -rf x'", "env FOO=1 ls", "env $x", "env -u X -- reboot"],
});

export const timeout = program({
  names: "timeout|gtimeout",
  source: "timeout(1), GNU coreutils 9.4",
  style: "posix",
  why: "runs a program for a limited time",
  flags: `--foreground -p --preserve-status -v|--verbose -f ${help}`,
  values: "-k|--kill-after -s|--signal",
  operands: "data inner*",
  answers: [124],
  inspect: runs(1),
  examples: { "timeout 5 ls": "safe", "timeout -k 2 -s KILL 5s ls": "safe", "timeout 5 rm x": "dangerous" },
  nearMisses: ["timeout $t ls", "timeout --kill-after=1 5 sh -c 'reboot'", "timeout -x 5 ls"],
});

export const scheduling = program({
  names: "nice|ionice|chrt|taskset|setarch|linux32|linux64|numactl",
  source: "nice(1), ionice(1), chrt(1), taskset(1), numactl(8)",
  style: "posix",
  why: "runs a program with another priority or placement",
  flags: `-t|--ignore -NUM ${help}`,
  values: "-n|--adjustment -c|--class",
  options: {
    "-p|--pid|-P|--pgid|-u|--uid": {
      arity: "flag",
      risk: "caution",
      why: "changes or shows the priority or placement of a running process",
    },
    "-a|-f|-b|-i|-o|-r|-R|-N|-m|-l|-C|--hardware|--show": {
      arity: "flag",
      risk: "unknown",
      why: "an option that means something else in each of these programs",
    },
  },
  operands: "inner*",
  inspect: needsCommand,
  examples: { "nice -n 10 ls": "safe", "nice -10 ls": "safe", "ionice -c3 rm x": "dangerous" },
  nearMisses: ["ionice -c3 -p 123", "chrt -f 99 ls", "nice $x"],
});

export const plainWrapper = program({
  names: "nohup|setsid|chronic|unbuffer|catchsegv|rlwrap|dbus-run-session|xvfb-run|systemd-cat|faketime|setpriv|capsh",
  source: "nohup(1), setsid(1), chronic(1), unbuffer(1)",
  style: "posix",
  why: "runs a program",
  flags: `-c|--ctty -f|--fork -w|--wait ${help}`,
  operands: "inner*",
  inspect: needsCommand,
  examples: { "setsid ls": "safe", "chronic rm x": "dangerous" },
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
  examples: { "flock /tmp/l ls": "caution", "flock -n /tmp/l rm x": "dangerous", "flock /tmp/l -c 'rm x'": "dangerous" },
  nearMisses: ["flock -w 5 /tmp/l true"],
});

export const tracers = program({
  names: "strace|ltrace|valgrind",
  source: "strace(1) 6.1, ltrace(1)",
  style: "posix",
  risk: "caution",
  why: "traces a program: slows it down and shows its data",
  flags: "-f -ff -F -c -C -i -q -qq -r -t -tt -ttt -T -v -V -x -xx -y -yy -h -d -k -w -S -n --help --version",
  values: "-a -b -e -I -O -s -u -E -X -P",
  options: { "-o": { kind: "write", why: "writes the trace to a file" }, "-p": { why: "attaches to a running process", risk: "caution" } },
  operands: "inner*",
  sensitive: true,
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  examples: { "strace -c ls": "caution", "strace -p 123": "caution", "strace -f rm x": "dangerous" },
  nearMisses: ["strace -o '|sh' ls", "ltrace -o f ls"],
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

const privileged: CommandRule = {
  risk: "dangerous",
  why: "runs a program as another user, usually root",
  safer: "run it without, as a user who may do just this",
  anyOption: true,
  operands: "inner*",
};

/** Everything behind the options and NAME=value words; judged too, for its targets and reasons. */
function runPrivileged(inv: Invocation, ctx: RuleContext): void {
  const start = inv.operands.findIndex((arg) => !arg.head.includes("="));
  if (start >= 0) ctx.scanArgv(inv.operands.slice(start));
}

export const sudo = program({
  ...privileged,
  names: "sudo|doas|pkexec|sudoedit|run0|dzdo",
  source: "sudo(8) 1.9, doas(1), pkexec(1)",
  style: "posix",
  flags: "-A -b -B -E -e -H -i -K -k -l -N -n -P -S -s -V -v",
  values:
    "-a -C -c -D -g -h -p -R -r -t -T -U -u --user --group --host --prompt --chdir --role --type --close-from --command-timeout --other-user",
  inspect: runPrivileged,
  examples: { "sudo ls": "dangerous", "sudo -u postgres psql": "dangerous", "sudo -l": "dangerous" },
  nearMisses: ["doas rm x", "sudo -i"],
});

export const otherUser = program({
  ...privileged,
  names: "su|runuser|chroot|unshare|nsenter|machinectl|systemd-run|systemd-nspawn|bwrap|firejail|proxychains|proxychains4|proot|fakeroot",
  source: "su(1), runuser(1), chroot(8), unshare(1), nsenter(1), systemd-run(1)",
  style: "posix",
  why: "runs a program as another user or in another system",
  options: { "-c|--command": { kind: "inner", risk: "dangerous", why: "runs shell text as another user" } },
  examples: { "su - postgres -c 'ls'": "dangerous", "nsenter -t 1 -a sh": "dangerous", "chroot /mnt rm x": "dangerous" },
  nearMisses: ["su -", "systemd-run ls"],
});

export const loader = program({
  names: "ld.so|ld-linux.so.2|ld-linux-x86-64.so.2|ld-linux-aarch64.so.1",
  source: "ld.so(8)",
  style: "posix",
  risk: "dangerous",
  why: "starts a program through the loader, past its name",
  anyOption: true,
  operands: "inner*",
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  examples: { "ld.so /bin/rm x": "dangerous" },
  nearMisses: ["ld.so ls"],
});

export const later = program({
  names: "at|batch|entr|parallel|sem|script|screen|tmux|ts",
  source: "at(1), entr(1), parallel(1), script(1), screen(1), tmux(1)",
  style: "posix",
  risk: "unknown",
  why: "arranges for commands to run later, elsewhere or many times",
  anyOption: true,
  operands: "inner*",
  inspect: (inv, ctx) => {
    if (inv.stdin.kind === "text") ctx.report({ risk: "dangerous", why: "the text it is fed is run later, unseen" });
    else if (inv.stdin.kind === "data") ctx.report({ risk: "dangerous", why: "whatever it is fed is run later, unseen" });
    ctx.scanArgv(inv.operands);
  },
  examples: { "parallel rm ::: a b": "dangerous", "echo 'rm x' | at now": "dangerous", "screen -S x": "unknown" },
  nearMisses: ["tmux new -d ls", "script -c ls out", "echo x | at now"],
});

export const crontab = program({
  names: "crontab",
  source: "crontab(1)",
  risk: (inv) => (inv.has("-l") ? "safe" : "dangerous"),
  why: "shows or replaces the scheduled commands of a user",
  safer: "crontab -l",
  flags: "-e -i -l",
  options: {
    "-r": { arity: "flag", risk: "dangerous", why: "deletes all scheduled commands of a user" },
    "-u": { risk: "dangerous", why: "acts on another user" },
  },
  operands: "data*",
  examples: { "crontab -e": "dangerous", "crontab -r": "dangerous", "crontab -l": "safe" },
  nearMisses: ["crontab file", "crontab -lr", "echo '* * * * * rm x' | crontab -"],
});
