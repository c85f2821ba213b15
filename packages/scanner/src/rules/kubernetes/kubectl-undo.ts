// What undoes the changes that kubectl makes: a command, or a read of the object and the command that puts it back.
// Used by kubectl-changes.ts and kubectl-create.ts. A call whose words are not all written out gets no inverse.
import type { Invocation } from "../../invocation.ts";
import type { Inverse } from "../../types.ts";
import { plainWord } from "./cluster-words.ts";
import { isAssignment, kindOf, kubectlPlace, oneObject, undoneByRevision, undoneFromField, undoneFromObject } from "./kubectl-objects.ts";

/** `set image deploy/api web=repo/web:2`: the image that the one named container has now, else the revision. */
export function undoneImage(inv: Invocation): Inverse | undefined {
  const words = oneObject(inv);
  const assigned = inv.operands.map((arg) => arg.text).filter(isAssignment);
  const container = assigned[0]?.split("=", 1)[0] ?? "";
  const templates = /^(deploy|deployments?|ds|daemonsets?|sts|statefulsets?|rs|replicasets?|rc)$/.test(kindOf(inv));
  if (words === undefined || assigned.length !== 1 || !templates || !/^[a-z0-9-]+$/.test(container)) return undoneByRevision(inv);
  return {
    kind: "capture",
    capture: `${inv.program} get ${words} -o 'jsonpath={.spec.template.spec.containers[?(@.name=="${container}")].image}'`,
    command: `${inv.program} set image ${words} ${container}={capture}`,
  };
}

/** `label pod/x a=b`: without --overwrite the label was not there; with it, or when it is taken away, its value is read first. */
export const undoneMark =
  (map: string) =>
  (inv: Invocation): Inverse | undefined => {
    const words = oneObject(inv);
    const assigned = inv.operands.map((arg) => arg.text).filter(isAssignment);
    const [mark = ""] = assigned;
    const key = mark.endsWith("-") && !mark.includes("=") ? mark.slice(0, -1) : (mark.split("=", 1)[0] ?? "");
    if (words === undefined || assigned.length !== 1 || !/^[\w./-]+$/.test(key)) return undefined;
    const verb = `${inv.program} ${inv.path[0]} ${words}`;
    if (!mark.endsWith("-") && !inv.has("--overwrite")) return { kind: "command", command: `${verb} ${key}-` };
    return {
      kind: "capture",
      capture: `${inv.program} get ${words} -o 'jsonpath={.metadata.${map}.${key.replaceAll(".", "\\.")}}'`,
      command: `${verb} ${key}={capture} --overwrite`,
    };
  };

/** JSON text as it is meant: escapes resolved, so that no word hides in them. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function patchText(inv: Invocation): string {
  const text = inv.arg("-p")?.text ?? "";
  const parsed = readJson(text);
  return parsed === undefined ? text : JSON.stringify(parsed);
}

export const undoneReplicas = undoneFromField(".spec.replicas", (words) => `scale ${words} --replicas={capture}`);

/** A patch of nothing but the replicas is a scale; any other is undone from the whole object. */
export function undonePatch(inv: Invocation): Inverse | undefined {
  return /^\{"spec":\{"replicas":\d+\}\}$/.test(patchText(inv)) ? undoneReplicas(inv) : undoneFromObject(inv);
}

/** `taint nodes n k=v:NoSchedule`: the same with a dash, and the other way round. */
export function undoneTaint(inv: Invocation): Inverse | undefined {
  const where = kubectlPlace(inv);
  const words = inv.operands.map((arg) => (arg.shape === "literal" && plainWord.test(arg.text) ? arg.text : undefined));
  const [kind, node, taint, ...more] = words;
  if (where === undefined || kind === undefined || node === undefined || taint === undefined || more.length > 0 || inv.has("-l"))
    return undefined;
  if (taint.endsWith("-") && !taint.includes("=")) return undefined;
  return {
    kind: "command",
    command: `${inv.program} taint ${kind} ${node} ${taint.endsWith("-") ? taint.slice(0, -1) : `${taint}-`}${where}`,
  };
}

/** What a create-like call made: `delete KIND NAME`, the name given or that of the exposed object. */
export function undoneCreated(inv: Invocation, kind: string, name: string | undefined): Inverse | undefined {
  const words = oneObject(inv);
  const where = kubectlPlace(inv);
  const own = name ?? words?.split(" ")[inv.operands.length - 1]?.split("/").at(-1);
  return own === undefined || where === undefined || !plainWord.test(own)
    ? undefined
    : { kind: "command", command: `${inv.program} delete ${kind} ${own}${where}` };
}
