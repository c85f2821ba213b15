// Programs that look at processes, and those that end them.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";

export const ps = program({
  names: "ps",
  source: "ps(1), procps 4.0",
  style: "bsd",
  why: "lists processes",
  anyOption: true,
  operands: "data*",
  sensitive: (inv: Invocation) => inv.operands.some((arg) => /^[a-zA-Z]*e[a-zA-Z]*$/.test(arg.text) && !arg.text.startsWith("-")),
  examples: { "ps aux": "safe", "ps -ef --forest": "safe", "ps -o pid,rss,cmd -p 1": "safe" },
  nearMisses: ["ps aux > x"],
});

export const pgrep = program({
  names: "pgrep|pidof|pstree|pidwait-list|pmap",
  source: "pgrep(1), pidof(1), pmap(1), procps 4.0; pstree(1), psmisc 23.6",
  why: "finds processes",
  anyOption: true,
  operands: "data*",
  answers: [1],
  examples: { "pgrep -fa payment": "safe", "pidof nginx": "safe", "pstree -p 1": "safe", "pmap -x 1": "safe" },
  nearMisses: ["pgrep x > y"],
});

const killing = {
  risk: "dangerous",
  why: "ends processes or sends them signals",
  safer: "kill -0 PID asks only whether the process exists; pgrep -a lists what would match",
  anyOption: true,
  anyWord: true,
  operands: "name*",
} as const;

const isProbe = (inv: Invocation): boolean => inv.has("-0") || inv.has("-l") || inv.has("-L") || inv.value("-s") === "0";

/** Signals that most services take as "read your configuration again". */
const isGentle = (inv: Invocation): boolean => inv.has("-HUP") || inv.has("-USR1") || inv.has("-USR2");

export const kill = program({
  why: killing.why,
  safer: killing.safer,
  style: "long",
  anyWord: true,
  operands: "name*",
  names: "kill",
  source: "kill(1), procps 4.0; bash(1)",
  flags: "-0 -l|--list -L|--table -HUP|-1|-SIGHUP -USR1|-SIGUSR1 -USR2|-SIGUSR2",
  values: "-s|--signal",
  options: {
    "-9|-KILL|-SIGKILL|-15|-TERM|-SIGTERM|-2|-INT|-SIGINT|-3|-QUIT|-SIGQUIT|-6|-ABRT|-SIGABRT|-STOP|-SIGSTOP|-CONT|-SIGCONT": {
      arity: "flag",
      risk: "dangerous",
      why: "ends or stops the process",
    },
  },
  risk: (inv) => {
    if (inv.options.length !== 1 || inv.operands.some((arg) => arg.dash)) return "dangerous";
    return isProbe(inv) ? "safe" : isGentle(inv) ? "caution" : "dangerous";
  },
  targets: operandTargets("process"),
  examples: { "kill -9 123": "dangerous", "kill 123": "dangerous", "kill -0 123": "safe", "kill -l": "safe", "kill -HUP 12": "caution" },
  nearMisses: ["kill -HUP 1", "kill -0 -9 1", "kill -s 0 -9 1", "kill -s TERM 1"],
});

export const killByName = program({
  ...killing,
  names: "pkill|killall|killall5|skill|snice|fuser-kill|xkill",
  source: "pkill(1), procps 4.0; killall(1), psmisc 23.6",
  targets: operandTargets("process"),
  examples: { "pkill -f payment": "dangerous", "killall nginx": "dangerous" },
  nearMisses: ["pkill -0 x"],
});

export const top = program({
  names: "top",
  source: "top(1), procps 4.0",
  style: "posix",
  why: "shows the busiest processes",
  flags:
    "-b|--batch-mode -c|--cmdline-toggle -e|--scale-task-mem -E|--scale-summary-mem -H|--threads-show -i|--idle-toggle -s|--secure-mode -S|--accum-time-toggle -1|--single-cpu-toggle -h|--help -v|-V|--version",
  values: "-d|--delay -n|--iterations -o|--sort-override -O -p|--pid -u|--filter-only-euser -U|--filter-any-user -w|--width",
  risk: (inv) => (inv.has("-b") || inv.has("-h") || inv.has("-v") ? "safe" : "caution"),
  unbounded: (inv) => !inv.has("-n") && !inv.has("-h") && !inv.has("-v"),
  safer: "top -b -n 1",
  examples: { "top -b -n 1": "safe", "top -bn1": "safe", "top -bn1 -o %MEM": "safe", top: "caution", "top -b": "caution" },
  nearMisses: ["top -n 1", "htop"],
});

export const free = program({
  names: "free|vmstat|lscpu|lsmem|lsmod|lspci|lsusb|lsipc|lsns|slabtop-once|numastat",
  source: "free(1), vmstat(8), procps 4.0; lscpu(1), util-linux 2.39; lsmod(8), kmod 30; lspci(8), lsusb(8)",
  why: "prints the state of memory, processors or devices",
  flags:
    "-b|--bytes -k|--kibi|--kilo -m|--mebi -g|--gibi -h|--human -w|--wide -t|--total|--timestamp -l|--lohi -v|-V|--version -a|--active|--all -f|--forks -n|--one-header -s|--stats -d|--disk -D|--disk-sum -e|--extended -p|--parse -y|--physical -x|--hex -J|--json -r|--raw -P|--pairs -T|--thread --si --tera --peta --help -vv -nn -vvv",
  values: "-c|--count -S|--unit -o|--output",
  operands: "data*",
  unbounded: (inv) => (inv.program === "vmstat" && inv.operands.length === 1) || (inv.program === "free" && inv.has("-s")),
  examples: { "free -h": "safe", "vmstat 1 5": "safe", lscpu: "safe", lsmod: "safe", "vmstat 1": "caution" },
  nearMisses: ["free -s 1"],
});

export const sysstat = program({
  names: "iostat|mpstat|pidstat|cifsiostat|nfsiostat",
  source: "iostat(1), mpstat(1), pidstat(1), sysstat 12.6",
  why: "prints load statistics",
  flags: "-c -d -h|--human -k -m -N -s -t -V -x -y -z -A -u -w -I -n -r -R -U -v -l --pretty --compact",
  values: "-p -C -G -T -P -o -j --dec -g",
  operands: "data*",
  unbounded: (inv) => inv.operands.filter((arg) => /^\d+$/.test(arg.text)).length === 1,
  safer: "give a count too: iostat -x 1 5",
  examples: { "iostat -xz 1 5": "safe", "mpstat -P ALL": "safe", "pidstat -d 1 3": "safe", "iostat 1": "caution" },
  nearMisses: ["pidstat -e rm x", "iostat -x 2"],
});
