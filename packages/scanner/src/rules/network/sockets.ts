// Programs that list sockets and counters: ss, netstat, nstat.
import { program } from "../../rule.ts";

export const ss = program({
  names: "ss",
  source: "ss(8), iproute2 6.10",
  why: "lists sockets",
  flags:
    "-4|--ipv4 -6|--ipv6 -0|--packet -a|--all -b|--bpf -B|--bound-inactive -e|--extended -H|--no-header -i|--info -l|--listening -m|--memory -M|--mptcp -n|--numeric -o|--options -O|--oneline -p|--processes -r|--resolve -s|--summary -S|--sctp -t|--tcp -T|--threads -u|--udp -d|--dccp -w|--raw -x|--unix -z|--contexts -Z|--context -Q|--no-queues --tipc --vsock --xdp --tos --cgroup --inet-sockopt --bpf-maps -h|--help -V|--version",
  values: "-A|--query|--socket -f|--family -N|--net --bpf-map-id",
  reads: "-F|--filter",
  options: {
    "-K|--kill": { arity: "flag", risk: "dangerous", why: "closes sockets by force", safer: "leave -K out" },
    "-D|--diag": { kind: "write", why: "writes raw data to a file" },
    "-E|--events": { arity: "flag", unbounded: true, why: "prints events without end", safer: "leave -E out" },
  },
  operands: "data*",
  targets: (inv) => [{ kind: "sockets", name: inv.operands.map((arg) => arg.text).join(" ") || "all" }],
  examples: {
    "ss -tlnp": "safe",
    "ss -s": "safe",
    "ss -tn state established '( dport = :443 )'": "safe",
    "ss -tanp sport = :5432": "safe",
    "ss -K dst 10.0.0.1": "dangerous",
    "ss -tE": "caution",
    "ss -D dump": "caution",
  },
  nearMisses: ["ss -tK dport = 443", "ss --ki", "ss -tnE", "ss -ntK"],
});

export const netstat = program({
  names: "netstat",
  source: "netstat(8), net-tools 2.10",
  why: "lists sockets and routes",
  flags:
    "-r|--route -g|--groups -i|--interfaces -M|--masquerade -s|--statistics -v|--verbose -W|--wide -n|--numeric --numeric-hosts --numeric-ports --numeric-users -N|--symbolic -e|--extend -p|--program|--programs -o|--timers -l|--listening -a|--all -F|--fib -C|--cache -Z|--context -t|--tcp -u|--udp -U|--udplite -S|--sctp -w|--raw -x|--unix -4 -6 --inet --inet6 -V|--version -h|--help -m -b -q -f",
  values: "-A|--protocol",
  options: { "-c|--continuous": { arity: "flag", unbounded: true, why: "repeats without end", safer: "leave -c out" } },
  operands: "none",
  examples: { "netstat -tulpn": "safe", "netstat -rn": "safe", "netstat -s --udp": "safe", "netstat -c": "caution" },
  nearMisses: ["netstat -anc", "netstat -tulpn x"],
});

export const nstat = program({
  names: "nstat|rtacct|lnstat|rtstat|ctstat",
  source: "nstat(8), lnstat(8), iproute2 6.10",
  why: "prints counters of the network; without -s nstat remembers them in its history file",
  safer: "nstat -as",
  risk: (inv) => (inv.program === "nstat" && !["-s", "-V", "-h"].some((name) => inv.has(name)) ? "caution" : "safe"),
  flags: "-a|--ignore -z|--zeros -s|--noupdate -j|--json -p|--pretty -V|--version -h|--help -D|--dump",
  values: "-f|--file -k|--keys -w|--width",
  options: {
    "-r|--reset": { arity: "flag", risk: "caution", why: "forgets the counts so far" },
    "-n|--nooutput": { arity: "flag", risk: "caution", why: "only writes the history of counts" },
    "-d|--scan": { risk: "caution", why: "stays in the background" },
    "-i|--interval": { unbounded: true, why: "repeats", safer: "-c 1" },
    "-c|--count": { why: "ends after so many" },
    "-t|--time": { risk: "caution", why: "averages over this time" },
  },
  operands: "data*",
  unbounded: (inv) => inv.program !== "nstat" && inv.program !== "rtacct" && !inv.has("-c") && !inv.has("-D") && !inv.has("-V"),
  noInverse: "the counts start again from zero; the kernel's own stay",
  examples: {
    "nstat -asz": "safe",
    "nstat -az": "caution",
    "nstat -s TcpRetransSegs": "safe",
    "lnstat -c 1": "safe",
    "nstat -r": "caution",
    "nstat -n": "caution",
    "nstat -d 5": "caution",
    "nstat -t 5": "caution",
    "lnstat -i 5": "caution",
  },
  nearMisses: ["lnstat", "nstat -rsz"],
});
