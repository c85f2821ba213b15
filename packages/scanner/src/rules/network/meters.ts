// Programs that measure the network: throughput tests, and tables of who sends how much.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";

export const iperf = program({
  names: "iperf|iperf3|netperf|nuttcp|qperf|speedtest|speedtest-cli|fast|bwctl|uperf|sockperf",
  source: "iperf3(1) 3.17; speedtest-cli(1)",
  why: "fills the line with traffic as fast as it can",
  risk: (inv) => (inv.has("-v") || inv.has("-h") || inv.has("--list") ? "safe" : "caution"),
  safer: "ping -c 4",
  flags: "-v|--version|-V -h|--help --list",
  anyOption: true,
  operands: "data*",
  options: {
    "-s|--server": { arity: "flag", unbounded: true, why: "opens a port and waits for others" },
    "--logfile|-I|--pidfile": { kind: "write", why: "writes a file" },
  },
  targets: (inv) => inv.operands.map((arg) => ({ kind: "host", name: arg.text })),
  noInverse: "the traffic ends by itself; nothing is left",
  examples: {
    "iperf3 -c db1 -t 10": "caution",
    "iperf3 -s": "caution",
    "iperf3 --version": "safe",
    "iperf3 -c db1 --logfile f": "caution",
  },
  nearMisses: ["iperf3 -sD", "speedtest"],
});

const measuresTwice = (inv: Invocation): boolean => inv.operands.length === 2;

/** When each of them ends by itself: told how often to measure, or to print once. The others never do. */
const endings: Readonly<Record<string, (inv: Invocation) => boolean>> = {
  vnstat: (inv) => !inv.has("-l"),
  nethogs: (inv) => inv.has("-c"),
  iftop: (inv) => inv.has("-t") && inv.has("-s"),
  ifstat: (inv) => measuresTwice(inv) || inv.has("-s") || inv.has("-a"),
  dstat: measuresTwice,
  dool: measuresTwice,
};

const ends = (inv: Invocation): boolean => inv.has("-h") || inv.has("--version") || endings[inv.program]?.(inv) === true;

export const meters = program({
  names:
    "nethogs|iftop|nload|bmon|dstat|dool|vnstat|iptraf|iptraf-ng|ifstat|cbm|slurm-net|speedometer|bandwhich|iptstate|jnettop|trafshow|ttcp|bwm-ng|netwatch",
  source: "nethogs(8), iftop(8), nload(1), bmon(8), dstat(1), vnstat(1) 2.12, ifstat(1), iptraf(8)",
  why: "shows how much passes on the network",
  flags:
    "-a -A -b -B -C -d -f -F -g -h|--help -H -j|--json -l|--live -m -M -n -N -p -P -q -r -S -t -T -v -V|--version -w -x -y -z --tcp --udp --net --socket --top-cpu --top-io --top-mem --cpu --mem --disk --sys --nocolor --noheaders --noupdate --oneline --short --hours --days --months --years --query --xml --dbiflist",
  values: "-c -D -i -I -L -s -U -G --iface --limit --begin --end -o",
  options: {
    "-u|--update|--create|--delete|--remove|--rename|--reset|--add|-e|--rename-iface|--enable|--disable|--force|--cleartop|--rebuildtotal":
      {
        arity: "flag",
        risk: "caution",
        why: "changes the store of counts",
      },
    "--output": { kind: "write", why: "writes the counts to a file" },
  },
  operands: "data*",
  unbounded: (inv) => !ends(inv),
  safer: "-c 5 ends it, where the program has it; else timeout",
  noInverse: "counts that were dropped are gone",
  examples: {
    "vnstat -d": "safe",
    "nethogs -t -c 5 eth0": "safe",
    "iftop -t -s 10 -i eth0": "safe",
    "dstat -tn 1 5": "safe",
    "iftop -i eth0": "caution",
    "ifstat -t 1 5": "safe",
    "vnstat -l -i eth0": "caution",
    "vnstat --remove -i eth0": "caution",
    "ifstat --output f 1 5": "caution",
  },
  nearMisses: ["nload", "bmon", "dstat 1", "nethogs", "speedometer", "ifstat 1", "vnstat -ru"],
});
