// Programs that print what passes on the network. Headers only, for a limited number of packets, are a read; contents may hold secrets.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";

/** Lists what it knows, or checks a filter. */
const informs = (inv: Invocation, names: readonly string[]): boolean => names.some((name) => inv.has(name));

const keepsFile = (why: string) => ({ kind: "write", why, safer: "leave it out: packets are printed" }) as const;

const dumpInforms = ["-D", "-L", "-h", "--version", "-d", "-J"];

export const tcpdump = program({
  names: "tcpdump",
  source: "tcpdump(1) 4.99; reference/command-safety.md 3.4",
  why: "prints the headers of packets",
  flags:
    "-A -b -d -D|--list-interfaces -e -f -h|--help -H -I|--monitor-mode -J|--list-time-stamp-types -K|--dont-verify-checksums -l -L|--list-data-link-types -n -N -O|--no-optimize -p|--no-promiscuous-mode -q -S|--absolute-tcp-sequence-numbers -t -u -U|--packet-buffered -v -x -X -#|--number --version --print --immediate-mode --count --micro --nano --lengths --skip",
  values:
    "-B|--buffer-size -c -i|--interface -j|--time-stamp-type -M -s|--snapshot-length -T -y|--linktype -Q|--direction -Z|--relinquish-privileges --time-stamp-precision",
  reads: "-r -F -V",
  options: {
    "-E": { sensitive: true, why: "decrypts with a secret on the command line" },
    "-m": { kind: "code", risk: "unknown", why: "loads a module" },
    "-w": keepsFile("writes packets to a file"),
    "-z|--postrotate-command": { kind: "code", risk: "dangerous", why: "runs a program on each file" },
    "-G|-C|-W": { risk: "caution", why: "rotates files" },
  },
  operands: "data*",
  sensitive: (inv) => inv.has("-A") || inv.has("-x") || inv.has("-X"),
  unbounded: (inv) => !inv.has("-c") && !inv.has("-r") && !inv.has("-V") && !informs(inv, dumpInforms),
  safer: "add -c 100, leave -A and -X out",
  noInverse: "delete the file that was written",
  examples: {
    "tcpdump -D": "safe",
    "tcpdump -nn -i any -c 50 port 443": "safe",
    "tcpdump -nnvr dump.pcap 'tcp[13] & 2 != 0'": "safe",
    "tcpdump -i any port 443": "caution",
    "tcpdump -A -c 5": "caution",
    "tcpdump -c 5 -w x.pcap": "caution",
    "tcpdump -c 5 -E secret": "caution",
    "tcpdump -c 5 -G 60": "caution",
    "tcpdump -c 5 -m mod": "unknown",
    "tcpdump -G 1 -z sh -w x": "dangerous",
  },
  nearMisses: ["tcpdump -i any", "tcpdump port 80 -w f -c 3", "tcpdump -c1 port 80 -zsh", "tcpdump -nnXc 5", "tcpdump -c 1 $x"],
});

/** Single fields that hold no contents. */
function printsFields(inv: Invocation): boolean {
  const contents = /data|cookie|auth|passw|payload|text|value|secret|token/;
  return inv.value("-T") === "fields" && inv.all("-e").every((field) => field.shape === "literal" && !contents.test(field.text));
}

const sharkInforms = ["-D", "-L", "-v", "-h", "-G"];

export const tshark = program({
  names: "tshark|dumpcap|rawshark|termshark",
  source: "tshark(1), dumpcap(1), Wireshark 4.2",
  why: "prints summaries of packets; dumpcap always keeps them in a file",
  risk: (inv) => (inv.program === "dumpcap" && !informs(inv, sharkInforms) ? "caution" : "safe"),
  flags:
    "-2 -D|--list-interfaces -L|--list-data-link-types -l -n -p|--no-promiscuous-mode -P|--print -q|--quiet -Q -S --color -v|--version -h|--help -g -I|--monitor-mode --no-duplicate-keys -V -x",
  values:
    "-c -i|--interface -f -Y|--display-filter -R|--read-filter -T -e -E -N -t -u -d -s|--snapshot-length -B|--buffer-size -y|--linktype -j -J -M -W|--name --enable-protocol --disable-protocol --only-protocols --enable-heuristic --disable-heuristic -G -O --hexdump --time-stamp-type",
  reads: "-r|--read-file -H",
  options: {
    "-a|--autostop": { why: "ends the capture" },
    "-z": {
      check: (value) =>
        /^(io|conv|endpoints|hosts|http|dns|expert|ip|proto|rpc|smb|sip|tcp|icmp|plen|ptype|dests|credentials|follow|rtp|flow|help)\b/.test(
          value.head,
        )
          ? undefined
          : { risk: "unknown", why: "statistics that no table knows" },
    },
    "-w|--export-objects|--export-tls-session-keys|--log-file|--capture-comment|-F": keepsFile(
      "writes packets or their contents to a file",
    ),
    "-b|--ring-buffer": { risk: "caution", why: "rotates files" },
    "-X|-C|-o": { kind: "code", risk: "unknown", why: "loads a script, a profile or settings" },
    "-K": { sensitive: true, why: "decrypts with a key table" },
  },
  operands: "data*",
  sensitive: (inv) =>
    inv.has("-V") ||
    inv.has("-x") ||
    inv.has("-O") ||
    (inv.has("-T") && !printsFields(inv)) ||
    inv.all("-z").some((value) => /^(follow|credentials)/.test(value.head)),
  unbounded: (inv) => !inv.has("-c") && !inv.has("-r") && !inv.has("-a") && !informs(inv, sharkInforms),
  safer: "add -c 100",
  noInverse: "delete the file that was written",
  examples: {
    "tshark -D": "safe",
    "tshark -i eth0 -c 20 -f 'port 443'": "safe",
    "tshark -r dump.pcap -q -z io,stat,1": "safe",
    "tshark -i eth0 -a duration:10": "safe",
    "tshark -r dump.pcap -T fields -e ip.src": "safe",
    "tshark -r dump.pcap -T json": "caution",
    "tshark -r dump.pcap -V": "caution",
    "tshark -i eth0": "caution",
    "tshark -c 5 -w x": "caution",
    "dumpcap -c 5": "caution",
    "dumpcap -c 5 -b files:3": "caution",
    "tshark -r x -K k": "caution",
    "tshark -r x -X lua_script:x.lua": "unknown",
  },
  nearMisses: ["tshark -w x", "tshark -r x --export-objects http,dir", "tshark -c 1 $x"],
});

export const ngrep = program({
  names: "ngrep|tcpflow|sngrep|tcpick|dsniff|urlsnarf|tcpreplay|tcprewrite|httpry",
  source: "ngrep(8) 1.47; tcpflow(1)",
  why: "prints the contents of packets, which may hold secrets",
  risk: (inv) => (/^tcp(replay|rewrite|flow)/.test(inv.program) ? "caution" : "safe"),
  flags: "-h -N -X -V -i -w -q -p -e -v -x -l -D -t -T -M -R -c -C",
  values: "-s -n -A -d -S -W -P -K",
  reads: "-I -F",
  options: {
    "-O": keepsFile("writes packets to a file"),
    "-r|-o": { risk: "caution", why: "writes or replays files" },
  },
  operands: "data*",
  sensitive: (inv) => !inv.has("-V") && !inv.has("-h"),
  unbounded: (inv) => !inv.has("-n") && !inv.has("-I") && !inv.has("-V") && !inv.has("-h"),
  safer: "tcpdump -nn -c 50",
  noInverse: "packets that were sent cannot be taken back",
  examples: { "ngrep -V": "safe", "ngrep -q -n 5 GET port 80": "caution", "ngrep -O f -n 1": "caution", "tcpflow -r x": "caution" },
  nearMisses: ["ngrep GET", "tcpreplay -i eth0 x.pcap"],
});
