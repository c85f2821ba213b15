// Reads decisions out of the prose: "If the lag is above 30s, ... Otherwise ..." in a step, or a heading like "If it goes wrong".
// Draft steps and loose headings go in; conditions with the steps that they govern come out, as a DAG over step orders.

import { maskCodeSpans, findCodeSpans } from "../source/inline-code.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import type { DraftStep } from "../steps/draft-step.ts";
import type { RunbookBranch } from "../types.ts";

const START =
  /(?:(?:^|[.!?:;,…]\s+|\n\s*(?:[-*]\s+)?|\s[-–—]\s+|\()(?:(?:and|but|then)\s+)?|\b(?:and|but|then)\s+)(?=(\p{L}+(?: \p{L}+){0,3}))/giu;
const IF =
  /^(?:if|in case|in the event|whenever|when|unless|falls|wenn|im falle?|si|en caso de|en caso que|cuando|dans le cas où|en cas|lorsque|se|caso|quando|qualora|nel caso|als|indien|wanneer)\b|^\p{L}{2,}(?:場合(?:は|には)?|たら|なければ|なら(?:ば)?|ときは)(?=[、，,])/iu;
const ELSE =
  /^(?:otherwise|else|if not(?=\s*(?:[,:;.]|$|then\b|do\b))|if this (?:does not|doesn't|fails)\b|failing that|sonst|andernfalls|ansonsten|falls nicht(?=\s*[,:;.]|$)|en caso contrario|de lo contrario|si no(?=\s*[,:;.]|$)|sinon|dans le cas contraire|caso contrário|senão|se não(?=\s*[,:;.]|$)|altrimenti|in caso contrario|anders|zo niet)\b|^(?:それ以外|そうでない|そうでなければ|さもなければ)/iu;
const CONDITION_END =
  /[,:;…、，：。]|\.\s|\.$|\n|\s[–—-]\s|\b(?:then|go to|goto|continue|proceed|skip|restart|stop|escalate|contact|page|run|fail over|you (?:should|can|must|need)|please)\b|\uFFFC{3,}\s*$/iu;
const GO_TO = /\b(?:go|jump|skip|proceed|continue|return)\s+(?:back\s+)?(?:to|with|at)\s+step\s+(\d+)/i;

interface Found {
  readonly kind: "if" | "else";
  readonly condition: string;
  readonly line: number;
  readonly goTo: number | null;
}

/** @param undoing - prose of rollback sections; a condition that opens it governs no step */
export function findBranches(
  steps: readonly DraftStep[],
  headings: readonly (readonly SourceLine[])[],
  undoing: readonly (readonly SourceLine[])[],
): readonly RunbookBranch[] {
  const branches: RunbookBranch[] = [];
  for (const heading of headings) {
    const text = plainText(joinText(heading));
    if (/^(?:if|in case|falls|wenn|si|en cas)\s+\S+/i.test(text))
      branches.push({ condition: text, kind: "if", step_order: null, line: heading[0]?.line ?? 1 });
  }
  for (const lines of undoing) {
    const [first] = findInProse(lines);
    if (first !== undefined && plainText(joinText(lines)).startsWith(plainText(first.condition)))
      branches.push({ condition: first.condition, kind: first.kind, step_order: null, line: first.line });
  }
  let inherited: string | null = null;
  for (const [index, step] of steps.entries()) {
    const found = findInProse(step.prose);
    for (const one of found) branches.push(makeBranch(one, index + 1, steps.length));
    if (step.condition !== null && step.condition !== inherited && IF.test(step.condition) && !isKnown(branches, step.condition))
      branches.push(nestedBranch(steps, index, step.condition));
    inherited = step.condition;
  }
  return joinElse(branches).sort((a, b) => a.line - b.line || (a.step_order ?? 0) - (b.step_order ?? 0));
}

/** The item that the condition stands in is a step itself and has it already. */
function isKnown(branches: readonly RunbookBranch[], condition: string): boolean {
  return branches.some((branch) => branch.step_order !== null && condition.startsWith(branch.condition));
}

/** A condition above a list governs the run of steps that carry it. */
function nestedBranch(steps: readonly DraftStep[], index: number, condition: string): RunbookBranch {
  let last = index;
  while (steps[last + 1]?.condition === condition) last++;
  const path = range(index + 1, last + 1);
  return {
    condition,
    kind: "if",
    step_order: index + 1,
    line: steps[index]?.start ?? 1,
    after_step: index,
    true_path: path,
    false_path: last + 1 < steps.length ? [last + 2] : [],
  };
}

function findInProse(prose: readonly SourceLine[]): readonly Found[] {
  const text = joinText(prose);
  const masked = maskCodeSpans(text, findCodeSpans(text));
  const found: Found[] = [];
  let until = 0;
  for (const match of masked.matchAll(START)) {
    const start = match.index + match[0].length;
    const kind = kindAt(masked.slice(start, start + 80), match[0]);
    if (kind === null || start < until) continue;
    const rest = masked.slice(start, start + 400);
    const end = start + (kind === "if" ? conditionEnd(rest) : elseEnd(rest));
    const condition = text.slice(start, end).replace(/\s+/g, " ").trim();
    if (kind === "if" && /^\p{Script=Latin}+$/u.test(condition)) continue;
    until = end;
    found.push({
      kind,
      condition,
      line: lineAt(prose, start),
      goTo: goToIn(text.slice(start, end + elseEnd(masked.slice(end, end + 200)) + 1)),
    });
  }
  return found;
}

/** "go to step 6" in the consequent. */
function goToIn(clause: string): number | null {
  const match = GO_TO.exec(clause);
  return match === null ? null : Number(match[1]);
}

/** "when" only opens a condition at the start of a sentence: "shows when it started" does not. */
function kindAt(words: string, lead: string): "if" | "else" | null {
  if (ELSE.test(words)) return "else";
  if (!IF.test(words)) return null;
  const opensSentence = lead.trim() === "" || /[.!?:;…\n-]\s*$/.test(lead);
  return /^(?:when|whenever|wenn|cuando|quando|lorsque|se|si|caso)\b/i.test(words) && !opensSentence ? null : "if";
}

function conditionEnd(rest: string): number {
  const from = /^(?:\p{Script=Latin}+\s*)?/u.exec(rest)?.[0].length ?? 0;
  const end = CONDITION_END.exec(rest.slice(from));
  return end === null ? rest.length : from + end.index;
}

function elseEnd(rest: string): number {
  return /[.;\n]|$/.exec(rest)?.index ?? rest.length;
}

function lineAt(prose: readonly SourceLine[], offset: number): number {
  let position = 0;
  for (const line of prose) {
    position += line.text.length + 1;
    if (offset < position) return line.line;
  }
  return prose.at(-1)?.line ?? 1;
}

function makeBranch(found: Found, order: number, count: number): RunbookBranch {
  const base = { condition: found.condition, kind: found.kind, step_order: order, line: found.line };
  if (found.kind === "else") return base;
  const next = order < count ? [order + 1] : [];
  const known = found.goTo !== null && found.goTo >= 1 && found.goTo <= count;
  return { ...base, after_step: order - 1, true_path: known && found.goTo !== null ? [found.goTo] : [order], false_path: next };
}

/** An "otherwise" in a later step is where the last "if" goes when its condition fails. */
function joinElse(branches: readonly RunbookBranch[]): RunbookBranch[] {
  const result = [...branches];
  let open: { readonly index: number; readonly order: number } | null = null;
  for (const [index, branch] of branches.entries()) {
    if (branch.step_order === null) continue;
    if (branch.kind === "if") open = { index, order: branch.step_order };
    if (branch.kind === "if" || open === null || open.order >= branch.step_order) continue;
    const condition = branches[open.index];
    if (condition === undefined) continue;
    result[open.index] = { ...condition, true_path: range(open.order, branch.step_order - 1), false_path: [branch.step_order] };
  }
  return result;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
