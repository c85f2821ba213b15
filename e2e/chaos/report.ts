// What a chaos run found, in lines for people and scripts. In: a result. Out: the lines, and whether everything held.
import type { ChaosResult } from "./run.ts";

/** At least so many of the steps must end completed: a product that refuses everything doubles nothing either. */
const leastCompleted = 0.7;

const counted = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(", ") || "none";

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((total, count) => total + count, 0);

export const held = ({ verdict, verified }: ChaosResult): boolean =>
  verdict.doubleEffects === 0 &&
  verdict.lostEvents === 0 &&
  verdict.untrue.length === 0 &&
  verdict.completed >= leastCompleted * verdict.steps &&
  verified.every(({ ok }) => ok);

export function reportLines(result: ChaosResult): readonly string[] {
  const { options, verdict, verified, faults } = result;
  const share = ((100 * verdict.completed) / Math.max(1, verdict.steps)).toFixed(1);
  return [
    `topology ${options.topology}, seed ${options.seed}, ${result.seconds.toFixed(1)} s`,
    `executions: ${result.executions}`,
    `steps: ${verdict.steps}`,
    `faults: ${sum(faults)} (${counted(faults)})`,
    `brought back by their supervisors: ${counted(result.revivals)}`,
    `answers that were no: ${counted(result.refusals)}`,
    `completed: ${verdict.completed} (${share} %)`,
    `outcome unknown: ${verdict.outcomeUnknown}`,
    `refused by an agent: ${verdict.refused}`,
    ...verified.map(({ said }, at) => `verify-audit${at === 0 ? "" : ` with witness ${at}`}: ${said}`),
    `untrue states: ${verdict.untrue.length}`,
    ...verdict.untrue.slice(0, 20).map((sentence) => `  ${sentence}`),
    `${verdict.doubleEffects} double effects`,
    `${verdict.lostEvents} lost events`,
  ];
}
