// Does an alert meet a mapping's criteria? Every field given must agree; `*` stands for any text. No expressions: nothing a tenant writes can take long.
import type { AlertFacts, AlertMapping, MappingCriteria } from "./types.ts";

/** Longest value and most labels that are looked at; a longer one agrees with nothing. */
const maxValue = 500;

/** Where the last of these pieces ends, each looked for behind the one before it; -1 where one is not there. */
function endOf(pieces: readonly string[], text: string, from: number): number {
  let at = from;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found === -1) return -1;
    at = found + piece.length;
  }
  return at;
}

/** Case does not count. Time grows with the length of value times that of the pattern at most. */
export function agrees(pattern: string, value: string | null | undefined): boolean {
  if (typeof value !== "string" || value.length > maxValue || pattern.length > maxValue) return false;
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const text = value.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = endOf(rest, text, first.length);
  return end !== -1 && text.length - last.length >= end;
}

const fields = ["source", "name", "title", "service", "team"] as const;

/** A mapping without any criterion holds for nothing. */
export function meets(alert: AlertFacts, criteria: MappingCriteria): boolean {
  const labels = Object.entries(criteria.labels ?? {});
  const given = fields.filter((field) => criteria[field] !== undefined);
  if (given.length + labels.length === 0) return false;
  return (
    given.every((field) => agrees(criteria[field] ?? "", alert[field])) &&
    labels.every(([label, pattern]) => Object.hasOwn(alert.labels, label) && agrees(pattern, alert.labels[label]))
  );
}

/** Ids of the runbooks that somebody mapped to alerts like this, in the order of the mappings. */
export function mappedRunbooks(alert: AlertFacts, mappings: readonly AlertMapping[]): readonly string[] {
  return [...new Set(mappings.filter(({ criteria }) => meets(alert, criteria)).map(({ runbookId }) => runbookId))];
}
