// Small regressions, fitted by gradient descent from zero: the same rows give the same weights, digit for digit.

/** One choice among candidates: the measures of each, and which is right. */
export interface Choice {
  readonly candidates: readonly (readonly number[])[];
  readonly right: readonly number[];
}

export interface FitOptions {
  /** Pull towards `prior` (or zero), per weight. */
  readonly ridge: number;
  readonly rounds: number;
  readonly prior?: readonly number[];
}

export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** Adam keeps the step sizes sane without tuning. */
function descend(size: number, gradient: (weights: readonly number[]) => number[], { ridge, rounds, prior = [] }: FitOptions): number[] {
  const weights = Array.from({ length: size }, (_, at) => prior[at] ?? 0);
  const first = weights.map(() => 0);
  const second = weights.map(() => 0);
  for (let round = 1; round <= rounds; round += 1) {
    const slope = gradient(weights);
    for (let at = 0; at < size; at += 1) {
      const g = slope[at]! + ridge * (weights[at]! - (prior[at] ?? 0));
      first[at] = 0.9 * first[at]! + 0.1 * g;
      second[at] = 0.999 * second[at]! + 0.001 * g * g;
      weights[at]! -= (0.05 * (first[at]! / (1 - 0.9 ** round))) / (Math.sqrt(second[at]! / (1 - 0.999 ** round)) + 1e-8);
    }
  }
  return weights;
}

/** Weights under which the right candidate of each choice is likeliest. */
export function fitChoices(choices: readonly Choice[], size: number, options: FitOptions): number[] {
  return descend(
    size,
    (weights) => {
      const slope = Array.from({ length: size }, () => 0);
      for (const { candidates, right } of choices) {
        const scores = candidates.map((candidate) => dot(weights, candidate));
        const top = Math.max(...scores);
        const exps = scores.map((score) => Math.exp(score - top));
        const all = exps.reduce((a, b) => a + b, 0);
        const ofRight = right.reduce((sum, at) => sum + exps[at]!, 0);
        candidates.forEach((candidate, at) => {
          const pull = exps[at]! / all - (right.includes(at) ? exps[at]! / ofRight : 0);
          for (let m = 0; m < size; m += 1) slope[m]! += (pull * candidate[m]!) / choices.length;
        });
      }
      return slope;
    },
    options,
  );
}

export interface Outcome {
  readonly measures: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Weights of a logistic regression; the first measure is the constant. */
export function fitOutcomes(outcomes: readonly Outcome[], size: number, options: FitOptions): number[] {
  const all = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  return descend(
    size,
    (weights) => {
      const slope = Array.from({ length: size }, () => 0);
      for (const { measures, right, weight } of outcomes) {
        const pull = ((sigmoid(dot(weights, measures)) - (right ? 1 : 0)) * weight) / all;
        for (let m = 0; m < size; m += 1) slope[m]! += pull * measures[m]!;
      }
      return slope;
    },
    options,
  );
}
