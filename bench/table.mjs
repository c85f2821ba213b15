// Figures in, a Markdown table out: as measured, and by the ratio of this machine's speed to that of the machine the budgets were set on.

/** Median of the scanner's time for a labelled shell line on the machine of the budgets, microseconds. */
export const budgetsReferenceUs = 9.5;

const rounded = (value) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** What the value would be at the budgets' speed: times shrink, rates grow, sizes and counts stay. */
const byRatio = (value, unit, slowness) => {
  if (["us", "ms", "s"].includes(unit)) return rounded(value / slowness);
  return unit.endsWith("/s") ? rounded(value * slowness) : value;
};

const isWithin = ({ median, p99, limits }) =>
  median <= (limits.median ?? Infinity) && (p99 ?? 0) <= (limits.p99 ?? Infinity) && median >= (limits.least ?? -Infinity);

const scaled = (figure) => ({
  ...figure,
  median: byRatio(figure.median, figure.unit, figure.slowness),
  p99: figure.p99 === null ? null : byRatio(figure.p99, figure.unit, figure.slowness),
});

const verdict = (figure) => {
  if (Object.keys(figure.limits).length === 0) return "";
  if (isWithin(figure)) return "ok";
  return isWithin(scaled(figure)) ? "ok by ratio" : "over";
};

const shown = (value, unit) => (value === null ? "-" : `${value} ${unit}`);

/** `slowness`: this machine's reference at that time, divided by the one of the budgets. */
export const resultsTable = (figures) =>
  [
    "| path | median | p99 | budget | | slowness | median by ratio | p99 by ratio |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...figures.map((figure) => {
      const { path, unit, median, p99, budget, slowness } = figure;
      const at = scaled(figure);
      const cells = [
        path,
        shown(median, unit),
        shown(p99, unit),
        budget,
        verdict(figure),
        slowness.toFixed(2),
        shown(at.median, unit),
        shown(at.p99, unit),
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  ].join("\n");
