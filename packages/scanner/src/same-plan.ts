// Whether two plans are the same, down to the last character. Used wherever a plan was rendered and read back.
import type { Plan, PlanAndOr, PlanCommand, PlanPipeline, Stdin } from "./types.ts";

export function samePlan(a: Plan, b: Plan): boolean {
  return sameList(a.lists, b.lists, sameAndOr);
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((x, index) => {
      const y = b[index];
      return y !== undefined && same(x, y);
    })
  );
}

function sameAndOr(a: PlanAndOr, b: PlanAndOr): boolean {
  return samePipeline(a.first, b.first) && sameList(a.rest, b.rest, (x, y) => x.op === y.op && samePipeline(x.pipeline, y.pipeline));
}

function samePipeline(a: PlanPipeline, b: PlanPipeline): boolean {
  return sameList(a.members, b.members, sameCommand);
}

function sameCommand(a: PlanCommand, b: PlanCommand): boolean {
  const words = sameList(a.argv, b.argv, (x, y) => x === y) && sameList(a.env, b.env, (x, y) => x[0] === y[0] && x[1] === y[1]);
  return words && sameStdin(a.stdin, b.stdin) && a.stdout === b.stdout && a.stderr === b.stderr;
}

function sameStdin(a: Stdin, b: Stdin): boolean {
  return a.kind === b.kind && (a.kind !== "text" || b.kind !== "text" || a.text === b.text);
}
