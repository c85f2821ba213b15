// Name of a key in a key-value store -> whether its value may be a secret. Used by rules of consul and etcd.
import type { Invocation } from "../../invocation.ts";

const secretWord =
  /passw|secret|token|credential|private|apikey|api[_-]key|cert|\bkey\b|vault\/|\bdsn\b|conn(ection)?[_-]?str|kube-|\/registry\/?$|\/registry\/(secrets|configmaps)/i;

/** Whether what is read at operand `index`, or with `below` everything under it, may hold secrets. Names that are not written out may. */
export function hidesSecrets(inv: Invocation, index: number, below: boolean): boolean {
  const key = inv.operands[index];
  if (inv.unlisted.length > 0 || inv.operands.length > index + 1) return true;
  if (key === undefined) return below;
  if (key.shape !== "literal" || secretWord.test(key.text)) return true;
  return below && /^\/?$/.test(key.text);
}
