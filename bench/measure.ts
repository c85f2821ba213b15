// What a figure is: samples in, median and p99 out, with the budget that it is held against.

export interface Figure {
  readonly path: string;
  readonly unit: string;
  readonly median: number;
  readonly p99: number | null;
  /** In words, as DESIGN gives it. */
  readonly budget: string;
  readonly limits: Limits;
}

/** Highest median and p99 that are within the budget, or the lowest value that is. */
export interface Limits {
  readonly median?: number;
  readonly p99?: number;
  readonly least?: number;
}

const round = (value: number): number => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export function figure(path: string, unit: string, samples: readonly number[], budget: string, limits: Limits): Figure {
  const sorted = [...samples].sort((a, b) => a - b);
  return { path, unit, median: round(percentile(sorted, 0.5)), p99: round(percentile(sorted, 0.99)), budget, limits };
}

/** A single value that must not be above its limit; infinity where it is only reported. */
export const value = (path: string, unit: string, measured: number, budget: string, limit: number): Figure => ({
  path,
  unit,
  median: round(measured),
  p99: null,
  budget,
  limits: Number.isFinite(limit) ? { median: limit } : {},
});

/** A single value that must not be below its limit. */
export const atLeast = (path: string, unit: string, measured: number, budget: string, limit: number): Figure => ({
  ...value(path, unit, measured, budget, Number.POSITIVE_INFINITY),
  limits: { least: limit },
});
