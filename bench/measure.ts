// What a figure is: samples in, median and p99 out, with the budget that it is held against.

export interface Figure {
  readonly path: string;
  readonly unit: string;
  readonly median: number;
  readonly p99: number | null;
  /** In words, as DESIGN gives it. */
  readonly budget: string;
  readonly ok: boolean;
}

const round = (value: number): number => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** `limits`: highest median and highest p99 that are within the budget. */
export function figure(
  path: string,
  unit: string,
  samples: readonly number[],
  budget: string,
  limits: { readonly median?: number; readonly p99?: number },
): Figure {
  const sorted = [...samples].sort((a, b) => a - b);
  const [median, p99] = [round(percentile(sorted, 0.5)), round(percentile(sorted, 0.99))];
  return {
    path,
    unit,
    median,
    p99,
    budget,
    ok: median <= (limits.median ?? Number.POSITIVE_INFINITY) && p99 <= (limits.p99 ?? Number.POSITIVE_INFINITY),
  };
}

/** A single value that must not be above (or, with `atLeast`, below) its limit. */
export function value(path: string, unit: string, measured: number, budget: string, limit: number, atLeast = false): Figure {
  return { path, unit, median: round(measured), p99: null, budget, ok: atLeast ? measured >= limit : measured <= limit };
}
