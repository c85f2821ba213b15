// Programs that ask whether and how another machine answers: ping and its kin, traceroute, mtr.
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { carriesOutput } from "./http-request.ts";

/** A name that holds the output of a command is asked of other people's name servers. */
export function reportCarried(inv: Invocation, ctx: RuleContext): void {
  for (const arg of inv.operands)
    if (carriesOutput(arg)) ctx.report({ risk: "caution", why: "sends the output of a command out as a name", span: arg.span });
}

/** A count or a time that is not nothing: 0 means without end. */
function ends(inv: Invocation, option: string): boolean {
  const given = inv.all(option);
  return given.length > 0 && given.every((value) => value.shape !== "literal" || /[1-9]/.test(value.text));
}

export const ping = program({
  names: "ping|ping4|ping6|oping",
  source: "ping(8), iputils 20240905; busybox ping 1.36",
  why: "asks whether a host answers",
  flags: "-4 -6 -a -A -b -B -C -d -D -h -H -L -n -O -q -r -R -U -v -V",
  values: "-c -e -F -i -I -l -m -M -N -p -P -Q -s -S -t -T -w -W -G",
  options: { "-f": { arity: "flag", risk: "dangerous", why: "floods the network", safer: "leave -f out" } },
  operands: "data*",
  answers: [1],
  unbounded: (inv) => !ends(inv, "-c") && !ends(inv, "-w") && !inv.has("-V") && !inv.has("-h"),
  safer: "add -c 4",
  inspect: reportCarried,
  targets: (inv) => inv.operands.map((arg) => ({ kind: "host", name: arg.text })),
  examples: {
    "ping -c 3 db1": "safe",
    "ping -c4 -W1 10.0.0.1": "safe",
    "ping -w 5 -q db1": "safe",
    "ping db1": "caution",
    "ping -f db1": "dangerous",
  },
  nearMisses: ["ping -fc 9 x", "ping -w 0 x", "ping -c 3 $host", 'ping -c 1 "x.$(cat f).y.org"'],
});

export const arping = program({
  names: "arping",
  source: "arping(8), iputils 20240905",
  why: "asks which card has an address",
  flags: "-0 -b -f -q -r -R -v -V -h -d -e -p -a",
  values: "-c -I -i -w -W -s -S -t -T -g -m -u -C",
  options: {
    "-A|-U|-P": { arity: "flag", risk: "caution", why: "tells the neighbours that an address is here: traffic may move" },
    "-D": { arity: "flag", why: "looks for another machine with the address" },
  },
  operands: "data*",
  answers: [1],
  unbounded: (inv) => !inv.has("-c") && !inv.has("-w") && !inv.has("-f") && !inv.has("-V"),
  safer: "add -c 4",
  noInverse: "the neighbours ask again when their entries expire",
  examples: {
    "arping -c 2 -I eth0 10.0.0.1": "safe",
    "arping -D -c 2 10.0.0.1": "safe",
    "arping 10.0.0.1": "caution",
    "arping -U -c 3 10.0.0.1": "caution",
  },
  nearMisses: ["arping -A -c 1 10.0.0.1", "arping -c 1 $x"],
});

export const fping = program({
  names: "fping|fping6",
  source: "fping(8) 5.2",
  why: "asks whether hosts answer",
  flags:
    "-4|--ipv4 -6|--ipv6 -a|--alive -A|--addr -d|--rdns -D|--timestamp -e|--elapsed -g|--generate -m|--all -M|--dontfrag -n|--name -N|--netdata -o|--outage -q|--quiet -R|--random -s|--stats -u|--unreach -v|--version -h|--help -J|--json -X -E",
  values:
    "-b|--size -B|--backoff -c|--count -C|--vcount -H|--ttl -i|--interval -I|--iface -k|--fwmark -O|--tos -p|--period -Q|--squiet -r|--retry -S|--src -t|--timeout -T -x|--reachable",
  reads: "-f|--file",
  options: { "-l|--loop": { arity: "flag", unbounded: true, why: "goes on without end", safer: "-c 4" } },
  operands: "data*",
  answers: [1, 2],
  inspect: reportCarried,
  examples: { "fping -a -g 10.0.0.0/28": "safe", "fping -c 3 db1 db2": "safe", "fping -l db1": "caution" },
  nearMisses: ["fping -al db1", "fping $x"],
});

export const packetMakers = program({
  names: "hping3|hping|nping|packit|scapy|mz|mausezahn|slowhttptest|goldeneye",
  source: "hping3(8); nping(1), nmap 7.95",
  why: "sends packets made by hand, any number of them",
  risk: "caution",
  safer: "ping -c 4",
  anyOption: true,
  operands: "data*",
  options: {
    "--flood|--faster": { arity: "flag", risk: "dangerous", why: "floods the network" },
    "-S|--syn": { arity: "flag", why: "asks for a connection" },
    "--rand-source|--rand-dest": { arity: "flag", risk: "dangerous", why: "hides where the packets come from" },
    "-a|--spoof|--source-ip": { risk: "caution", why: "may write another sender into the packets" },
    "-d|--data|-E|--file|-c|--count|-p|--destport|-i|--interval": { why: "shapes the packets" },
  },
  targets: (inv) => inv.operands.map((arg) => ({ kind: "host", name: arg.text })),
  noInverse: "packets that were sent cannot be taken back",
  examples: {
    "hping3 -c 3 -p 443 db1": "caution",
    "hping3 -S db1": "caution",
    "hping3 -a 10.0.0.9 db1": "caution",
    "hping3 --flood db1": "dangerous",
    "hping3 --rand-source db1": "dangerous",
  },
  nearMisses: ["nping --tcp db1"],
});

export const traceroute = program({
  names: "traceroute|traceroute6|tracepath|tracepath6|tcptraceroute|lft|dublin-traceroute",
  source: "traceroute(8) 2.1; tracepath(8), iputils 20240905; tcptraceroute(1)",
  why: "shows the way to a host",
  flags: "-4 -6 -d -e -F -I|--icmp -T|--tcp -U|--udp -n -r -b -V|--version -h|--help -A|--as-path-lookups -D -S -E --back --mtu",
  values:
    "-f|--first -g|--gateway -i|--interface -m|--max-hops -N|--sim-queries -p|--port -P|--protocol -l -t|--tos -w|--wait -q|--queries -s|--source -z|--sendwait -O|--options --sport --fwmark -M|--module",
  operands: "data*",
  inspect: reportCarried,
  examples: { "traceroute -n db1": "safe", "traceroute -T -p 443 x.org": "safe", "tracepath -n db1": "safe" },
  nearMisses: ["traceroute --frob x", "traceroute $x"],
});

export const mtr = program({
  names: "mtr|mtr-tiny|trip",
  source: "mtr(8) 0.95",
  why: "shows the way to a host and what gets lost on it",
  flags:
    "-4 -6 -r|--report -w|--report-wide -n|--no-dns -b|--show-ips -j|--json -x|--xml -C|--csv -l|--raw -p|--split -t|--curses -g|--gtk -T|--tcp -u|--udp -S|--sctp -e|--mpls -z|--aslookup -v|--version -h|--help",
  values:
    "-c|--report-cycles -i|--interval -G|--gracetime -Q|--tos -B|--bitpattern -Z|--timeout -f|--first-ttl -m|--max-ttl -U|--max-unknown -P|--port -L|--localport -s|--psize -a|--address -I|--interface -o|--order -y|--ipinfo -M|--mark --displaymode -E|--max-display-path",
  reads: "-F|--filename",
  operands: "data*",
  unbounded: (inv) => !["-r", "-w", "-j", "-x", "-C", "-c", "-v", "-h"].some((name) => inv.has(name)),
  safer: "-r -c 5",
  inspect: reportCarried,
  examples: { "mtr -rwc 5 db1": "safe", "mtr --report --report-cycles=10 -n x.org": "safe", "mtr db1": "caution" },
  nearMisses: ["mtr -n db1", "mtr -F /etc/ssl/private/a.key", "mtr -r $x"],
});
