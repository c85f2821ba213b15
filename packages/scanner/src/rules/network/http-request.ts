// One HTTP request (method, address, body) -> findings: what the method means by itself, and what the tables of http-apis/ know of the path.
// For curl, wget, httpie and lines sent by hand. A reading method on a path that sounds like a change is caution.
import type { Arg } from "../../arg.ts";
import type { Finding } from "../../rule.ts";
import type { Risk, Target } from "../../types.ts";
import { givesCredentials, type HttpAddress, isStrangeHost, longestAddress, readAddress } from "./http-address.ts";
import { type ApiRule, apiRules } from "./http-apis/list.ts";

export interface HttpRequest {
  /** As sent; undefined when it is not written out. */
  readonly method: string | undefined;
  readonly address: Arg;
  /** What is sent, when it is written out. */
  readonly body?: string;
}

const reading: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND"]);
const destroying: ReadonlySet<string> = new Set(["DELETE", "PURGE", "BAN", "UNLINK"]);

const strong = "shutdown|quit|quitquitquit|restart|reboot|reload|kill|terminate|delete|remove|destroy|purge|flush|wipe|truncate|evict";
const weak =
  "abort|exit|stop|start|pause|resume|reset|clear|drop|drain|disable|enable|trigger|deploy|undeploy|redeploy|rollback|failover|promote|invalidate|disconnect|unlock|exec|execute|safeRestart|safeExit|quietDown";
const changeInPath = new RegExp(`/_?(?:(?:force[-_]?)?(?:${strong})(?:[-_A-Z][\\w-]*)?|(?:reset|clear)[-_]\\w+|force[-_]\\w+|${weak})/?$`);
const changeInQuery = new RegExp(
  `(?:^|&)(?:action|cmd|command|op|operation|do|task|verb|_?method)=(?:${strong}|${weak}|put|post|patch)\\b`,
  "i",
);

/** What a method means on a path that no table knows. */
function judgeMethod(method: string | undefined, to: HttpAddress): Finding | undefined {
  if (method === undefined) return { risk: "unknown", why: "the method of the request is not written out" };
  if (reading.has(method)) {
    return changeInPath.test(to.path) || changeInQuery.test(to.query)
      ? { risk: "caution", why: "the address sounds as if the server would act on it" }
      : undefined;
  }
  return destroying.has(method)
    ? { risk: "dangerous", why: "asks the server to delete", safer: "look at it with GET first" }
    : { risk: "caution", why: "a request that may change something" };
}

const fits = (pattern: RegExp | undefined, text: string | undefined): boolean =>
  pattern === undefined || (text !== undefined && pattern.test(text));

function applies(rule: ApiRule, method: string | undefined, to: HttpAddress, body: string | undefined): boolean {
  const asked = rule.methods === "*" || rule.methods.split(" ").includes(method ?? "");
  if (!asked || !rule.path.test(to.path) || rule.unless?.test(to.query) === true) return false;
  return fits(rule.host, `${to.host}:${to.port}`) && fits(rule.query, to.query) && fits(rule.body, body);
}

function findingOf(rule: ApiRule): Finding {
  const { risk, why, service, sensitive, unbounded, safer } = rule;
  return {
    risk,
    why: `${service}: ${why}`,
    ...(safer === undefined ? {} : { safer }),
    ...(sensitive === undefined ? {} : { sensitive }),
    ...(unbounded === undefined ? {} : { unbounded }),
  };
}

/** What asking a server does, by method and path; empty when it only reads. */
export function judgeRequest({ method, address, body }: HttpRequest): readonly Finding[] {
  const to = readAddress(address);
  if (address.text.length > longestAddress) return [{ risk: "unknown", why: "the address is longer than is looked at" }];
  if (givesCredentials(to.host))
    return [{ risk: "caution", sensitive: true, why: "asks the cloud's metadata service, which gives out credentials" }];
  if (address.shape === "literal" && isStrangeHost(to.host))
    return [{ risk: "unknown", why: "the host is written in a way that hides it" }];
  const upper = method?.toUpperCase();
  const matched = apiRules.filter((rule) => applies(rule, upper, to, body));
  const raised = matched.filter((rule) => rule.risk !== "safe").map(findingOf);
  const harmless = raised.length === 0 && to.exact && matched.length > 0;
  const own = harmless ? undefined : judgeMethod(upper, to);
  return own === undefined ? raised : [...raised, own];
}

/** The strictest of what a scheme means: HTTP is judged by its request, everything else here. Undefined for HTTP. */
export function judgeScheme(arg: Arg): Finding | undefined {
  const { scheme } = readAddress(arg);
  if (scheme === "http" || scheme === "https") return undefined;
  const known = scheme === undefined ? undefined : schemes[scheme];
  if (known !== undefined) return known.risk === "safe" ? undefined : known;
  if (scheme !== undefined && scheme !== "") return { risk: "unknown", why: `the scheme ${scheme} can do more than read` };
  return judgeBareAddress(arg);
}

const other = (risk: Risk, why: string): Finding => ({ risk, why });

const schemes: Readonly<Record<string, Finding>> = {
  ftp: other("safe", "fetches a file"),
  ftps: other("safe", "fetches a file"),
  file: { risk: "caution", sensitive: true, why: "reads a file of this machine", safer: "cat" },
  gopher: other("dangerous", "sends any bytes to any port, which hides what it does"),
  dict: other("dangerous", "sends any line to any port, which hides what it does"),
  ws: { risk: "caution", unbounded: true, why: "opens a connection that stays" },
  wss: { risk: "caution", unbounded: true, why: "opens a connection that stays" },
  mqtt: { risk: "caution", unbounded: true, why: "subscribes, or publishes a message" },
  smtp: other("caution", "talks to a mail server"),
  smtps: other("caution", "talks to a mail server"),
  imap: { risk: "caution", sensitive: true, why: "reads mail" },
  imaps: { risk: "caution", sensitive: true, why: "reads mail" },
  pop3: { risk: "caution", sensitive: true, why: "reads mail" },
  pop3s: { risk: "caution", sensitive: true, why: "reads mail" },
};

/** An address without a scheme is HTTP, as long as it surely is an address. */
function judgeBareAddress(arg: Arg): Finding | undefined {
  if (/^(ftp|dict|ldap|imap|smtp|pop3)\./i.test(arg.head)) return { risk: "unknown", why: "the client takes the protocol from this name" };
  if (arg.shape !== "literal" && !/[/.:]/.test(arg.head)) return { risk: "unknown", why: "the address is not written out" };
  return /^[\w[]/.test(arg.head) ? undefined : { risk: "unknown", why: "this is no address that is understood" };
}

/**
 * Whether the address carries the output of a command to a host that is written out: the usual way to smuggle data. The host itself, or a
 * time in the query, may come from a command. `before` is what stands in front of the word in the request.
 */
export function carriesOutput(arg: Arg, before = ""): boolean {
  const words = before + (arg.filled ?? arg.text);
  if (arg.shape === "literal" || !/\$\(|`/.test(words)) return false;
  const text = words.replaceAll(/\$\((date|hostname|nproc|uname)\b[^()`$]*\)/g, "0");
  const hostOnly = text.replaceAll(/["']/g, "").replace(/^((https?:\/\/)?)(\$\([^()]*\)|`[^`]*`)(?=[:/?]|$)/, "$1host");
  return /\$\(|`/.test(hostOnly);
}

/** What a human types before such a request: host and path. */
export function addressTargets(addresses: readonly Arg[]): readonly Target[] {
  return addresses.filter((arg) => arg.shape !== "many").map((arg) => ({ kind: "address", name: arg.text.split("?", 1)[0] ?? arg.text }));
}
