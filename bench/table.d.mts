import type { Figure } from "./measure.ts";

export const budgetsReferenceUs: number;
export function resultsTable(figures: readonly (Figure & { readonly slowness: number })[]): string;
