// The objects that a kubectl call names: what a human types, which read shows secrets, and the words that name one object again.
// Used by the kubectl and oc rules. Reads the invocation only; never decides a risk.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { Inverse, Target } from "../../types.ts";
import { placeWords, plainWords } from "./cluster-words.ts";

const placeOptions = ["-n", "--context", "--cluster", "--user", "--as"];

/** ` -n NAME --context=X`, as the call has them. */
export function kubectlPlace(inv: Invocation): string | undefined {
  return placeWords(inv, placeOptions);
}

/** `deploy/api`, `deploy api other`, `pods -l app=x`, `-f FILE`: what a human types. */
export function kubernetesTargets(inv: Invocation): readonly Target[] {
  return targetsOf(
    inv,
    inv.operands.map((arg) => arg.text),
  );
}

function targetsOf(inv: Invocation, words: readonly string[]): readonly Target[] {
  const namespace = inv.value("-n");
  const place = (target: Target): Target => (namespace === undefined ? target : { ...target, namespace });
  const split = (kind: string, name: string): Target => {
    const at = name.indexOf("/");
    return at > 0 ? { kind: name.slice(0, at), name: name.slice(at + 1) } : { kind, name };
  };
  const [first, ...rest] = words;
  const file = inv.arg("-f") ?? inv.arg("-k");
  if (first === undefined) return file === undefined ? [] : [place({ kind: "file", name: file.text })];
  if (first.includes("/")) return [first, ...rest].map((name) => place(split("resource", name)));
  if (rest.length > 0) return rest.map((name) => place(split(first, name)));
  const selector = inv.arg("-l") ?? inv.arg("--field-selector");
  return [place({ kind: first, name: selector?.text ?? namespace ?? first })];
}

/** `x=1`, `x-`: the words of label, annotate, taint and set that are no object. */
export function isAssignment(word: string): boolean {
  return word.includes("=") || word.endsWith("-");
}

/** The same without the words that assign. */
export function changedTargets(inv: Invocation): readonly Target[] {
  return targetsOf(
    inv,
    inv.operands.map((arg) => arg.text).filter((word) => !isAssignment(word)),
  );
}

/** The words that name the one object of the call, `deploy api -n prod`; undefined for several, selectors and files. */
export function oneObject(inv: Invocation): string | undefined {
  const named = inv.operands.filter((arg) => arg.shape === "many" || !isAssignment(arg.text));
  const words = plainWords(named);
  const place = kubectlPlace(inv);
  if (words === undefined || place === undefined || selects(inv) || !namesOne(words)) return undefined;
  return `${words.join(" ")}${place}`;
}

/** `deploy/api` or `deploy api`. */
function namesOne([first = "", second, third]: readonly string[]): boolean {
  if (first === "" || first.includes(",") || third !== undefined) return false;
  return first.includes("/") ? second === undefined : second?.includes("/") === false;
}

function selects(inv: Invocation): boolean {
  return ["-l", "--field-selector", "-f", "-k", "--all", "-A", "--selector"].some((option) => inv.has(option));
}

/** The kind of the call's first object: `deploy` of `deploy/api`. */
export function kindOf(inv: Invocation): string {
  return (inv.operand(0) ?? "").split("/", 1)[0]?.split(".", 1)[0]?.toLowerCase() ?? "";
}

/** Reads one field of the object first, so that the change can be taken back. `path` is a jsonpath without braces. */
export function undoneFromField(
  path: string,
  command: (words: string, inv: Invocation) => string,
): (inv: Invocation) => Inverse | undefined {
  return (inv) => {
    const words = oneObject(inv);
    if (words === undefined) return undefined;
    return {
      kind: "capture",
      capture: `${inv.program} get ${words} -o 'jsonpath={${path}}'`,
      command: `${inv.program} ${command(words, inv)}`,
    };
  };
}

/** Reads the whole object first; putting it back needs the fields that the server owns taken out. */
export function undoneFromObject(inv: Invocation): Inverse | undefined {
  const words = oneObject(inv);
  const place = kubectlPlace(inv);
  if (words === undefined || place === undefined) return undefined;
  return {
    kind: "capture",
    capture: `${inv.program} get ${words} -o json | jq -c 'del(.metadata.resourceVersion,.metadata.uid,.metadata.managedFields,.status)'`,
    command: `${inv.program} replace -f -${place} <<< '{capture}'`,
  };
}

/** `apply -f FILE`: the objects of the file as the cluster has them. Fails, and says so, where one does not exist yet. */
export function undoneFromFile(inv: Invocation): Inverse | undefined {
  const place = kubectlPlace(inv);
  const option = inv.has("-f") ? "-f" : "-k";
  const file = inv.value(option);
  if (place === undefined || file === undefined || inv.all(option).length !== 1 || !/^[\w./][\w./-]*$/.test(file)) return undefined;
  return {
    kind: "capture",
    capture: `${inv.program} get ${option} ${file}${place} -o json`,
    command: `${inv.program} apply --force-conflicts --server-side -f -${place} <<< '{capture}'`,
  };
}

const templated: ReadonlySet<string> = new Set(["deploy", "deployment", "deployments"]);

/** A change of a deployment's template: back to the revision it has now. */
export function undoneByRevision(inv: Invocation): Inverse | undefined {
  const words = oneObject(inv);
  if (words === undefined || !templated.has(kindOf(inv))) return undefined;
  return {
    kind: "capture",
    capture: `${inv.program} get ${words} -o 'jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}'`,
    command: `${inv.program} rollout undo ${words} --to-revision={capture}`,
  };
}

const secretType = /^secrets?(\.v1)?\.?$/;

/** Whether a word of a read names secrets: `secret`, `pods,secrets`, `secret/x`. */
function namesSecrets(word: string): boolean {
  const types = (word.split("/", 1)[0] ?? "").toLowerCase();
  return types.split(",").some((type) => secretType.test(type));
}

/** The type words of a read: the first operand, and every TYPE/NAME. */
function typeWords(inv: Invocation): readonly Arg[] {
  return inv.operands.filter((arg, index) => index === 0 || arg.text.includes("/"));
}

const field = String.raw`\.?(?:items\[[\d*:]*\])?\.?(?:metadata\.(?:name|namespace|uid|creationTimestamp|resourceVersion|deletionTimestamp|labels(?:\.[\w\\./-]+)?)|type|kind|immutable)`;
const plainJsonpath = new RegExp(String.raw`^(?:[^{}]*\{(?:range \.items\[\*\]|end|"[^"{}]*"|${field})\})+[^{}]*$`);
const plainColumns = new RegExp(String.raw`^(?:[\w -]+:${field},?)+$`);

/** Output that shows names, types and labels only. */
function showsNamesOnly(format: string): boolean {
  if (/^(wide|name)$/.test(format)) return true;
  if (format.startsWith("jsonpath=")) return plainJsonpath.test(format.slice(9));
  return format.startsWith("custom-columns=") && plainColumns.test(format.slice(15));
}

function printsContent(inv: Invocation): boolean {
  const output = inv.arg("-o");
  if (inv.has("--template")) return true;
  return output !== undefined && !(output.shape === "literal" && showsNamesOnly(output.text));
}

/** From level 8 on the client logs the bodies that the server sends. */
function logsBodies(inv: Invocation): boolean {
  return inv.has("-v") && !/^[0-7]$/.test(inv.value("-v") ?? "");
}

/** Whether a read prints the content of secrets, or may do so. */
export function showsSecrets(inv: Invocation): boolean {
  if (!printsContent(inv) && !logsBodies(inv)) return false;
  if (inv.operands.length === 0) return inv.has("-f") || inv.has("-k");
  return typeWords(inv).some(
    (arg, index) => (index === 0 && arg.shape !== "literal" && !arg.head.includes("/")) || namesSecrets(arg.text) || namesSecrets(arg.head),
  );
}
