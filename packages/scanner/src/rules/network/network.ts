// Programs that look at the network of this machine, and those that change it.
import { program } from "../../rule.ts";

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
    "iptables|ip6tables|iptables-restore|nft|ipset|conntrack|ipvsadm|ufw|firewall-cmd|nmcli|nmtui|ifup|ifdown|dhclient|arptables|ebtables|netplan|wg|wg-quick|wpa_cli",
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
  },
  nearMisses: ["nmcli con down x"],
});
