// HTTPie and xh: `http [METHOD] ADDRESS [ITEM...]`. An item `a=b` makes it a POST; `a==b` is a query, `A:b` a header.
import { type Arg, literalArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { addressTargets, carriesOutput, judgeRequest, judgeScheme } from "./http-request.ts";

const isMethod = (arg: Arg | undefined): boolean => arg?.shape === "literal" && /^[A-Za-z]+$/.test(arg.text) && arg.text !== "localhost";

interface Words {
  readonly method: string | undefined;
  readonly address: Arg | undefined;
  readonly items: readonly Arg[];
}

/** A first word of letters is a method only if an address follows. */
function split(inv: Invocation): Words {
  const [first, second] = inv.operands;
  if (isMethod(first) && second !== undefined && !/^[^/]*[=@]/.test(second.head))
    return { method: first?.text, address: second, items: inv.operands.slice(2) };
  const items = inv.operands.slice(1);
  const sends = items.some((item) => !isHarmlessItem(item)) || inv.stdin.kind !== "none" || inv.has("--raw") || inv.has("-f");
  return { method: sends ? "POST" : "GET", address: first, items };
}

/** `name==value` and `Name:value`. */
function isHarmlessItem(item: Arg): boolean {
  return /^[^=@:]+==/.test(item.head) || /^[\w-]+:(?![=@])/.test(item.head);
}

/** `:8080/path` and `:/path` mean this machine. */
function fullAddress(address: Arg): Arg {
  return address.shape === "literal" && address.text.startsWith(":")
    ? literalArg(`http://localhost${address.text.replace(/^:(?!\d)/, "")}`, address.span)
    : address;
}

/** `name@file`, `name=@file`, `name:=@file`; words that are not written out may be any of them. */
function sendsFile(item: Arg): boolean {
  return /^[^=@:]*(@|=@|==@|:=@|:@)/.test(item.head) || item.shape === "many" || item.shape === "glob";
}

function inspect(inv: Invocation, ctx: RuleContext): void {
  if (inv.has("--help") || inv.has("--version")) return;
  const { method, address, items } = split(inv);
  if (address === undefined) return ctx.report({ risk: "unknown", why: "no address is given" });
  const full = fullAddress(address);
  const scheme = judgeScheme(full);
  if (scheme !== undefined) ctx.report(scheme);
  for (const finding of judgeRequest({ method, address: full })) ctx.report(finding);
  for (const word of [full, ...items])
    if (carriesOutput(word, word === full ? "" : "x/"))
      ctx.report({ risk: "caution", why: "sends the output of a command along with the request", span: word.span });
  for (const { span } of items.filter(sendsFile)) ctx.report({ risk: "caution", why: "sends a file of this machine", span });
}

export const httpie = program({
  names: "http|https|xh|xhs",
  source: "httpie.io, HTTPie 3.2; xh 0.22 --help",
  why: "asks a server and prints the answer",
  safer: "GET before the address",
  flags:
    "-j|--json -f|--form -v|--verbose -h|--headers -b|--body -m|--meta -F|--follow -S|--stream -I|--ignore-stdin --check-status --all --debug --help --version --traceback --offline -q|--quiet --no-check-certificate --no-verify --compress|-x --ignore-netrc --http2 --sorted --unsorted -n --no-follow --no-check-status -4|--ipv4 -6|--ipv6",
  values:
    "-p|--print -P|--history-print -a|--auth -A|--auth-type --bearer --timeout --verify --proxy --max-redirects --max-headers --pretty -s|--style --format-options --cert --cert-key --cert-key-pass --ssl --ciphers --default-scheme --response-charset --response-mime --resolve --interface",
  options: {
    "-d|--download": { arity: "flag", risk: "caution", why: "writes the answer to a file", safer: "leave it out" },
    "-c|--continue": { arity: "flag", risk: "caution", why: "goes on writing a file" },
    "-o|--output": { kind: "write", why: "writes the answer to a file", safer: "leave it out" },
    "--session|--session-read-only": { risk: "caution", why: "stores what the server sets, or uses stored logins" },
    "--raw": { why: "sends this body" },
    "--multipart": { arity: "flag", risk: "caution", why: "sends a form" },
    "--unix-socket": { why: "asks through a socket of this machine" },
  },
  operands: "data*",
  inspect,
  targets: (inv) => {
    const { address } = split(inv);
    return addressTargets(address === undefined ? [] : [address]);
  },
  noInverse: "what undoes a request depends on the service; GET the object before and keep the answer",
  examples: {
    "http https://x.org/health": "safe",
    "http GET :8080/status Accept:application/json page==2": "safe",
    "xh -b http://x/metrics": "safe",
    "http --unix-socket /run/app.sock http://x/health": "safe",
    "http POST http://es:9200/_search --raw '{}'": "safe",
    "http http://x name=bob": "caution",
    "http POST http://x": "caution",
    "http DELETE http://x/1": "dangerous",
    "http -d http://x/f": "caution",
    "http -dc -o f http://x/f": "caution",
    "http --session=a http://x": "caution",
    "http --multipart http://x a=b": "caution",
  },
  nearMisses: [
    "http http://x name@f",
    "echo a | http http://x",
    "http",
    "http PUT $x",
    "xh delete http://x",
    "http http://169.254.169.254/",
  ],
});
