// Maps decisions to the steps they govern: "If the lag is above 30s, ... Otherwise ...", items below "If the ids differ:", headings with a condition.
// Draft steps and the text outside them go in; branches come out as a graph over step orders that only goes forward,
// except where the text itself sends the reader back. A condition is never judged here: a human answers it.

import { maskCodeSpans, findCodeSpans } from "../source/inline-code.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import type { DraftStep } from "../steps/draft-step.ts";
import type { LooseText } from "../steps/walk.ts";
import type { RunbookBranch } from "../types.ts";
import { type Condition, findConditions, isCondition, isElse } from "./conditions.ts";
import { isInstruction } from "./instructions.ts";
import { goesOn, goTo } from "./go-to.ts";
import type { StepNumbers } from "./step-numbers.ts";

/** A branch while its paths are being found; `path` is the run of steps that it governs. */
interface Arm {
  readonly kind: "if" | "else";
  readonly condition: string;
  readonly line: number;
  readonly order: number | null;
  readonly section: string | null;
  path: readonly number[];
  /** The text sends the reader there instead. */
  readonly target: number | null;
  /** Of an "otherwise": the reader just goes on with the next step. */
  readonly continues: boolean;
}

export function findBranches(steps: readonly DraftStep[], loose: readonly LooseText[], numbers: StepNumbers): readonly RunbookBranch[] {
  const arms = [...looseArms(steps, loose), ...stepArms(steps, loose, numbers)];
  arms.sort((a, b) => a.line - b.line || (a.order ?? 0) - (b.order ?? 0));
  return toBranches(arms, steps.length);
}

/** Conditions of the steps' own prose, and of the items and headings that they are nested in. */
function stepArms(steps: readonly DraftStep[], loose: readonly LooseText[], numbers: StepNumbers): readonly Arm[] {
  const arms: Arm[] = [];
  const lines = steps.some(({ condition }) => condition !== null) ? linesOf(loose) : new Map<string, number>();
  let own: readonly Arm[] = [];
  for (const [index, step] of steps.entries()) {
    const before = own;
    own = findConditions(step.prose).map((found) => makeArm(found, index + 1, step, numbers));
    const nested = nestedArm(steps, index, lines);
    const stated = nested === null ? undefined : [...before, ...own].find((arm) => nested.condition.startsWith(arm.condition));
    if (nested !== null && stated !== undefined) stated.path = union(stated.path, nested.path);
    else if (nested !== null) arms.push(nested);
    arms.push(...own);
  }
  return arms;
}

function makeArm({ kind, text, line, consequent }: Condition, order: number, step: DraftStep, numbers: StepNumbers): Arm {
  const continues = kind === "else" && goesOn(consequent);
  return {
    kind,
    condition: text,
    line,
    order,
    section: step.section.title,
    path: [order],
    target: goTo(consequent, order, numbers),
    continues,
  };
}

/** The condition above a list or in a heading governs the run of steps that carry it; only the first of them has the branch. */
function nestedArm(steps: readonly DraftStep[], index: number, lines: ReadonlyMap<string, number>): Arm | null {
  const step = steps[index];
  const condition = step?.condition ?? "";
  if (step === undefined || !isCondition(condition) || condition === steps[index - 1]?.condition) return null;
  if (wasInterrupted(steps, index, condition)) return null;
  const path = range(index + 1, lastOfRun(steps, index, condition) + 1);
  const line = lines.get(key(condition)) ?? step.start;
  return { kind: "if", condition, line, order: index + 1, section: step.section.title, path, target: null, continues: false };
}

/** Steps further in may carry a condition of their own; how many of them are looked at. */
const MAX_INNER_STEPS = 20;

function lastOfRun(steps: readonly DraftStep[], index: number, condition: string): number {
  let last = index;
  for (let next = index + 1; next < steps.length && next - last <= MAX_INNER_STEPS; next++) {
    const own = steps[next]?.condition ?? null;
    if (own === null) break;
    if (own === condition) last = next;
  }
  return last;
}

/** The run began above an inner condition and goes on below it. */
function wasInterrupted(steps: readonly DraftStep[], index: number, condition: string): boolean {
  for (let before = index - 1; before >= 0 && index - before <= MAX_INNER_STEPS; before--) {
    const own = steps[before]?.condition ?? null;
    if (own === null) return false;
    if (own === condition) return true;
  }
  return false;
}

/** Where the conditions outside the steps stand, by their words. */
function linesOf(loose: readonly LooseText[]): ReadonlyMap<string, number> {
  return new Map(
    loose.flatMap(({ lines }) => {
      const [first] = lines;
      if (first === undefined || !MAY_BE_CONDITION.test(first.text)) return [];
      return [[key(plainText(joinText(lines))), first.line] as const];
    }),
  );
}

/** Conditions begin with a word, behind a mark of a list or heading; long ones are no headings of anything. */
const MAY_BE_CONDITION = /^[^\p{L}]{0,12}\p{L}.{0,300}$/u;

const key = (text: string): string => text.replace(/[\s:：]+$/, "").slice(0, 200);

/** Headings with a condition, "Otherwise:" above a list, and what opens the prose of a rollback section. */
function looseArms(steps: readonly DraftStep[], loose: readonly LooseText[]): readonly Arm[] {
  const conditions = new Set(steps.flatMap(({ condition }) => (condition === null ? [] : [key(condition)])));
  return loose.flatMap((text) => {
    const [first] = text.lines;
    if (first === undefined) return [];
    if (text.heading && !OPENS_HEADING.test(first.text)) return [];
    if (text.heading) return headingArm(plainText(joinText(text.lines)), first.line, steps, conditions);
    if (/[:：]\s*$/.test(text.lines.at(-1)?.text ?? "") && isElse(plainText(first.text))) return elseAbove(text, first.line, steps);
    return text.section.kind === "rollback" ? rollbackArm(text.lines) : [];
  });
}

/** The first word of a heading that may be a condition or an "otherwise". */
const OPENS_HEADING =
  /^[^\p{L}]*(?:if|in case|falls|wenn|si|en cas|se|caso|als|indien|otherwise|else|sonst|andernfalls|ansonsten|de lo contrario|sinon|dans|autrement|do contrário|senão|altrimenti|anders|zo niet|それ|そう|さも)/iu;

function headingArm(text: string, line: number, steps: readonly DraftStep[], conditions: ReadonlySet<string>): readonly Arm[] {
  const kind = isElse(text) ? "else" : "if";
  if ((kind === "if" && !/^(?:if|in case|falls|wenn|si|en cas|se|caso|als|indien)\s+\S/i.test(text)) || conditions.has(key(text)))
    return [];
  const path = steps.flatMap((step, index) => (step.section.title === text && step.start > line ? [index + 1] : []));
  const order = kind === "else" ? (path[0] ?? null) : null;
  if (kind === "else" && order === null) return [];
  return [{ kind, condition: text, line, order, section: null, path: kind === "else" ? path : [], target: null, continues: false }];
}

/** "Otherwise:" governs the steps below it up to the next condition, section or text outside the steps. */
function elseAbove({ lines, section }: LooseText, line: number, steps: readonly DraftStep[]): readonly Arm[] {
  const first = steps.findIndex((step) => step.start > line && step.section.title === section.title);
  const step = steps[first];
  if (step === undefined) return [];
  let last = first;
  while (steps[last + 1]?.section === step.section && steps[last + 1]?.condition === step.condition) last++;
  const condition = plainText(joinText(lines)).replace(/\s*[:：]\s*$/, "");
  return [
    {
      kind: "else",
      condition,
      line,
      order: first + 1,
      section: section.title,
      path: range(first + 1, last + 1),
      target: null,
      continues: false,
    },
  ];
}

/** A sentence of a rollback section that begins with a condition; it governs no step. */
function rollbackArm(lines: readonly SourceLine[]): readonly Arm[] {
  const [first] = findConditions(lines);
  const text = joinText(lines);
  if (first === undefined || !plainText(maskCodeSpans(text, findCodeSpans(text))).startsWith(plainText(first.text).slice(0, 20))) return [];
  return [{ kind: "if", condition: first.text, line: first.line, order: null, section: null, path: [], target: null, continues: false }];
}

/** Ties every "otherwise" to the condition before it and writes the paths down. */
function toBranches(arms: readonly Arm[], count: number): readonly RunbookBranch[] {
  const otherwise = pairArms(arms);
  const orphans = new Set(arms.filter(({ kind }) => kind === "else"));
  for (const arm of otherwise.values()) orphans.delete(arm);
  return arms
    .filter((arm) => !orphans.has(arm) || tellsToAct(arm))
    .map((arm): RunbookBranch => {
      const base = { condition: arm.condition, step_order: arm.order, line: arm.line };
      if (arm.kind === "else" && !orphans.has(arm)) return { ...base, kind: "else" };
      if (arm.order === null) return { ...base, kind: "if" };
      return { ...base, kind: "if", ...pathsOf(arm, arm.order, otherwise.get(arm), count) };
    });
}

/** "Make sure that it runs, otherwise start it" decides; "otherwise it cannot connect" gives a reason. */
function tellsToAct({ condition }: Arm): boolean {
  return isInstruction(condition.replace(/^[\p{L}]+(?: (?:contrario|contrário|nicht|not|no|niet|that))?[,:]?\s+/iu, ""));
}

/** An "otherwise" belongs to the nearest condition before it in its section that has none yet. */
function pairArms(arms: readonly Arm[]): ReadonlyMap<Arm, Arm> {
  const pairs = new Map<Arm, Arm>();
  let open: Arm | null = null;
  for (const arm of arms) {
    if (arm.order === null) continue;
    if (arm.kind === "if") open = arm;
    else if (open !== null && isNear(open, arm)) {
      pairs.set(open, arm);
      open = null;
    }
  }
  return pairs;
}

/** How far below its condition an "otherwise" may stand when the section says nothing. */
const MAX_STEPS_BETWEEN = 12;

/** Prose below nested items belongs to the step around them: an "otherwise" there would lead back. */
function isNear(condition: Arm, otherwise: Arm): boolean {
  if ((otherwise.order ?? 0) < (condition.order ?? 0)) return false;
  const between = (otherwise.order ?? 0) - (condition.path.at(-1) ?? 0);
  return otherwise.section === null || condition.section === otherwise.section || between <= 1 ? between <= MAX_STEPS_BETWEEN : false;
}

type Paths = Required<Pick<RunbookBranch, "after_step" | "true_path" | "false_path">>;

function pathsOf(arm: Arm, order: number, otherwise: Arm | undefined, count: number): Paths {
  const after = arm.target === null ? order - 1 : order;
  const taken = otherwise === undefined || otherwise.order === null ? arm.path : union(arm.path, range(order, otherwise.order - 1));
  const next = (last: number): readonly number[] => (last < count ? [last + 1] : []);
  const onward = next(arm.target === null ? (taken.at(-1) ?? order) : order);
  return {
    after_step: after,
    true_path: arm.target === null ? taken : [arm.target],
    false_path: otherwise === undefined ? onward : otherPath(otherwise, arm, next),
  };
}

/** Both in one step: the step itself is done either way, unless one of them leaves it. */
function otherPath(otherwise: Arm, { order, target }: Arm, next: (last: number) => readonly number[]): readonly number[] {
  if (otherwise.target !== null) return [otherwise.target];
  if (order === null || otherwise.order !== order) return otherwise.path;
  return otherwise.continues || target !== null ? next(order) : [order];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
