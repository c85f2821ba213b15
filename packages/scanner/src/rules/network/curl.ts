// curl: a request that reads (GET or HEAD, or a read that its API sends by POST) and prints what it gets is safe.
// What the request means is judged by http-request.ts; this file knows the options.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";
import { sensitivePath } from "../../sensitive-paths.ts";
import { writeFinding } from "../../write-paths.ts";
import { givesCredentials } from "./http-address.ts";
import { addressTargets, carriesOutput, judgeRequest, judgeScheme } from "./http-request.ts";
import { sendsLines } from "./sent-lines.ts";

const informs = ["-V", "-h", "-M"];

/** `-H @FILE` sends a file; some servers take the true method from a header. */
export const header = (value: Arg): Finding | undefined => {
  if (value.head.startsWith("@") || (value.head === "" && value.shape !== "literal"))
    return { risk: "caution", sensitive: true, why: "sends a file as headers", span: value.span };
  if (/^accept\s*:\s*text\/event-stream/i.test(value.text))
    return { risk: "caution", unbounded: true, why: "asks for events, which never end", span: value.span };
  const method = /^x-(?:http-)?method(?:-override)?\s*:\s*(\w*)/i.exec(value.text)?.[1];
  if (method === undefined || /^(get|head)$/i.test(method)) return undefined;
  const risk = /^delete$/i.test(method) ? "dangerous" : "caution";
  return { risk, why: "asks for another method by a header", span: value.span };
};

/** Another way to the host that is asked: `--resolve HOST:PORT:ADDRESS`, `--connect-to A:80:B:80`, `-x http://B:3128`. */
const way = (value: Arg): Finding | undefined => {
  const parts = value.text.split(/:(?![^[]*\])|[,@/+]/);
  return parts.some((part) => givesCredentials(part.toLowerCase()))
    ? { risk: "caution", sensitive: true, why: "asks the cloud's metadata service, which gives out credentials", span: value.span }
    : undefined;
};

/** Where a redirection may lead: to protocols that read. */
const redirected = (value: Arg): Finding | undefined => {
  const allowed = value.text.split(",").filter((part) => !part.startsWith("-"));
  return value.shape === "literal" && allowed.every((part) => /^[+=]?(https?|ftps?)$/i.test(part))
    ? undefined
    : { risk: "unknown", why: "lets the server choose a protocol that does more than read", span: value.span };
};

/** `pkcs11:` loads the module of a token. */
const keyFile = (value: Arg): Finding | undefined =>
  /^pkcs11:/i.test(value.head) ? { risk: "unknown", why: "loads a module for the key", span: value.span } : undefined;

/** `%output{FILE}` in a format writes a file. */
const format = (value: Arg): Finding | undefined => {
  if (value.head.startsWith("@")) return { risk: "unknown", why: "the format is in a file that is not seen here", span: value.span };
  return value.shape !== "literal" || /%output\{/i.test(value.text)
    ? { risk: "caution", why: "the format can write a file", span: value.span }
    : undefined;
};

/** `-` is standard output. */
export const output =
  (why: string, safer: string) =>
  (value: Arg): Finding | undefined =>
    value.shape === "literal" && value.text === "-" ? undefined : writeFinding(value, why, undefined, safer);

const writesFile = (why: string, safer = "leave it out") => ({ kind: "write", why, check: output(why, safer), risk: "safe" }) as const;
/** Sending a secret away cannot be taken back. */
function leavesMachine(value: Arg): Finding {
  const secret = sensitivePath(value.head) !== undefined;
  const why = secret ? "sends a file that holds secrets away" : "sends a file of this machine";
  return { risk: secret ? "dangerous" : "caution", why, safer: "write the data into the command", span: value.span };
}

type Reader = "plain" | "raw" | "encoded" | "form";

/** Whether a body option names a file: `@FILE`, `NAME@FILE`, `NAME=@FILE`. Standard input counts as a file unless its text is known. */
function namesFile(value: Arg, reader: Reader, inv: Invocation): boolean {
  if (reader === "raw") return false;
  if (value.shape === "literal" && value.text === "@-") return inv.stdin.kind !== "text";
  const marks = reader === "form" ? /^[^=]*=[@<]/ : reader === "encoded" ? /^[^=]*@/ : /^@/;
  return marks.test(value.head) || (value.shape !== "literal" && !(reader === "plain" ? /^./ : /=./).test(value.head));
}

const bodies: readonly (readonly [option: string, reader: Reader])[] = [
  ["-d", "plain"],
  ["--data-binary", "plain"],
  ["--json", "plain"],
  ["--data-raw", "raw"],
  ["--form-string", "raw"],
  ["--data-urlencode", "encoded"],
  ["-F", "form"],
];

function methodOf(inv: Invocation): string | undefined {
  const given = inv.arg("-X");
  if (given !== undefined) return given.shape === "literal" ? given.text : undefined;
  if (inv.has("-I")) return "HEAD";
  if (inv.has("-G")) return "GET";
  if (inv.has("-T")) return "PUT";
  return bodies.some(([option]) => inv.has(option)) ? "POST" : "GET";
}

/** The body as far as it is one and written out. */
function bodyOf(inv: Invocation): string | undefined {
  const values = bodies.flatMap(([option]) => inv.all(option));
  const [only] = values;
  if (values.length !== 1 || only === undefined || only.shape !== "literal") return undefined;
  return only.text === "@-" && inv.stdin.kind === "text" ? inv.stdin.text : only.text;
}

function judgeBodies(inv: Invocation, ctx: RuleContext): void {
  for (const [option, reader] of [...bodies, ["--url-query", "encoded"] as const])
    for (const value of inv.all(option)) if (namesFile(value, reader, inv)) ctx.report(leavesMachine(value));
}

/** `telnet://HOST:PORT` connects, sends its input and waits. */
function judgeTelnet(inv: Invocation, ctx: RuleContext): void {
  sendsLines(inv, ctx);
  if (!inv.has("-m") && inv.stdin.kind === "none")
    ctx.report({ risk: "caution", unbounded: true, why: "stays connected until it is stopped", safer: "-m 5" });
}

function judgeAddress(address: Arg, inv: Invocation, ctx: RuleContext): void {
  const { span } = address;
  if (/^telnet:\/\//i.test(address.head)) return judgeTelnet(inv, ctx);
  const scheme = judgeScheme(address);
  if (scheme !== undefined) ctx.report({ span, ...scheme });
  if (carriesOutput(address)) ctx.report({ risk: "caution", why: "sends the output of a command along with the address", span });
  const body = bodyOf(inv);
  for (const finding of judgeRequest({ method: methodOf(inv), address, ...(body === undefined ? {} : { body }) }))
    ctx.report({ span, ...finding });
}

/** With -G the data become part of the address; a query sent that way is judged as one. */
function inGet(address: Arg, inv: Invocation): Arg {
  if (!inv.has("-G") || address.shape !== "literal") return address;
  const data = bodies.flatMap(([option]) => inv.all(option)).map((arg) => arg.text);
  const text = `${address.text}${address.text.includes("?") ? "&" : "?"}${data.join("&")}`;
  return { ...address, text, head: text };
}

/** Options whose value travels with the request. */
const carried = [
  "-H",
  "-A",
  "-e",
  "-b",
  "-u",
  "-U",
  "-x",
  "--oauth2-bearer",
  "--aws-sigv4",
  "--resolve",
  "--form-string",
  "-d",
  "--data-raw",
  "--data-binary",
  "--data-urlencode",
  "--json",
  "--url-query",
];

/** The output of a command goes to the server in a header or a body; a time or a token command of a cloud is no reason to let it. */
function judgeCarried(inv: Invocation, ctx: RuleContext): void {
  for (const value of carried.flatMap((option) => inv.all(option)))
    if (value.shape !== "literal" && carriesOutput(value, "x/"))
      ctx.report({ risk: "caution", why: "sends the output of a command along with the request", span: value.span });
}

function inspect(inv: Invocation, ctx: RuleContext): void {
  const addresses = [...inv.operands, ...inv.all("--url")];
  for (const address of addresses) judgeAddress(inGet(address, inv), inv, ctx);
  if (addresses.length === 0 && !informs.some((name) => inv.has(name))) ctx.report({ risk: "unknown", why: "no address is given" });
  judgeBodies(inv, ctx);
  judgeCarried(inv, ctx);
  for (const file of inv.all("-T")) if (sensitivePath(file.head) !== undefined) ctx.report(leavesMachine(file));
}

export const curl = program({
  names: "curl",
  source: "curl(1), curl 8.10; reference/command-safety.md 3.4, 3.6",
  why: "asks a server and prints the answer",
  safer: "a GET that prints its answer",
  flags:
    "-s|--silent -S|--show-error -f|--fail --fail-with-body --fail-early -v|--verbose -i|--include --show-headers -I|--head -L|--location -k|--insecure -4|--ipv4 -6|--ipv6 --compressed --compressed-ssh -0|--http1.0 --http1.1 --http0.9 --http2 --http2-prior-knowledge --http3 --http3-only -g|--globoff -G|--get -N|--no-buffer --no-progress-meter -#|--progress-bar --progress-meter -q|--disable -1|--tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 -2|--sslv2 -3|--sslv3 --ssl --ssl-reqd --ssl-no-revoke --ssl-allow-beast --ssl-auto-client-cert --path-as-is --raw --retry-connrefused --retry-all-errors --tcp-nodelay --no-keepalive --no-sessionid --location-trusted -h|--help -V|--version -M|--manual --styled-output --no-styled-output --digest --basic --negotiate --ntlm --anyauth --proxy-basic --proxy-digest --proxy-ntlm --proxy-negotiate --proxy-anyauth --proxy-insecure -p|--proxytunnel --haproxy-protocol -Z|--parallel --parallel-immediate --no-alpn --no-npn --tcp-fastopen --disallow-username-in-url --suppress-connect-headers -n|--netrc --netrc-optional -J|--remote-header-name -R|--remote-time --create-dirs --cert-status --doh-insecure --doh-cert-status -j|--junk-session-cookies --ignore-content-length --trace-time --trace-ids --post301 --post302 --post303 --tr-encoding --mptcp --ca-native --proxy-ca-native --http2-early-data --skip-existing --no-clobber --remove-on-error --disable-eprt --disable-epsv --ftp-pasv --ftp-skip-pasv-ip --false-start --sasl-ir --xattr",
  values:
    "-m|--max-time --connect-timeout -A|--user-agent -e|--referer -u|--user -U|--proxy-user --retry --retry-delay --retry-max-time --max-redirs -r|--range --limit-rate -y|--speed-time -Y|--speed-limit --interface --dns-servers --dns-interface --dns-ipv4-addr --dns-ipv6-addr --ciphers --proxy-ciphers --tls-max --tls13-ciphers --proxy-tls13-ciphers --noproxy --max-filesize --oauth2-bearer --aws-sigv4 --parallel-max --keepalive-time --keepalive-cnt --expect100-timeout --happy-eyeballs-timeout-ms --curves --url-query --local-port --rate --cacert --capath --crlfile --pass --pinnedpubkey --proxy-cacert --proxy-capath --proxy-pass --doh-url -C|--continue-at -z|--time-cond --etag-compare --proto --trace-config --haproxy-clientip --ip-tos --service-name --delegation --unix-socket --abstract-unix-socket --krb --login-options --sasl-authzid --tftp-blksize --vlan-priority --url --sigalgs --ech",
  reads: "-b|--cookie --netrc-file",
  options: {
    "-X|--request": {
      check: (value) =>
        value.shape === "literal" ? undefined : { risk: "unknown", why: "the method of the request is not written out", span: value.span },
      risk: "safe",
    },
    "-H|--header|--proxy-header": { check: header, risk: "safe" },
    "-x|--proxy|--preproxy|--socks4|--socks4a|--socks5|--socks5-hostname|--resolve|--connect-to": { check: way, risk: "safe" },
    "--proto-redir": { check: redirected, risk: "safe" },
    "-E|--cert|--key|--proxy-cert|--proxy-key": { check: keyFile, risk: "safe" },
    "--cert-type|--key-type": { allow: "PEM DER P12", why: "loads an engine for the key" },
    "-w|--write-out": { check: format, risk: "safe" },
    "-d|--data|--data-ascii": { risk: "safe" },
    "--data-urlencode|--data-binary|--data-raw|--json|--form-string": { risk: "safe" },
    "-F|--form": { risk: "caution", why: "sends a form: a request that may change something" },
    "-T|--upload-file": { kind: "read", risk: "caution", why: "sends a file: a request that may change something" },
    "-o|--output": writesFile("writes the answer to a file", "-o /dev/null, or no -o"),
    "-D|--dump-header": writesFile("writes the headers to a file", "-D -"),
    "--trace|--trace-ascii": writesFile("writes what is sent and received to a file", "-v"),
    "-c|--cookie-jar|--etag-save|--hsts|--alt-svc|--stderr|--libcurl|--output-dir": writesFile("writes a file"),
    "-O|--remote-name|--remote-name-all": {
      arity: "flag",
      risk: "caution",
      why: "writes files named by the server or the address",
      safer: "leave it out: the answer is printed",
    },
    "--proto-default": { allow: "http https", why: "changes what an address without a scheme means" },
    "-K|--config": { kind: "code", risk: "dangerous", why: "options come from a file that is not seen here" },
    "-Q|--quote": {
      check: (value) => ({
        risk: /\b(dele|rmd|rm|rmdir|rename|rnfr)\b/i.test(value.text) ? "dangerous" : "unknown",
        why: "gives the file server a command",
        span: value.span,
      }),
    },
    "--mail-from|--mail-rcpt|--mail-auth|-t|--telnet-option|--engine|-P|--ftp-port|--ftp-method|--ftp-account": {
      risk: "unknown",
      why: "commands for other protocols, or code to load",
    },
    "--request-target": { risk: "unknown", why: "asks for another path than the address says" },
    "--next|-:": { arity: "flag", risk: "unknown", why: "starts another request with other options", safer: "two commands" },
    "--variable|--expand-url|--expand-data|--expand-header|--expand-output": {
      risk: "unknown",
      why: "puts the request together when it runs",
    },
    "-a|--append|--ftp-create-dirs": { arity: "flag", risk: "caution", why: "adds to files on the server" },
    "-l|--list-only|-B|--use-ascii": { arity: "flag", why: "is for FTP" },
  },
  operands: "data*",
  inspect,
  targets: (inv) => addressTargets([...inv.operands, ...inv.all("--url")]),
  noInverse: "what undoes a request depends on the service; GET the object before and keep the answer",
  examples: {
    "curl -s http://127.0.0.1:4402/health": "safe",
    "curl -sSf -o /dev/null -w '%{http_code}' https://x.org": "safe",
    "curl -I https://x.org": "safe",
    "curl -XGET -H 'Accept: application/json' http://x:9200/_cat/health": "safe",
    "curl -sG --data-urlencode 'query=up{job=\"a@b\"}' http://prom/api/v1/query": "safe",
    "curl -s -XPOST http://es:9200/logs/_search -H 'Content-Type: application/json' -d '{\"size\":1}'": "safe",
    'curl -s -H "Authorization: Bearer $TOKEN" "https://$HOST:8443/metrics"': "safe",
    "curl --unix-socket /var/run/docker.sock http://localhost/containers/json": "safe",
    "curl -m 5 -v telnet://db1:5432": "safe",
    "curl -sL -D - -o /dev/null https://x.org": "safe",
    "curl --proto-default https x.org": "safe",
    "curl -X POST http://127.0.0.1:4402/pool/reset": "caution",
    "curl -s -X DELETE http://x:9200/logs": "dangerous",
    "curl -X POST --unix-socket /var/run/docker.sock http://localhost/containers/prune": "dangerous",
    "curl -o f http://x": "caution",
    "curl -F a=b http://x": "caution",
    "curl -T f http://x/f": "caution",
    "curl -O http://x/f": "caution",
    "curl --trace t http://x": "caution",
    "curl -D h http://x": "caution",
    "curl -c jar http://x": "caution",
    "curl -a x ftp://x/f": "caution",
    "curl -l ftp://x/": "safe",
    "curl -K cfg http://x": "dangerous",
    "curl -Q 'DELE f' ftp://x": "dangerous",
    "curl --mail-from a smtp://x": "unknown",
    "curl --request-target /x http://x": "unknown",
    "curl --variable %A --expand-url http://x http://x": "unknown",
    "curl http://a --next -d x http://b": "unknown",
    "curl http://169.254.169.254/latest/meta-data/": "caution",
    "curl --connect-to ::169.254.169.254:80 http://x.org/latest/": "caution",
    "curl --resolve x.org:443:127.0.0.1 -x http://proxy:3128 https://x.org": "safe",
    "curl -L --proto-redir =https https://x.org": "safe",
    "curl -L --proto-redir =all https://x.org": "unknown",
    "curl --cert c.pem --key k.pem --cert-type PEM https://x.org": "safe",
    "curl --key pkcs11:token=a https://x.org": "unknown",
    "curl --key-type ENG --key a https://x.org": "unknown",
    "curl gopher://x:6379/_x": "dangerous",
  },
  nearMisses: [
    "curl -sXDELETE http://x",
    "curl -so f http://x",
    "curl -d a=b http://x",
    "curl -w '%output{f}' http://x",
    "curl file:///etc/passwd",
    "curl -H @f http://x",
    "curl --proxy-header @f http://x",
    "curl -H 'Accept: text/event-stream' http://x",
    "curl -H 'X-HTTP-Method-Override: DELETE' http://x",
    "curl --req POST http://x",
    "curl --json '{}' http://x",
    "curl -G -d @f http://x",
    "curl -G --data-urlencode a@f http://x",
    "curl --url-query a@f http://x",
    "curl -X $M http://x",
    "curl http://0xA9FEA9FE/latest/",
    "curl http:/169.254.169.254/latest/",
    'curl "http://x/?$(cat f)"',
    "curl telnet://db1:5432",
  ],
});
