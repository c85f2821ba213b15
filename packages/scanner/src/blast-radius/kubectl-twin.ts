// kubectl and oc: a change of objects -> `get` of the same objects, in the same cluster and namespace, as the same user.
// Kinds whose removal takes others along, files, dry runs and subresources have no twin.
import { type KubectlVerb, kubectlVerbs, placeTable } from "./kubectl-verbs.ts";
import { hasOption, keptWords, type ReadOption, readOptions, splitAtVerb } from "./read-options.ts";
import type { Draft } from "./types.ts";

const firstWords: ReadonlySet<string> = new Set(Object.keys(kubectlVerbs).map((verb) => verb.split(" ")[0] ?? verb));

const columns = "custom-columns=KIND:.kind,NAMESPACE:.metadata.namespace,NAME:.metadata.name";
const podColumns = `${columns},OWNER:.metadata.ownerReferences[*].kind,MIRROR:.metadata.annotations.kubernetes\\.io/config\\.mirror`;
const asList = (shown: string): readonly string[] => ["--ignore-not-found", "--no-headers", "-o", shown];

interface Args {
  readonly options: readonly ReadOption[];
  readonly operands: readonly string[];
}

export function kubectlTwin([program = "kubectl", ...args]: readonly string[]): Draft | undefined {
  const split = splitAtVerb(args, placeTable, firstWords, "go");
  if (split === undefined) return undefined;
  const { verb, rest } = withSecondWord(split.verb, split.rest);
  const rule = Object.hasOwn(kubectlVerbs, verb) ? kubectlVerbs[verb] : undefined;
  const read = rule === undefined ? undefined : readOptions(rest, rule.table, "go");
  if (rule === undefined || read === undefined) return undefined;
  const client = [program, ...split.before, "get"];
  return rule.operands === "drain" ? podsOfNode(client, read) : objects(client, rule, read);
}

/** `rollout restart`: the second word must follow at once. */
function withSecondWord(verb: string, rest: readonly string[]): { readonly verb: string; readonly rest: readonly string[] } {
  const long = `${verb} ${rest[0]}`;
  return Object.hasOwn(kubectlVerbs, long) ? { verb: long, rest: rest.slice(1) } : { verb, rest };
}

function objects(client: readonly string[], rule: KubectlVerb, read: Args): Draft | undefined {
  const operands = objectWords(rule, read.operands);
  if (operands === undefined || !isSelection(operands, rule, read)) return undefined;
  if (hasOption(read, "-A") && isInNamespace(client, read)) return undefined;
  if (rule.takesOthers !== undefined && typesOf(operands).some((type) => rule.takesOthers?.test(type) === true)) return undefined;
  return { commands: [[...client, ...operands, ...keptWords(read), ...asList(columns)]], reading: { kind: "objects" } };
}

/** With both, `get` looks everywhere and a change fails. */
const isInNamespace = (client: readonly string[], read: Args): boolean =>
  hasOption(read, "-n") || client.some((part) => part === "-n" || part.startsWith("--namespace"));

function objectWords(rule: KubectlVerb, operands: readonly string[]): readonly string[] | undefined {
  if (rule.operands === "marks") return withoutMarks(operands);
  if (rule.operands !== "nodes") return operands;
  // `cordon NAME` says NAME of a node, and takes `node/NAME` too.
  return operands.every((word) => word.startsWith("node/")) && operands.length > 0 ? operands : ["nodes", ...operands];
}

/** `KEY=VALUE` and `KEY-` behind the names; kubectl refuses a name behind them. */
function withoutMarks(operands: readonly string[]): readonly string[] | undefined {
  const isMark = (word: string): boolean => (word.includes("=") && !word.startsWith("=")) || word.endsWith("-");
  const first = operands.findIndex(isMark);
  return first > 0 && operands.slice(first).every(isMark) ? operands.slice(0, first) : undefined;
}

const typesOf = (operands: readonly string[]): readonly string[] =>
  (operands[0]?.includes("/") === true ? operands.map((word) => word.split("/")[0] ?? "") : (operands[0] ?? "").split(",")).map(
    (type) => type.toLowerCase().split(".")[0] ?? "",
  );

/** By name, by selector or all of them: exactly one, as kubectl itself demands. */
function isSelection(operands: readonly string[], rule: KubectlVerb, read: Args): boolean {
  const names = named(operands);
  if (names === undefined) return false;
  const [all, bySelector] = [hasOption(read, "--all"), hasOption(read, "-l") || hasOption(read, "--field-selector")];
  const ways = [names > 0, all, bySelector].filter((way) => way).length;
  if (names > 0 && hasOption(read, "-A")) return false;
  return ways === 1 || (ways === 0 && rule.typeAlone === "everything");
}

const word = /^[A-Za-z0-9][A-Za-z0-9_.:@-]*$/;
const types = /^[A-Za-z][A-Za-z0-9.-]*(,[A-Za-z][A-Za-z0-9.-]*)*$/;

/** How many objects are named; undefined where the words are of no form that is known. */
function named(operands: readonly string[]): number | undefined {
  const [first, ...names] = operands;
  if (first === undefined) return undefined;
  if (first.includes("/")) return operands.every(isTypeAndName) ? operands.length : undefined;
  return types.test(first) && names.every((name) => word.test(name)) ? names.length : undefined;
}

function isTypeAndName(text: string): boolean {
  const [type = "", name = "", ...more] = text.split("/");
  return more.length === 0 && !type.includes(",") && types.test(type) && word.test(name);
}

/** A drain is about the pods of one node: field selectors know no "or". `-A` prevails over a namespace. */
function podsOfNode(client: readonly string[], read: Args): Draft | undefined {
  const [node, ...more] = read.operands.map((operand) => operand.replace(/^node\//, ""));
  if (node === undefined || more.length > 0 || !word.test(node)) return undefined;
  const select = ["pods", "-A", `--field-selector=spec.nodeName=${node}`];
  const daemonPods = hasOption(read, "--force") ? "go" : "stay";
  return { commands: [[...client, ...select, ...keptWords(read), ...asList(podColumns)]], reading: { kind: "pods", daemonPods } };
}
