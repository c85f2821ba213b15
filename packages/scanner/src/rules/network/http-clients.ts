// curl and wget: only a request that reads (GET or HEAD over HTTP) and prints what it gets is safe.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";

const METADATA = /^(https?:\/\/)?(169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|100\.100\.100\.200|\[?fd00:ec2::254\]?)/i;

const notUnderstood = (arg: Arg, why: string): Finding => ({ risk: "unknown", why, span: arg.span });

/** An address without a scheme: HTTP, as long as it surely is an address. */
const judgeBareAddress = (arg: Arg): Finding | undefined => {
  const { head } = arg;
  if (arg.shape !== "literal" && !/[/.]/.test(head)) return notUnderstood(arg, "the address is not written out");
  return /^[\w[]/.test(head) ? undefined : notUnderstood(arg, "this is no address that is understood");
};

/** The scheme must be seen: a word whose beginning is unknown could be any address, but still only a GET. */
const judgeUrl = (arg: Arg): Finding | undefined => {
  if (METADATA.test(arg.head))
    return { risk: "caution", sensitive: true, why: "asks the cloud's metadata service, which gives out credentials", span: arg.span };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(arg.head)?.[1]?.toLowerCase();
  if (scheme === undefined) return judgeBareAddress(arg);
  return scheme === "http" || scheme === "https" ? undefined : notUnderstood(arg, `the scheme ${scheme} can do more than read`);
};

const judgeUrls = (inv: Invocation, ctx: RuleContext, urls: readonly Arg[]): void => {
  for (const url of urls) {
    const finding = judgeUrl(url);
    if (finding !== undefined) ctx.report(finding);
  }
  if (urls.length === 0 && !inv.has("-V") && !inv.has("-h")) ctx.report({ risk: "unknown", why: "no address is given" });
};

const header = (value: Arg): Finding | undefined => {
  if (value.head.startsWith("@") || (value.head === "" && value.shape !== "literal"))
    return { risk: "caution", sensitive: true, why: "sends a file as headers", span: value.span };
  return /^x-http-method(-override)?\s*:|^x-method-override\s*:/i.test(value.head)
    ? { risk: "caution", why: "asks for another method by a header", span: value.span }
    : undefined;
};

const method = (value: Arg): Finding | undefined => {
  if (value.shape === "literal" && /^(GET|HEAD|OPTIONS)$/.test(value.text)) return undefined;
  const deletes = value.shape === "literal" && /^delete$/i.test(value.text);
  return {
    risk: deletes ? "dangerous" : "caution",
    why: deletes ? "asks the server to delete" : "a request that may change something",
    span: value.span,
  };
};

/** `%output{FILE}` in a format writes a file. */
const format = (value: Arg): Finding | undefined => {
  if (value.head.startsWith("@")) return { risk: "unknown", why: "the format is in a file that is not seen here", span: value.span };
  return value.shape !== "literal" || /%output\{/i.test(value.text)
    ? { risk: "caution", why: "the format can write a file", span: value.span }
    : undefined;
};

/** Where wget puts the answer. */
const document = (value: Arg): Finding | undefined =>
  value.shape === "literal" && ["-", "/dev/null", "/dev/stdout"].includes(value.text)
    ? undefined
    : { risk: "caution", why: "writes the answer to a file", span: value.span };

const sends = { risk: "caution", why: "sends data: a request that may change something" } as const;
const writesFile = (why: string) => ({ kind: "write", why }) as const;

/** With -G the data of -d becomes part of the address, and the request stays a GET; a file named by @ is still sent away. */
function inspectCurl(inv: Invocation, ctx: RuleContext): void {
  judgeUrls(inv, ctx, [...inv.operands, ...inv.all("--url")]);
  for (const value of [...inv.all("-d"), ...inv.all("--data-urlencode")]) {
    const file = value.shape !== "literal" || value.text.includes("@");
    if (!inv.has("-G")) ctx.report({ ...sends, span: value.span });
    else if (file) ctx.report({ risk: "caution", why: "may send a file", span: value.span });
  }
  if (inv.has("-G") && inv.has("-X")) ctx.report({ risk: "caution", why: "mixes -G with another method" });
}

export const curl = program({
  names: "curl",
  source: "curl(1), curl 8.5; reference/command-safety.md 3.4",
  why: "asks a server and prints the answer",
  flags:
    "-s|--silent -S|--show-error -f|--fail --fail-with-body --fail-early -v|--verbose -i|--include --show-headers -I|--head -L|--location -k|--insecure -4|--ipv4 -6|--ipv6 --compressed --http1.0|-0 --http1.1 --http2 --http2-prior-knowledge --http3 -g|--globoff -G|--get -N|--no-buffer --no-progress-meter -#|--progress-bar -q|--disable --tlsv1|-1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 --ssl-reqd --path-as-is --raw --retry-connrefused --retry-all-errors --tcp-nodelay --no-keepalive --no-sessionid --location-trusted -h|--help -V|--version --styled-output --no-styled-output --digest --basic --negotiate --ntlm --anyauth --proxytunnel|-p --haproxy-protocol --parallel|-Z --no-alpn --tcp-fastopen --disallow-username-in-url --suppress-connect-headers",
  values:
    "-m|--max-time --connect-timeout -A|--user-agent -e|--referer -u|--user -x|--proxy -U|--proxy-user --resolve --connect-to --retry --retry-delay --retry-max-time --max-redirs -r|--range --limit-rate -y|--speed-time -Y|--speed-limit --interface --dns-servers --ciphers --tls-max --tls13-ciphers --noproxy --max-filesize --url --oauth2-bearer --aws-sigv4 --parallel-max --keepalive-time --expect100-timeout --happy-eyeballs-timeout-ms --curves --preproxy --socks5 --socks5-hostname --url-query --local-port --rate",
  reads: "--cacert --capath --crlfile -E|--cert --key --cert-type --key-type --pinnedpubkey --proxy-cacert",
  options: {
    "-X|--request": { check: method, risk: "safe" },
    "-H|--header|--proxy-header": { check: header, risk: "safe" },
    "-w|--write-out": { check: format, risk: "safe" },
    "-d|--data|--data-ascii": { risk: "safe" },
    "--data-urlencode": { risk: "safe" },
    "--data-raw|--data-binary|--json|-F|--form|--form-string": sends,
    "-T|--upload-file": { ...sends, kind: "read" },
    "-o|--output": writesFile("writes the answer to a file"),
    "-D|--dump-header": writesFile("writes the headers to a file"),
    "-c|--cookie-jar|--etag-save|--hsts|--alt-svc|--stderr|--trace|--trace-ascii|--libcurl|--output-dir": writesFile("writes a file"),
    "-O|--remote-name|--remote-name-all|-J|--remote-header-name|-R|--remote-time|--create-dirs|--xattr|--skip-existing": {
      arity: "flag",
      risk: "caution",
      why: "writes files named by the server or the address",
    },
    "-b|--cookie": {
      check: (value) => (value.text.includes("=") ? undefined : { risk: "caution", why: "reads cookies from a file", span: value.span }),
      risk: "safe",
    },
    "--unix-socket|--abstract-unix-socket": { risk: "caution", why: "talks to a local service directly" },
    "-K|--config": { kind: "code", risk: "dangerous", why: "options come from a file that is not seen here" },
    "-n|--netrc|--netrc-optional": { arity: "flag", risk: "caution", sensitive: true, why: "sends stored passwords" },
    "-Q|--quote|--mail-from|--mail-rcpt|-t|--telnet-option|--engine": { risk: "unknown", why: "commands for other protocols" },
    "--next|-:": { arity: "flag", risk: "unknown", why: "starts another request with other options" },
    "--etag-compare|--netrc-file|-a|--append|-l|--list-only|-B|--use-ascii": { risk: "unknown", why: "is not looked at" },
  },
  operands: "data*",
  inspect: inspectCurl,
  answers: [],
  examples: {
    "curl -s http://127.0.0.1:4402/health": "safe",
    "curl -sSf -o /dev/null -w '%{http_code}' https://x.org": "safe",
    "curl -I https://x.org": "safe",
    "curl -XGET -H 'Accept: application/json' http://x:9200/_cat/health": "safe",
    "curl -sG --data-urlencode 'query=up' http://prom/api/v1/query": "safe",
    "curl -X POST http://127.0.0.1:4402/pool/reset": "caution",
    "curl -s -X DELETE http://x:9200/logs": "dangerous",
    "curl -o f http://x": "caution",
    "curl http://169.254.169.254/latest/meta-data/": "caution",
  },
  nearMisses: [
    "curl -sXDELETE http://x",
    "curl -so f http://x",
    "curl -d a=b http://x",
    "curl -w '%output{f}' http://x",
    "curl -K cfg http://x",
    "curl file:///etc/passwd",
    "curl gopher://x",
    "curl -H @f http://x",
    "curl --req POST http://x",
    "curl -O http://x/f",
    "curl http://a --next -d x http://b",
    "curl --json '{}' http://x",
    "curl -G -d @f http://x",
  ],
});

export const wget = program({
  names: "wget",
  source: "wget(1), GNU wget 1.21",
  why: "asks a server and prints the answer",
  risk: (inv) =>
    inv.has("--spider") ||
    inv.value("-O") === "-" ||
    inv.value("-O") === "/dev/null" ||
    inv.value("-O") === "/dev/stdout" ||
    inv.has("-h") ||
    inv.has("-V")
      ? "safe"
      : "caution",
  safer: "-O - prints instead of saving",
  flags:
    "-q|--quiet -S|--server-response --spider -nv|--no-verbose -v|--verbose --no-check-certificate -4|--inet4-only -6|--inet6-only --no-proxy --no-cache --no-dns-cache -d|--debug -h|--help -V|--version --content-on-error --no-hsts --https-only",
  values:
    "-T|--timeout -t|--tries --connect-timeout --read-timeout --dns-timeout -w|--wait -U|--user-agent --referer --user --max-redirect --limit-rate",
  options: {
    "-O|--output-document": { check: document, risk: "safe" },
    "--header": { check: header, risk: "safe" },
    "--method": { check: method, risk: "safe" },
    "--post-data|--post-file|--body-data|--body-file": sends,
    "-o|--output-file|-a|--append-output|--save-cookies|--warc-file|--rejected-log": writesFile("writes a file"),
    "-i|--input-file|-B|--base": { kind: "read", risk: "unknown", why: "addresses come from a file" },
    "-e|--execute|--config": { kind: "code", risk: "dangerous", why: "settings that are not looked at" },
    "--use-askpass": { kind: "code", risk: "dangerous", why: "runs a program" },
    "-r|--recursive|-m|--mirror|-p|--page-requisites|-c|--continue|-N|--timestamping|-k|--convert-links|-b|--background|-x|--force-directories|--content-disposition|--delete-after":
      {
        arity: "flag",
        risk: "caution",
        why: "writes files",
      },
    "-P|--directory-prefix": writesFile("writes into a directory"),
  },
  operands: "data*",
  inspect: (inv, ctx) => judgeUrls(inv, ctx, inv.operands),
  examples: { "wget -qO- http://x/health": "safe", "wget --spider -S http://x": "safe", "wget http://x/f": "caution" },
  nearMisses: [
    "wget -O f http://x",
    "wget -qO- --post-data=a http://x",
    "wget -e x=y -O- http://x",
    "wget --use-askpass=sh -O- http://x",
    "wget -O- ftp://x/f",
  ],
});
