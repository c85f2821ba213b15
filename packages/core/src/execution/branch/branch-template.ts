// The decisions of a parsed runbook as the engine walks them: which document steps an answer leaves out, and from where it is asked.
// In: the parsed branches. Out: those on which anything depends. One that leads back is none of them: nothing runs twice by an answer.
import type { RunbookBranch } from "../../runbook/types.ts";
import { type DeclaredCheck, declaredCheck } from "./declared-check.ts";

export interface BranchTemplate {
  /** Unique in its execution, stable for one version: "b1" and on. */
  readonly branchId: string;
  readonly condition: string;
  /** How the engine may answer it by itself; null: a person does. */
  readonly check: DeclaredCheck | null;
  /** Orders of the document steps that are left out when it holds, and when it does not. */
  readonly skipIfYes: readonly number[];
  readonly skipIfNo: readonly number[];
}

export function branchTemplates(branches: readonly RunbookBranch[]): readonly BranchTemplate[] {
  return branches.flatMap((branch, index) => {
    const skips = skipsOf(branch, branches);
    if (skips === null || skips.yes.length + skips.no.length === 0) return [];
    const { condition } = branch;
    return [{ branchId: `b${index + 1}`, condition, check: declaredCheck(condition), skipIfYes: skips.yes, skipIfNo: skips.no }];
  });
}

interface Skips {
  readonly yes: readonly number[];
  readonly no: readonly number[];
}

/** Null where the text sends the reader back, or says nothing about paths. */
function skipsOf(branch: RunbookBranch, all: readonly RunbookBranch[]): Skips | null {
  const { after_step: after, true_path: yes = [], false_path: no = [] } = branch;
  if (after === undefined || yes.length === 0) return null;
  const [firstYes, firstNo] = [Math.min(...yes), Math.min(...no)];
  if (firstYes <= after || firstNo <= after) return null;
  const without = (path: readonly number[], other: readonly number[]): readonly number[] => path.filter((order) => !other.includes(order));
  return {
    yes: union(between(after, firstYes), hasElse(branch, all) ? without(no, yes) : []),
    // Without another path the run goes on behind this one; at the end of the runbook there is no step for that.
    no: no.length === 0 ? yes : between(after, firstNo),
  };
}

/** The other path is the author's "otherwise", and not just what comes next in any case. */
const hasElse = ({ false_path: no = [] }: RunbookBranch, all: readonly RunbookBranch[]): boolean =>
  all.some(({ kind, step_order: order }) => kind === "else" && order !== null && no.includes(order));

const between = (after: number, first: number): readonly number[] =>
  Array.from({ length: Math.max(0, first - after - 1) }, (_, index) => after + 1 + index);

const union = (a: readonly number[], b: readonly number[]): readonly number[] => [...new Set([...a, ...b])].sort((x, y) => x - y);
