// Programs that print the load of the machine: once, a given number of times, or without end.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import { numbersOf, refuseDashedValues } from "./rule-kinds.ts";
import { reading } from "../verb-rules.ts";

/** An interval without a count: the report is repeated for ever. */
const repeatsForEver = (inv: Invocation): boolean => numbersOf(inv).length === 1;

/** As above; behind -N or -U the first number may be a node or a user. */
function repeatsStatistics(inv: Invocation): boolean {
  const numbers = numbersOf(inv).length;
  return numbers === 1 || (numbers === 2 && inv.program !== "iostat" && (inv.has("-N") || inv.has("-U")));
}

export const top = program({
  names: "top",
  source: "top(1), procps 4.0; top(1), macOS 14",
  why: "shows the busiest processes",
  flags:
    "-b|--batch-mode -c|--cmdline-toggle -e -E -H|--threads-show -i|--idle-toggle -I -s|--secure-mode -S|--accum-time-toggle -1|--single-cpu-toggle -h|--help -v|-V|--version",
  values:
    "-d|--delay -n|--iterations -l -o|--sort-override -O -p|--pid -u|--filter-only-euser -U|--filter-any-user -w|--width -F --scale-task-mem --scale-summary-mem -stats -ncols -pid",
  operands: "data*",
  anyWord: true,
  risk: (inv) => (isBatch(inv) ? "safe" : "caution"),
  unbounded: (inv) => !isBatch(inv) || !(isCounted(inv) || inv.has("-h") || inv.has("-v")),
  safer: "top -b -n 1",
  noInverse: "it changes nothing by itself; somebody at its screen can",
  examples: {
    "top -b -n 1": "safe",
    "top -bn1": "safe",
    "top -bn1 -o %MEM": "safe",
    "top -Hbn1 -p 41": "safe",
    "top -bn 2 -d 5 -w 512 | head -40": "safe",
    "top -l 1 -o cpu": "safe",
    "top -b -n 1 -p $(pgrep -d, java)": "safe",
    top: "caution",
    "top -b": "caution",
    "top -b -n 0": "caution",
  },
  nearMisses: ["top -n 1", "top -l 0", "top -b -d 1"],
});

/** Linux writes to a pipe with -b, macOS with -l. Without either it is a screen with keys for kill and renice. */
function isBatch(inv: Invocation): boolean {
  return ["-b", "-l", "-h", "-v"].some((name) => inv.has(name));
}

function isCounted(inv: Invocation): boolean {
  return /^[1-9]\d*$/.test(inv.value("-n") ?? inv.value("-l") ?? "");
}

export const screens = program({
  names: "htop|btop|atop|glances|nmon|bpytop|gotop|bottom|btm|nvtop|slabtop|powertop|below|zenith|ytop|vtop|radeontop|intel_gpu_top",
  source: "htop(1) 3.2, btop 1.3, atop(1) 2.9, glances(1) 3.4, slabtop(1), procps 4.0",
  why: "shows the load on a screen that refreshes without end",
  safer: "top -b -n 1",
  risk: (inv) => (inv.program === "slabtop" && inv.has("-o") ? "safe" : "caution"),
  unbounded: (inv) => !(inv.program === "slabtop" && inv.has("-o")),
  flags: "-o|--once -t|--tree -C -M -H -a -c -m -n -N -g -h|--help -V|--version",
  values: "-d|--delay -s|--sort -u|--user -p|--pid",
  options: {
    "-w|-f|-F|--export|--export-csv-file|-e|--server|--webserver|--csv|--html|--calibrate|--auto-tune|--stdout-csv|--enable-plugin|-B|--config":
      {
        risk: "unknown",
        why: "writes a file, serves or changes settings",
      },
  },
  operands: "data*",
  noInverse: "it changes nothing by itself; somebody at its screen can",
  examples: {
    "slabtop -o": "safe",
    "slabtop -o -s c": "safe",
    htop: "caution",
    "atop 5": "caution",
    "atop -w /tmp/x": "unknown",
    "powertop --auto-tune": "unknown",
  },
  nearMisses: ["slabtop", "glances --webserver", "htop -p 1"],
});

export const iotop = program({
  names: "iotop|iotop-c",
  source: "iotop(8) 0.6",
  why: "shows what reads, writes or sends most",
  flags: "-b|--batch -o|--only -P|--processes -a|--accumulated -k|--kilobytes -t|--time -q|--quiet -qq -qqq -h|--help --version -N -p -B",
  values: "-n|--iter -d|--delay -u|--user -s -i",
  operands: "none",
  risk: "safe",
  unbounded: (inv) => !inv.has("-h") && !(inv.has("-b") && /^[1-9]\d*$/.test(inv.value("-n") ?? "")),
  safer: "iotop -b -o -n 3",
  examples: { "iotop -boqqq -n 3": "safe", "iotop -b -n 1 -P": "safe", iotop: "caution", "iotop -b -o": "caution" },
  nearMisses: ["iotop -n 3"],
});

export const free = program({
  names: "free",
  source: "free(1), procps 4.0",
  why: "prints the use of memory",
  flags:
    "-b|--bytes -k|--kibi -m|--mebi -g|--gibi -h|--human -w|--wide -t|--total -l|--lohi -v|--committed -L|--line --kilo --mega --giga --tera --peta --tebi --pebi --si --help -V|--version",
  values: "-c|--count",
  options: { "-s|--seconds": {} },
  unbounded: (inv) => inv.has("-s") && !inv.has("-c"),
  safer: "free -s 1 -c 5",
  examples: { "free -h": "safe", "free -mt": "safe", "free -s 1 -c 3": "safe", "free -s 1": "caution" },
  nearMisses: ["free -hs 1", "free --seconds=2", "free x"],
});

export const vmstat = program({
  names: "vmstat",
  source: "vmstat(8), procps 4.0",
  why: "prints the use of memory, processors and disks",
  flags:
    "-a|--active -d|--disk -D|--disk-sum -f|--forks -m|--slabs -n|--one-header -s|--stats -t|--timestamp -w|--wide -y|--no-first -h|--help -V|--version",
  values: "-p|--partition -S|--unit",
  operands: "data*",
  unbounded: repeatsForEver,
  safer: "give a count too: vmstat 1 5",
  examples: {
    vmstat: "safe",
    "vmstat 1 5": "safe",
    "vmstat -wn 1 3": "safe",
    "vmstat -s -S M": "safe",
    "vmstat 1": "caution",
    'vmstat "$t"': "unknown",
  },
  nearMisses: ["vmstat -w 2", "vmstat -S M 1"],
});

export const sysstat = program({
  names: "iostat|mpstat|pidstat|cifsiostat|nfsiostat|tapestat",
  source: "iostat(1), mpstat(1), pidstat(1), sysstat 12.6; iostat(8), macOS 14",
  why: "prints load statistics",
  flags:
    "-c -d -h|--human -H -k -m -N -s -t -V -x -y -z -A -u -w -I -n -r -R -U -v -l -K -a -q -L --pretty --compact --version --help -NUM",
  values: "-p -C -G -T -P -o -j --dec -g -f +f",
  options: { "-e": { kind: "inner", risk: "unknown", why: "runs a program" } },
  operands: "data*",
  unbounded: repeatsStatistics,
  safer: "give a count too: iostat -x 1 5",
  examples: {
    "iostat -xz 1 5": "safe",
    "mpstat -P ALL": "safe",
    "pidstat -d 1 3": "safe",
    "pidstat -p 41 -rud 1 3": "safe",
    "iostat -dxm nvme0n1 2 2": "safe",
    "iostat 1": "caution",
    "pidstat -e rm x": "unknown",
  },
  nearMisses: ["iostat -x 2", "mpstat -P ALL 1", "pidstat 1"],
});

export const sar = program({
  names: "sar",
  source: "sar(1), sysstat 12.6",
  why: "prints recorded or present load",
  flags: "-A -B -b -C -d -F -H -h|--human -p -q -r -S -t -u -V -v -W -w -x -y -z -D --pretty --version --help -NUM",
  values: "-I -m -n -P -i -j --dev --fs --iface --int --dec",
  optional: "-e -s",
  reads: "-f",
  options: { "-o": { arity: "optional", risk: "caution", why: "writes its records to a file" } },
  operands: "data*",
  unbounded: repeatsForEver,
  inspect: refuseDashedValues,
  safer: "give a count too: sar -n DEV 1 5",
  noInverse: "the records are in a new file",
  examples: {
    "sar -u 1 5": "safe",
    "sar -n DEV,EDEV 1 3": "safe",
    "sar -q -f /var/log/sa/sa21": "safe",
    "sar -r -s 03:00:00 -e 04:00:00": "safe",
    "sar -P ALL 1 2": "safe",
    "sar 1": "caution",
    "sar -o /tmp/x 1 5": "caution",
  },
  nearMisses: ["sar -uo x 1 2", "sar -f -o x 1 2", "sar -u 2", "sar -o"],
});

export const once = program({
  ...reading("prints figures about memory or processors once"),
  names: "numastat|cpuid|lsipc",
  source: "numastat(8), numactl 2.0; lsipc(1), util-linux 2.39",
  examples: { "numastat -m": "safe", "numastat -p 41": "safe", "lsipc -m": "safe" },
  nearMisses: ["numastat > x"],
});
