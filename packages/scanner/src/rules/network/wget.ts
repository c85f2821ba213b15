// wget, GNU's and busybox's: it saves what it gets unless told to print it, and asks by GET unless told otherwise.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";
import { header } from "./curl.ts";
import { addressTargets, carriesOutput, judgeRequest, judgeScheme } from "./http-request.ts";

const printed: ReadonlySet<string> = new Set(["-", "/dev/null", "/dev/stdout"]);

/** Where the answer goes. */
const document = (value: Arg): Finding | undefined =>
  value.shape === "literal" && printed.has(value.text)
    ? undefined
    : { risk: "caution", why: "writes the answer to a file", safer: "-O - prints instead of saving" };

const keepsNothing = (inv: Invocation): boolean =>
  inv.has("--spider") || printed.has(inv.value("-O") ?? "") || inv.has("-h") || inv.has("-V");

function methodOf(inv: Invocation): string | undefined {
  const given = inv.arg("--method");
  if (given !== undefined) return given.shape === "literal" ? given.text : undefined;
  if (inv.has("--post-data")) return "POST";
  return inv.has("--spider") ? "HEAD" : "GET";
}

function judgeAddress(address: Arg, inv: Invocation, ctx: RuleContext): void {
  const { span } = address;
  const body = inv.value("--post-data") ?? inv.value("--body-data");
  const scheme = judgeScheme(address);
  if (scheme !== undefined) ctx.report({ span, ...scheme });
  if (carriesOutput(address)) ctx.report({ risk: "caution", why: "sends the output of a command along with the address", span });
  for (const finding of judgeRequest({ method: methodOf(inv), address, ...(body === undefined ? {} : { body }) }))
    ctx.report({ span, ...finding });
}

const savesFiles = { arity: "flag", risk: "caution", why: "saves files", safer: "-O - prints instead of saving" } as const;

export const wget = program({
  names: "wget|wget2",
  source: "wget(1), GNU wget 1.24; busybox wget 1.36",
  why: "asks a server and prints the answer",
  risk: (inv) => (keepsNothing(inv) ? "safe" : "caution"),
  safer: "-O - prints instead of saving",
  flags:
    "-q|--quiet -S|--server-response --spider -nv|--no-verbose -v|--verbose --no-check-certificate -4|--inet4-only -6|--inet6-only --no-proxy --no-cache --no-dns-cache -d|--debug -h|--help -V|--version --content-on-error --no-hsts --https-only --no-http-keep-alive --ignore-length --retry-connrefused --auth-no-challenge --no-config --no-netrc --ask-password --no-iri --max-threads --no-cookies --trust-server-names --show-progress --no-clobber|-nc --prefer-family --random-wait",
  values:
    "-T|--timeout -t|--tries --connect-timeout --read-timeout --dns-timeout -w|--wait --waitretry -U|--user-agent --referer --user --password --http-user --http-password --max-redirect --limit-rate --bind-address --ca-certificate --ca-directory --certificate --certificate-type --private-key --private-key-type --secure-protocol --ciphers --progress --local-encoding --remote-encoding --report-speed --retry-on-http-error --start-pos --compression --dns-servers",
  reads: "--load-cookies",
  options: {
    "-O|--output-document": { check: document, risk: "safe" },
    "--header": { check: header, risk: "safe" },
    "--method": { risk: "safe" },
    "--post-data|--body-data": { risk: "safe" },
    "--post-file|--body-file": { risk: "caution", why: "sends a file of this machine" },
    "-o|--output-file|-a|--append-output|--save-cookies|--warc-file|--rejected-log|--hsts-file": {
      kind: "write",
      why: "writes a file",
      safer: "leave it out",
    },
    "-i|--input-file|-B|--base": { kind: "read", risk: "unknown", why: "addresses come from a file" },
    "-e|--execute|--config": { kind: "code", risk: "dangerous", why: "settings that are not looked at" },
    "--use-askpass": { kind: "code", risk: "dangerous", why: "runs a program" },
    "-r|--recursive|-m|--mirror|-p|--page-requisites|-c|--continue|-N|--timestamping|-k|--convert-links|-x|--force-directories|--content-disposition|--delete-after|-K|--backup-converted|-E|--adjust-extension|-nd|--no-directories|-np|--no-parent":
      savesFiles,
    "-b|--background": { arity: "flag", risk: "caution", why: "goes on in the background and writes a log" },
    "-P|--directory-prefix": { kind: "write", why: "writes into a directory" },
    "-l|--level|-A|--accept|-R|--reject|-D|--domains|-I|--include-directories|-X|--exclude-directories|-Q|--quota": {
      risk: "caution",
      why: "narrows what is saved",
    },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    for (const address of inv.operands) judgeAddress(address, inv, ctx);
    for (const value of ["--header", "-U", "--referer", "--user", "--password"].flatMap((option) => inv.all(option)))
      if (carriesOutput(value, "x/"))
        ctx.report({ risk: "caution", why: "sends the output of a command along with the request", span: value.span });
    if (inv.operands.length === 0 && !inv.has("-h") && !inv.has("-V")) ctx.report({ risk: "unknown", why: "no address is given" });
  },
  targets: (inv) => addressTargets(inv.operands),
  noInverse: "delete the file that was saved; what a request changed depends on the service",
  examples: {
    "wget -qO- http://x/health": "safe",
    "wget --spider -S http://x": "safe",
    "wget -q -T 5 -O /dev/null https://x.org": "safe",
    "wget --header='Accept: text/plain' -O- http://x/metrics": "safe",
    "wget -qO- --post-data='{\"size\":0}' http://es:9200/logs/_search": "safe",
    "wget http://x/f": "caution",
    "wget -qO- --post-data=a http://x": "caution",
    "wget -qO- --post-file=f http://x": "caution",
    "wget -qO- --method=DELETE http://x/1": "dangerous",
    "wget -o log -O- http://x": "caution",
    "wget -r http://x": "caution",
    "wget -b http://x": "caution",
    "wget -P /tmp http://x": "caution",
    "wget -r -l 2 http://x": "caution",
    "wget -i list -O-": "unknown",
  },
  nearMisses: [
    "wget -O f http://x",
    "wget -e x=y -O- http://x",
    "wget --use-askpass=sh -O- http://x",
    "wget -O- http://169.254.169.254/latest/user-data",
    "wget -O-",
    'wget -qO- "http://x/?$(cat f)"',
    "wget -qO- --exec x=y http://x",
  ],
});
