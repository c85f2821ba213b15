// Programs that look for open ports and weak points on other machines.
import type { Arg } from "../../arg.ts";
import { type Finding, program } from "../../rule.ts";

const harmlessScripts =
  /^(ssl-cert|ssl-enum-ciphers|ssl-date|http-title|http-headers|http-methods|banner|ssh2-enum-algos|ssh-hostkey|dns-nsid|whois-ip|smb-os-discovery|smb-protocols|tls-alpn|rdp-enum-encryption|nbstat|ntp-info|http-security-headers)(,[a-z0-9-]+)?$/;

/** Scripts of the safe kind that only ask; categories and paths may do anything. */
function script(value: Arg): Finding | undefined {
  if (value.shape === "literal" && value.text.split(",").every((name) => harmlessScripts.test(name))) return undefined;
  const attacks = /exploit|brute|dos|vuln|intrusive|malware|fuzzer|all|\/|\.nse/.test(value.text);
  return {
    risk: attacks ? "dangerous" : "caution",
    why: "runs scripts against the machine",
    safer: "name scripts that only ask: ssl-cert",
    span: value.span,
  };
}

const writesResult = { kind: "write", why: "writes the result to a file", safer: "leave it out" } as const;

export const nmap = program({
  names: "nmap",
  source: "nmap(1) 7.95",
  why: "asks which ports are open",
  flags:
    "-4 -6 -n -R -F -r -v -vv -vvv -d -sn -sP -sL -sT -sS -sU -sV -sA -sW -sY -sO -Pn -P0 -PS -PA -PU -PE -PP -PM -PN -PY -O --open --reason --packet-trace --traceroute --version-light --version-all --system-dns --iflist --no-stylesheet --osscan-guess --osscan-limit --allports --privileged --unprivileged -V|--version -h|--help --stats-every --send-eth --send-ip --disable-arp-ping -T0 -T1 -T2 -T3 -T4 --defeat-rst-ratelimit",
  values:
    "-p|--exclude-ports --top-ports --exclude --dns-servers -e -g|--source-port --version-intensity --host-timeout --max-retries --max-rate --max-rtt-timeout --min-rtt-timeout --initial-rtt-timeout --scan-delay --max-scan-delay --port-ratio --ttl --max-parallelism --max-hostgroup --min-hostgroup -m",
  reads: "-iL|--excludefile",
  style: "long",
  options: {
    "-p-|-p1-65535|-p0-": { arity: "flag", why: "asks for all ports" },
    "--script": { check: script, why: "runs scripts against the machine" },
    "--script-args|--script-args-file": { risk: "caution", why: "settings of scripts" },
    "-sC|-A": { arity: "flag", risk: "caution", why: "runs the default scripts against the machine", safer: "leave it out" },
    "-oN|-oX|-oG|-oA|-oS|-oM|--stylesheet|--append-output": writesResult,
    "--resume": { risk: "caution", why: "goes on with an old scan and writes its file" },
    "-T5": { arity: "flag", risk: "caution", why: "asks as fast as it can" },
    "--min-rate|--min-parallelism": { risk: "caution", why: "asks as fast as it can" },
    "-sF|-sN|-sX|-sM|-sZ|-f|--badsum|--randomize-hosts": { arity: "flag", risk: "caution", why: "sends packets made to pass unnoticed" },
    "-D|-S|-sI|-b|--spoof-mac|--data|--data-string|--scanflags|--proxies|--ip-options": {
      risk: "dangerous",
      why: "hides who asks, or sends made-up packets",
    },
    "-iR": { risk: "dangerous", why: "scans machines at random" },
    "--datadir|--servicedb|--versiondb": { kind: "code", risk: "unknown", why: "loads other tables and scripts" },
    "--interactive": { arity: "flag", risk: "dangerous", why: "opens a prompt from which programs run" },
  },
  operands: "data*",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "host", name: arg.text })),
  noInverse: "packets that were sent cannot be taken back",
  examples: {
    "nmap -sn 10.0.0.0/28": "safe",
    "nmap -Pn -p 443,8443 web1": "safe",
    "nmap -sV --version-light -p 22 web1": "safe",
    "nmap --script ssl-cert -p 443 web1": "safe",
    "nmap -p- web1": "safe",
    "nmap -A web1": "caution",
    "nmap -sC -p 80 web1": "caution",
    "nmap --script http-enum web1": "caution",
    "nmap --script ssl-cert --script-args a=b web1": "caution",
    "nmap -oN f web1": "caution",
    "nmap --resume f": "caution",
    "nmap -T5 web1": "caution",
    "nmap --min-rate 5000 web1": "caution",
    "nmap -sX web1": "caution",
    "nmap --script vuln web1": "dangerous",
    "nmap -D 10.0.0.1 web1": "dangerous",
    "nmap -iR 100": "dangerous",
    "nmap --datadir d web1": "unknown",
    "nmap --interactive": "dangerous",
  },
  nearMisses: ["nmap --script=./x.nse web1", "nmap -sS -oX - web1 --script brute", "nmap $x"],
});

export const massScanners = program({
  names: "masscan|zmap|rustscan|naabu|zgrab2|nikto|nuclei|sqlmap|wpscan|gobuster|dirb|ffuf|hydra|medusa|amass|subfinder|unicornscan",
  source: "masscan(8) 1.3; zmap(1); nikto 2.5; nuclei 3",
  why: "asks or attacks very many machines, paths or passwords at once",
  risk: (inv) => (/^(hydra|medusa|sqlmap|nuclei|unicornscan)$/.test(inv.program) ? "dangerous" : "caution"),
  safer: "nmap -Pn -p PORT HOST",
  anyOption: true,
  operands: "data*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "host", name: arg.text })),
  noInverse: "packets that were sent cannot be taken back",
  examples: { "masscan 10.0.0.0/8 -p80": "caution", "hydra -l a -P f ssh://x": "dangerous" },
  nearMisses: ["nikto -h http://x"],
});

export const sshKeyscan = program({
  names: "ssh-keyscan|ssh-audit",
  source: "ssh-keyscan(1), OpenSSH 9.8",
  why: "prints the public keys of machines",
  flags: "-4 -6 -c -D -H -q -v -b -l",
  values: "-p -T -t -O -L",
  reads: "-f",
  operands: "data*",
  examples: { "ssh-keyscan -t ed25519 web1": "safe", "ssh-keyscan -H -p 2222 web1": "safe" },
  nearMisses: ["ssh-keyscan --frob web1", "ssh-keyscan $x"],
});
