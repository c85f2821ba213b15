// `gh api` and `glab api`: what a request does follows from its method, its fields and, for GraphQL, its text. Used by gh.ts and glab.ts.
import type { Arg } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, Finding, RuleContext } from "../../../rule.ts";
import type { Risk } from "../../../types.ts";
import { asksHelp } from "../verbs.ts";

const fieldOptions = ["-f", "-F", "--form"];

/** The method that is sent: given, or POST as soon as there are fields. Undefined when it is not written out. */
function methodOf(inv: Invocation): string | undefined {
  if (inv.has("-X")) return inv.value("-X")?.toUpperCase();
  return fieldOptions.some((name) => inv.has(name)) || inv.has("--input") ? "POST" : "GET";
}

/** A GraphQL document without the words that begin a change. Field names that contain them only cost an answer. */
function isQuery(inv: Invocation): boolean {
  const fields = [...inv.all("-f"), ...inv.all("-F")];
  const documents = fields.filter((arg) => arg.head.startsWith("query="));
  if (documents.length === 0 || inv.has("--input") || inv.has("--form")) return false;
  const settled = fields.every((arg) => arg.shape === "literal" || /^[A-Za-z_]+=./.test(arg.head));
  return (
    settled &&
    documents.every((arg) => arg.shape === "literal" && !arg.text.startsWith("query=@") && !/mutation|subscription/i.test(arg.text))
  );
}

const isSettled = (inv: Invocation): boolean => inv.operands.every((arg) => arg.shape === "literal" || !arg.dash);

function apiRisk(inv: Invocation): Risk {
  if (asksApiHelp(inv)) return "safe";
  if (!isSettled(inv)) return "unknown";
  if (inv.operands.some((arg) => /^graphql$|\/graphql$/.test(arg.text))) return isQuery(inv) ? "safe" : "caution";
  const method = methodOf(inv);
  if (method === "GET" || method === "HEAD") return "safe";
  return method === "DELETE" ? "dangerous" : "caution";
}

/** `api PATH --help` prints help whatever the path is. */
const asksApiHelp = (inv: Invocation): boolean =>
  asksHelp(inv) || (inv.has("--help") && inv.options.length === 1 && inv.unlisted.length === 0 && isSettled(inv));

const harmlessHeader = /^(accept|x-github-api-version|if-none-match|if-modified-since|user-agent|content-type)\s*:/i;

const header = (value: Arg): Finding | undefined =>
  harmlessHeader.test(value.head) ? undefined : { risk: "unknown", why: "what this header does is not known", span: value.span };

/** `NAME=@FILE` sends a file. */
const field = (value: Arg): Finding | undefined =>
  /^[^=]*=@/.test(value.head) ? { risk: "caution", why: "sends the content of a file", sensitive: true, span: value.span } : undefined;

/** A whole address reaches another server. */
function inspectApi(inv: Invocation, ctx: RuleContext): void {
  const [path] = inv.operands;
  if (path === undefined || inv.has("--help")) return;
  const elsewhere = /^[a-z]+:/i.test(path.head) && !/^https:\/\/api\.github\.com\//.test(path.head);
  if (elsewhere) ctx.report({ risk: "unknown", why: "asks another server", span: path.span });
  if (
    /\b(delete|remove|archive|destroy)\w*\(?/i.test([...inv.all("-f"), ...inv.all("-F")].map((arg) => arg.text).join(" ")) &&
    apiRisk(inv) === "caution"
  )
    ctx.report({ risk: "dangerous", why: "the request deletes or archives something" });
}

/** `jq` programs can print the environment. */
export const filter = {
  check: (value: Arg): Finding | undefined =>
    value.shape === "literal" && /\$ENV|\benv\b|\binput_filename\b/.test(value.text)
      ? { risk: "caution", sensitive: true, why: "prints environment variables", span: value.span }
      : undefined,
} as const;

export const forgeApi: CommandRule = {
  risk: apiRisk,
  why: "sends a request to the forge: one that reads, unless fields or a method say otherwise",
  safer: "-X GET",
  operands: "data?",
  flags: "-h|--help --paginate --slurp -i|--include --silent --verbose",
  values: "-t|--template -p|--preview --cache --hostname -X|--method --output",
  options: {
    "-H|--header": { check: header },
    "-f|--raw-field": {},
    "-F|--field": { check: field },
    "--form": { check: field },
    "--input": { kind: "read" },
    "-q|--jq": filter,
  },
  inspect: inspectApi,
  targets: (inv) => inv.operands.map((arg) => ({ kind: "API path", name: arg.text })),
  noInverse: "the answer of a GET of the same path before shows what was there",
};
