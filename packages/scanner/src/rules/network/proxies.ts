// HAProxy and Varnish: checks of the configuration, logs and counters read; bans and purges drop what is cached.
import { program } from "../../rule.ts";
import { sendsLines } from "./sent-lines.ts";

export const haproxy = program({
  names: "haproxy|hapee-lb",
  source: "haproxy(1), management guide 2.9",
  style: "long",
  why: "checks the configuration, or runs the proxy",
  safer: "haproxy -c -f FILE",
  risk: (inv) => {
    if (inv.has("-sf") || inv.has("-st")) return "dangerous";
    return inv.has("-c") || inv.has("-v") || inv.has("-vv") || inv.has("-h") || inv.has("-cc") ? "safe" : "caution";
  },
  flags: "-c -v -vv -vvv -h -V -q -d -D -db -dM -dp -dr -dV -dW -de -dS -dt -W -Ws",
  values: "-f -C -n -N -L -m -cc -x -dk -dL",
  options: {
    "-p": { kind: "write", why: "writes its number to a file" },
    "-S": { risk: "caution", why: "opens a control socket" },
    "-sf|-st": { why: "ends the running proxy" },
  },
  operands: "data*",
  targets: () => [{ kind: "server", name: "haproxy" }],
  noInverse: "start the proxy that ran before",
  examples: {
    "haproxy -c -f /etc/haproxy/haproxy.cfg": "safe",
    "haproxy -vv": "safe",
    "haproxy -f f -D": "caution",
    "haproxy -c -p f -f g": "caution",
    "haproxy -c -S sock -f g": "caution",
    "haproxy -f f -sf 12": "dangerous",
  },
  nearMisses: ["haproxy", "haproxy -c -f f -st 12"],
});

export const varnishReaders = program({
  names: "varnishstat|varnishlog|varnishncsa|varnishtop|varnishhist|varnishtest",
  source: "varnishstat(1), varnishlog(1), Varnish 7.5",
  why: "shows counters or requests of the cache",
  risk: (inv) => (inv.program === "varnishtest" ? "caution" : "safe"),
  flags: "-1 -d -b -c -C -E -j -k -l -x -u -v -V -h -p1",
  values: "-n -f -F -g -i -I -L -N -q -Q -R -T -X -m -p -t",
  reads: "-r",
  options: {
    "-w|-P": { kind: "write", why: "writes a file", safer: "leave it out" },
    "-a|-D|-A": { arity: "flag", risk: "caution", why: "stays in the background, or adds to a file" },
  },
  operands: "none",
  unbounded: (inv) => !["-1", "-d", "-j", "-l", "-V", "-h", "-r"].some((name) => inv.has(name)),
  sensitive: (inv) => /^varnish(log|ncsa)$/.test(inv.program) && !inv.has("-V") && !inv.has("-l") && !inv.has("-I") && !inv.has("-i"),
  safer: "varnishstat -1",
  noInverse: "it changes nothing in the cache",
  examples: {
    "varnishstat -1": "safe",
    "varnishlog -d -i Timestamp": "safe",
    "varnishlog -d": "caution",
    varnishstat: "caution",
    "varnishncsa -d -w f": "caution",
    "varnishlog -D": "caution",
  },
  nearMisses: ["varnishlog", "varnishtop -i ReqURL", "varnishtest x.vtc"],
});

const reads =
  /^(ping|pid|status|banner|help|backend\.list|ban\.list|param\.show|vcl\.list|vcl\.show|vcl\.deps|panic\.show|storage\.list|vcl\.symtab|auth|quit)$/;

export const varnishadm = program({
  names: "varnishadm",
  source: "varnishadm(1), varnish-cli(7) 7.5",
  style: "posix",
  why: "asks or steers the cache",
  safer: "varnishadm status",
  risk: (inv) => {
    const verb = inv.operand(0) ?? "";
    if (verb === "") return inv.stdin.kind === "none" ? "unknown" : "dangerous";
    if (reads.test(verb)) return "safe";
    return /^(ban|ban\.url|purge.*|stop|vcl\.discard|panic\.clear|stevedore.*)$/.test(verb) ? "dangerous" : "caution";
  },
  values: "-n -S -T -t",
  flags: "-h -p",
  operands: "data*",
  targets: (inv) => [
    {
      kind: "cache",
      name:
        inv.operands
          .slice(1)
          .map((arg) => arg.text)
          .join(" ") || "varnish",
    },
  ],
  noInverse: "vcl.list and param.show print the state before; keep them",
  examples: {
    "varnishadm backend.list": "safe",
    "varnishadm -T localhost:6082 param.show": "safe",
    "varnishadm vcl.use old": "caution",
    "varnishadm backend.set_health web sick": "caution",
    "varnishadm ban req.url '~' .": "dangerous",
    "varnishadm stop": "dangerous",
  },
  nearMisses: ["varnishadm", "varnishadm param.set a b", "varnishadm ban.url x", "varnishadm $x"],
});

export const haproxyClients = program({
  names: "hatop|haproxyctl|hactl",
  source: "hatop(1) 0.8; github.com/flores/haproxyctl",
  why: "shows or steers HAProxy",
  risk: (inv) =>
    /^show\b/.test(inv.operand(0) ?? "") ? "safe" : /^(disable|shutdown|stop|clear)/.test(inv.operand(0) ?? "") ? "dangerous" : "caution",
  flags: "-h -v",
  values: "-s -i -m -f",
  operands: "data*",
  inspect: sendsLines,
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "server", name: arg.text })),
  noInverse: "show servers state prints the state before",
  examples: { "haproxyctl show stat": "safe", "haproxyctl enable all web": "caution", "haproxyctl disable all web": "dangerous" },
  nearMisses: ["hatop -s /run/haproxy.sock", "haproxyctl reload"],
});
