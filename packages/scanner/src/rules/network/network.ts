// Programs that look at the network of this machine, and those that change it.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";

const READ_VERBS = new Set(["show", "list", "lst", "ls", "sh", "l", "s", "help", "get", "monitor"]);

/** `ip OBJECT [VERB]`: without a verb, or with one of the reading ones, nothing changes. */
const readsOnly = (inv: Invocation): boolean => {
  const verb = inv.operands[1];
  return (
    verb === undefined ||
    (verb.shape === "literal" && READ_VERBS.has(verb.text) && inv.operand(0) !== "netns" && inv.operand(0) !== "vrf") ||
    (inv.operand(0) === "netns" && ["list", "ls", "show"].includes(verb?.text ?? ""))
  );
};

export const ip = program({
  names: "ip|bridge",
  source: "ip(8), bridge(8), iproute2 6.1",
  style: "posix",
  why: "shows addresses, links and routes",
  risk: (inv) => (readsOnly(inv) ? "safe" : "dangerous"),
  flags:
    "-4 -6 -B -0 -M -a|-all -br|-brief -c|-color -d|-details -h|-human|-human-readable -iec -j|-json -N|-Numeric -o|-oneline -p|-pretty -r|-resolve -s|-stats|-statistics -t|-timestamp -ts|-tshort -V|-Version",
  values: "-f|-family -l|-loops",
  options: {
    "-b|-batch": { kind: "code", risk: "dangerous", why: "runs commands from a file" },
    "-n|-netns": { why: "looks into another network namespace" },
    "-force": { arity: "flag", risk: "dangerous", why: "goes on after errors" },
  },
  operands: "data*",
  unbounded: (inv) => inv.operand(0) === "monitor" || inv.operand(0) === "mon" || inv.operand(1) === "monitor",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "network setting", name: arg.text })),
  examples: {
    "ip a": "safe",
    "ip -br addr show": "safe",
    "ip route get 10.0.0.1": "safe",
    "ip -s link show eth0": "safe",
    "ip route del default": "dangerous",
    "ip link set eth0 down": "dangerous",
  },
  nearMisses: [
    "ip addr flush eth0",
    "ip netns exec x sh",
    "ip -b cmds",
    "ip monitor",
    "ip a a 10.0.0.1/8 dev eth0",
    "ip vrf exec x ls",
    "ip link set eth0 up",
    "ip $x",
  ],
});

export const ss = program({
  names: "ss",
  source: "ss(8), iproute2 6.1",
  why: "lists sockets",
  flags:
    "-4|--ipv4 -6|--ipv6 -0|--packet -a|--all -b|--bpf -B|--bound-inactive -e|--extended -H|--no-header -i|--info -l|--listening -m|--memory -M|--mptcp -n|--numeric -o|--options -O|--oneline -p|--processes -r|--resolve -s|--summary -S|--sctp -t|--tcp -T|--threads -u|--udp -w|--raw -x|--unix -z|--contexts -Z|--context --tipc --vsock --xdp --tos --cgroup --inet-sockopt -h|--help -V|--version",
  values: "-A|--query|--socket -f|--family -F|--filter -N|--net",
  options: {
    "-K|--kill": { arity: "flag", risk: "dangerous", why: "closes sockets by force" },
    "-D|--diag": { kind: "write", why: "writes raw data to a file" },
    "-E|--events": { arity: "flag", unbounded: true, why: "prints events without end" },
  },
  operands: "data*",
  examples: {
    "ss -tlnp": "safe",
    "ss -s": "safe",
    "ss -tn state established '( dport = :443 )'": "safe",
    "ss -K dst 10.0.0.1": "dangerous",
  },
  nearMisses: ["ss -tK dport = 443", "ss --ki", "ss -E", "ss -D dump"],
});

export const netstat = program({
  names: "netstat",
  source: "netstat(8), net-tools 2.10",
  why: "lists sockets and routes",
  flags:
    "-r|--route -g|--groups -i|--interfaces -M|--masquerade -s|--statistics -v|--verbose -W|--wide -n|--numeric --numeric-hosts --numeric-ports --numeric-users -N|--symbolic -e|--extend -p|--program|--programs -o|--timers -l|--listening -a|--all -F|--fib -C|--cache -Z|--context -t|--tcp -u|--udp -U|--udplite -S|--sctp -w|--raw -x|--unix -4 -6 --inet --inet6 -V|--version -h|--help",
  values: "-A|--protocol",
  options: { "-c|--continuous": { arity: "flag", unbounded: true, why: "repeats without end" } },
  examples: { "netstat -tulpn": "safe", "netstat -rn": "safe", "netstat -c": "caution" },
  nearMisses: ["netstat -anc", "netstat -tulpn x"],
});

export const routeTables = program({
  names: "route|arp|ifconfig|iwconfig",
  source: "route(8), arp(8), ifconfig(8), net-tools 2.10",
  why: "shows routes, neighbours or interfaces",
  risk: (inv) =>
    (
      inv.program === "ifconfig" || inv.program === "iwconfig"
        ? inv.operands.length < 2
        : inv.operands.length === 0 || (inv.program === "arp" && inv.operands.length < 2)
    )
      ? "safe"
      : "dangerous",
  flags: "-n|--numeric -e|--extend -v|--verbose -a -C|--cache -F|--fib -4 -6 -s -V|--version -h|--help",
  options: { "-d|--delete|-f|--file|-S": { arity: "flag", risk: "dangerous", why: "changes the table" } },
  operands: "name*",
  targets: operandTargets("network setting"),
  inspect: (inv, ctx) => {
    if (inv.program === "arp" && inv.has("-s")) ctx.report({ risk: "dangerous", why: "changes the neighbour table" });
  },
  examples: {
    "route -n": "safe",
    "arp -an": "safe",
    "ifconfig eth0": "safe",
    "route del default": "dangerous",
    "ifconfig eth0 down": "dangerous",
  },
  nearMisses: ["arp -d 10.0.0.1", "arp -s 10.0.0.1 aa:bb", "route add default gw 1.1.1.1"],
});

export const ping = program({
  names: "ping|ping6|arping",
  source: "ping(8), iputils 20221126",
  why: "asks whether a host answers",
  flags: "-4 -6 -a -A -b -B -d -D -h -H -L -n -O -q -r -R -U -v -V",
  values: "-c -e -F -i -I -l -m -M -N -p -Q -s -S -t -T -w -W",
  options: { "-f": { arity: "flag", risk: "dangerous", why: "floods the network" } },
  operands: "data*",
  answers: [1],
  unbounded: (inv) => !inv.has("-c") && !inv.has("-w") && !inv.has("-V"),
  safer: "add -c 4",
  examples: { "ping -c 3 db1": "safe", "ping -c4 -W1 10.0.0.1": "safe", "ping db1": "caution", "ping -f db1": "dangerous" },
  nearMisses: ["ping -fc 9 x", "ping -c 3 $host"],
});

export const traceroute = program({
  names: "traceroute|traceroute6|tracepath|tracepath6|mtr",
  source: "traceroute(8); tracepath(8), iputils; mtr(8)",
  why: "shows the way to a host",
  flags:
    "-4 -6 -d -F -I|--icmp -T|--tcp -U|--udp -n|--no-dns -e -r|--report -w|--report-wide -b|--show-ips -j|--json -x|--xml -C|--csv -l|--raw -V -h",
  values: "-f -g -i -m|--max-ttl -N -p|-P|--port -t -q -s -z -c|--report-cycles -M",
  operands: "data*",
  unbounded: (inv) => inv.program === "mtr" && !inv.has("-r") && !inv.has("-w") && !inv.has("-c"),
  examples: { "traceroute -n db1": "safe", "mtr -rwc 5 db1": "safe", "mtr db1": "caution" },
  nearMisses: ["mtr -F hosts", "traceroute --frob x"],
});

export const dig = program({
  names: "dig|delv|nslookup|host|whois|drill|kdig",
  source: "dig(1), host(1), nslookup(1), BIND 9.18; whois(1)",
  style: "long",
  why: "asks name servers",
  flags: "-4 -6 -r -u -v -h -a -A -C -d -l -n -N -s -T -U -V -w -i -debug -nodebug -norecurse -recurse",
  optional: "-type|-query|-querytype|-class|-timeout|-port|-retry|-domain",
  values: "-b -c -k -p -q -t -x -y -W -R -m",
  options: { "-f": { kind: "read", risk: "unknown", why: "reads requests from a file" } },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.program === "nslookup" && inv.operands.length === 0) ctx.report({ risk: "unknown", why: "is interactive without a name" });
  },
  examples: {
    "dig +short db1.internal": "safe",
    "dig @10.0.0.2 -t MX x.org": "safe",
    "host db1": "safe",
    "nslookup -type=mx x.org": "safe",
    "dig -x 10.0.0.1": "safe",
  },
  nearMisses: ["dig -f names.txt", "nslookup"],
});

export const capture = program({
  names: "tcpdump|tshark|ngrep|dumpcap",
  source: "tcpdump(8), libpcap 1.10; tshark(1)",
  style: "posix",
  why: "prints network traffic, which may hold secrets",
  flags: "-A -b -d -D -e -f -h -H -I -J -K -l -L -n -N -O -p -q -S -t -u -U -v -vv -vvv -x -X -nn -tttt -xx -XX -#",
  values: "-B -c -i -s -T -y -Y -a",
  reads: "-r -F -V",
  options: {
    "-w": { kind: "write", why: "writes packets to a file" },
    "-z": { kind: "code", risk: "dangerous", why: "runs a program on each file" },
    "-G|-C|-W": { risk: "caution", why: "rotates files" },
  },
  operands: "data*",
  sensitive: (inv) => !inv.has("-D") && !inv.has("-h"),
  unbounded: (inv) => !inv.has("-c") && !inv.has("-D") && !inv.has("-r") && !inv.has("-h"),
  examples: {
    "tcpdump -D": "safe",
    "tcpdump -nn -c 50 port 443": "caution",
    "tcpdump -w x.pcap": "caution",
    "tcpdump -G 1 -z sh -w x": "dangerous",
  },
  nearMisses: ["tcpdump -i any", "tshark -w x"],
});

export const changeNetwork = program({
  names:
    "iptables|ip6tables|iptables-restore|nft|ipset|conntrack|ipvsadm|ufw|firewall-cmd|ethtool|tc|nmcli|nmtui|ifup|ifdown|dhclient|brctl|iw|arptables|ebtables|netplan|wg|wg-quick|wpa_cli",
  source: "iptables(8), nft(8), ufw(8), firewall-cmd(1), ethtool(8), tc(8), nmcli(1)",
  style: "posix",
  risk: "dangerous",
  why: "changes the network of the machine and may cut it off",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "network setting", name: arg.text })),
  examples: {
    "iptables -F": "dangerous",
    "nft flush ruleset": "dangerous",
    "ufw disable": "dangerous",
    "ethtool -K eth0 gro off": "dangerous",
  },
  nearMisses: ["nmcli con down x", "tc qdisc add dev eth0 root netem delay 100ms"],
});
