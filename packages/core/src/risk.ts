// Orders risks: safe < caution < unknown < dangerous, the strictest wins.
// Used wherever two opinions about one command meet; there is no way here to get something milder than either.
import type { Risk } from "@dd0c/scanner";

const rank: Readonly<Record<Risk, number>> = { safe: 0, caution: 1, unknown: 2, dangerous: 3 };

/** The rank of a risk; anything that is no risk ranks as dangerous. */
export function riskRank(risk: Risk): number {
  return rank[risk] ?? rank.dangerous;
}

/** The strictest of one or more risks. */
export function strictest(first: Risk, ...others: readonly Risk[]): Risk {
  return others.reduce((worst, risk) => (riskRank(risk) > riskRank(worst) ? risk : worst), first);
}

/** True if `risk` is above `limit`. */
export function exceeds(risk: Risk, limit: Risk): boolean {
  return riskRank(risk) > riskRank(limit);
}
