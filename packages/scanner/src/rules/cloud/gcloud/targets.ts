// gcloud change -> the resources that a human types before it runs: the operands, named after the last group of the command.
import type { Invocation } from "../../../invocation.ts";
import type { Target } from "../../../types.ts";

const tracks: ReadonlySet<string> = new Set(["alpha", "beta", "ga"]);

/** The words of the command without the release track. */
export function trackless(path: readonly string[]): readonly string[] {
  return tracks.has(path[0] ?? "") ? path.slice(1) : path;
}

/** "instances" -> "instance", "addresses" -> "address", "policies" -> "policy". */
export function singular(noun: string): string {
  const words = noun.replaceAll("-", " ");
  if (/ies$/.test(words)) return words.replace(/ies$/, "y");
  return words.replace(/((?:ss|x|ch))es$/, "$1").replace(/([^s])s$/, "$1");
}

/** Options that hold the thing acted upon; they become the namespace. */
const holders = ["--cluster", "--instance", "--zone", "--region", "--location", "--project"];

/** Options that name what is acted upon where no operand does. */
const namers = ["--member", "--secret", "--name", "--instance", "--cluster", "--topic", "--bucket", "--key", "--project"];

export function gcloudTargets(inv: Invocation): readonly Target[] {
  const path = trackless(inv.path);
  const kind = singular(path.at(-2) ?? "command");
  const around = holders.map((option) => inv.value(option)).find((value) => value !== undefined);
  const named = inv.operands.filter((arg) => arg.shape !== "many");
  if (named.length > 0)
    return named.map((arg) => (around === undefined ? { kind, name: arg.text } : { kind, name: arg.text, namespace: around }));
  for (const option of namers) {
    const arg = inv.arg(option);
    if (arg !== undefined) return [{ kind: singular(option.slice(2)), name: arg.text }];
  }
  return [];
}
