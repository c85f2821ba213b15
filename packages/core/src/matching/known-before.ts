// What people and addresses say about an alert goes in, how surely a runbook is meant comes out, with the reason in words.
// A person's mapping is the strongest word there is; then the address that the rule's author gave; then what was used before.
import { mappedRunbooks } from "./mapping.ts";
import type { MatchLibrary } from "./match-library.ts";
import { namesInUrl, sameAddress } from "./runbook-names.ts";
import type { AlertFacts, KnownBefore, MatchReason, UsedBefore } from "./types.ts";

export interface Known {
  readonly id: string;
  readonly confidence: number;
  readonly reason: MatchReason;
}

const sureness = { mapping: 0.99, address: 0.98, named: 0.96 } as const;
/** Pages that the alert links to beside the runbook (dashboards, graphs) may name one by chance. */
const linked = 0.9;
const maxLinks = 20;
/** Habit outranks words and gives way to an address. */
const surestFromUse = 0.955;

export function mappedTo(alert: AlertFacts, { mappings }: KnownBefore): readonly Known[] {
  return mappedRunbooks(alert, mappings).map((id, at) => ({
    id,
    // The first of several is the one that the person put first.
    confidence: sureness.mapping - at / 1_000,
    reason: { signal: "mapping", text: "somebody mapped alerts like this to it" },
  }));
}

/** Runbooks at, or named by, the addresses of the alert. */
export function pointedTo(alert: AlertFacts, library: MatchLibrary): readonly Known[] {
  const found: Known[] = [];
  const add = (ids: Iterable<string>, confidence: number, text: string): void => {
    for (const id of ids) found.push({ id, confidence, reason: { signal: "runbook_url", text } });
  };
  if (alert.runbookUrl !== null) {
    add(library.atAddress(sameAddress(alert.runbookUrl)), sureness.address, "the alert's runbook_url is its address");
    for (const name of namesInUrl(alert.runbookUrl)) add(library.named(name), sureness.named, "the alert's runbook_url names it");
  }
  for (const { url } of alert.links.slice(0, maxLinks)) add(library.atAddress(sameAddress(url)), linked, "the alert links to it");
  return found;
}

/** How much of the doubt that the texts leave is taken away by use, or added by dismissals. */
export function afterUse(
  id: string,
  confidence: number,
  usedBefore: readonly UsedBefore[],
): { readonly confidence: number; readonly reason: MatchReason | null } {
  const uses = usedBefore.reduce((sum, { used }) => sum + Math.max(0, used), 0);
  const used = usedBefore.reduce((sum, each) => sum + (each.runbookId === id ? Math.max(0, each.used) : 0), 0);
  const dismissed = usedBefore.reduce((sum, each) => sum + (each.runbookId === id ? Math.max(0, each.dismissed) : 0), 0);
  if (used > 0) {
    const share = used / (uses + dismissed + 1);
    const reason: MatchReason = {
      signal: "used_before",
      text: `it was used for this alert ${used === 1 ? "once" : `${used} times`} before`,
    };
    return { confidence: confidence + (surestFromUse - confidence) * share, reason };
  }
  return { confidence: confidence * (2 / (2 + dismissed)), reason: null };
}
