// Template text with placeholders + values -> the plan that runs, and its canonical text. Values become literal words or parts of words:
// they can never add a word, an option, a command or a token of an embedded language. What could is refused, not escaped.
// Works on the parsed plan: each placeholder is parsed as a marker, and the marker is replaced in the plan's strings.
import { textProblem } from "./refuse.ts";
import { samePlan } from "./same-plan.ts";
import { renderPlan } from "./render-plan.ts";
import { type DetailedVerdict, scanWithState } from "./scan.ts";
import type { Plan, PlanAndOr, PlanCommand, PlanPipeline, Span, Verdict } from "./types.ts";

/** One placeholder: the UTF-16 range of its spelling in the template, and the name of its value. */
export interface Placeholder {
  readonly span: Span;
  readonly name: string;
}

export type FillRefusal =
  | "MISSING_VALUE"
  | "EMPTY_VALUE"
  | "UNREADABLE_VALUE"
  | "OPTION_VALUE"
  | "COMMAND_POSITION"
  | "CODE_VALUE"
  | "NOT_RUNNABLE"
  | "TREE_CHANGED"
  | "BAD_PLACEHOLDER";

export type Filled =
  | { readonly ok: true; readonly plan: Plan; readonly text: string; readonly verdict: Verdict }
  | { readonly ok: false; readonly code: FillRefusal; readonly name?: string; readonly message: string };

function refuse(code: FillRefusal, message: string, name?: string): Filled {
  return name === undefined ? { ok: false, code, message } : { ok: false, code, name, message };
}

interface Hole extends Placeholder {
  readonly marker: string;
  readonly value: string;
  /** Offset of the marker in the marked text. */
  readonly at: number;
}

/**
 * Fills `placeholders` of `template` with `values`.
 * @returns the filled plan, its canonical text and the verdict on exactly that text; or a refusal:
 * MISSING_VALUE, EMPTY_VALUE, UNREADABLE_VALUE (control, invisible or broken characters), OPTION_VALUE (it would begin an option),
 * COMMAND_POSITION (it would name a program or variable), CODE_VALUE (inside SQL, awk, shell text only letters, digits and `_` fill in,
 * unless the SQL keeps its shape), NOT_RUNNABLE (the template has no plan), TREE_CHANGED, BAD_PLACEHOLDER (spans overlap or lie outside).
 */
export function fillPlaceholders(template: string, placeholders: readonly Placeholder[], values: Readonly<Record<string, string>>): Filled {
  const sorted = [...placeholders].sort((a, b) => a.span.start - b.span.start);
  const problem = placeholderProblem(template, sorted) ?? valueProblem(sorted, values);
  if (problem !== undefined) return problem;
  const { text, holes } = markTemplate(template, sorted, values);
  const marked = scanWithState(text);
  const plan = marked.verdict.plan;
  if (plan === undefined) return refuse("NOT_RUNNABLE", marked.verdict.notRunnable?.message ?? "The template has no plan.");
  return positionProblem(plan, holes) ?? finish(plan, holes, marked);
}

function finish(plan: Plan, holes: readonly Hole[], marked: DetailedVerdict): Filled {
  const filled = mapPlan(plan, (text) => fillText(text, holes));
  const text = renderPlan(filled);
  const scanned = scanWithState(text);
  if (scanned.verdict.plan === undefined || !samePlan(scanned.verdict.plan, filled))
    return refuse("TREE_CHANGED", "The value changes how the command is read.");
  const sameShape = scanned.commands === marked.commands && shapes(scanned) === shapes(marked);
  if (!sameShape) return refuse("TREE_CHANGED", "The value changes more than one literal of the command.");
  const code = codeHole(holes, marked);
  if (code !== undefined) return refuse("CODE_VALUE", "Inside program text only letters, digits and _ fill in.", code.name);
  return { ok: true, plan: filled, text, verdict: scanned.verdict };
}

function placeholderProblem(template: string, sorted: readonly Placeholder[]): Filled | undefined {
  let end = 0;
  for (const { span, name } of sorted) {
    if (span.start < end || span.end <= span.start || span.end > template.length)
      return refuse("BAD_PLACEHOLDER", "Placeholders overlap or lie outside the text.", name);
    end = span.end;
  }
  return undefined;
}

function valueProblem(sorted: readonly Placeholder[], values: Readonly<Record<string, string>>): Filled | undefined {
  for (const { name } of sorted) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return refuse("MISSING_VALUE", "A value is missing.", name);
    if (value === "") return refuse("EMPTY_VALUE", "An empty value would change what the command means.", name);
    if (textProblem(value) !== undefined) return refuse("UNREADABLE_VALUE", "The value has characters that cannot be shown.", name);
  }
  return undefined;
}

/** The template with a unique marker in place of each placeholder: digits where the value is a number, letters otherwise. */
function markTemplate(
  template: string,
  sorted: readonly Placeholder[],
  values: Readonly<Record<string, string>>,
): { text: string; holes: Hole[] } {
  const everything = template + Object.values(values).join("\n");
  let text = "";
  let from = 0;
  const holes = sorted.map((placeholder, index): Hole => {
    const value = values[placeholder.name] ?? "";
    text += template.slice(from, placeholder.span.start);
    const at = text.length;
    const marker = freeMarker(everything, index, /^[0-9]+$/.test(value));
    text += marker;
    from = placeholder.span.end;
    return { ...placeholder, marker, value, at };
  });
  return { text: text + template.slice(from), holes };
}

function freeMarker(taken: string, index: number, numeric: boolean): string {
  for (let salt = 1000; ; salt++) {
    const marker = numeric ? `7${salt}${String(index).padStart(4, "0")}7` : `qhole${salt}x${String(index).padStart(4, "0")}q`;
    if (!taken.includes(marker)) return marker;
  }
}

function positionProblem(plan: Plan, holes: readonly Hole[]): Filled | undefined {
  for (const command of commandsOf(plan)) {
    for (const hole of holes) {
      const names = [command.argv[0] ?? "", ...command.env.map(([name]) => name)];
      if (names.some((name) => name.includes(hole.marker)))
        return refuse("COMMAND_POSITION", "A value may not name a program or a variable.", hole.name);
      const begins = command.argv.some((arg) => arg.startsWith(hole.marker));
      if (begins && hole.value.startsWith("-")) return refuse("OPTION_VALUE", "A value that begins with - would be an option.", hole.name);
    }
  }
  return undefined;
}

function shapes(scanned: DetailedVerdict): string {
  return scanned.fingerprints.map((fingerprint) => fingerprint()).join();
}

/** A hole inside program text whose value is more than a plain word; SQL that keeps its fingerprint was compared already. */
function codeHole(holes: readonly Hole[], marked: DetailedVerdict): Hole | undefined {
  const shaped = marked.fingerprints.length > 0 && marked.fingerprints.length === marked.codeWords.length;
  if (shaped) return undefined;
  return holes.find(
    (hole) => !/^[A-Za-z0-9_]+$/.test(hole.value) && marked.codeWords.some((word) => word.start <= hole.at && hole.at < word.end),
  );
}

function fillText(text: string, holes: readonly Hole[]): string {
  return holes.reduce((filled, hole) => filled.replaceAll(hole.marker, () => hole.value), text);
}

function commandsOf(plan: Plan): readonly PlanCommand[] {
  return plan.lists.flatMap((list) => [list.first, ...list.rest.map(({ pipeline }) => pipeline)]).flatMap((pipeline) => pipeline.members);
}

function mapPlan(plan: Plan, fill: (text: string) => string): Plan {
  return { lists: plan.lists.map((list) => mapList(list, fill)) };
}

function mapList(list: PlanAndOr, fill: (text: string) => string): PlanAndOr {
  return {
    first: mapPipeline(list.first, fill),
    rest: list.rest.map(({ op, pipeline }) => ({ op, pipeline: mapPipeline(pipeline, fill) })),
  };
}

function mapPipeline(pipeline: PlanPipeline, fill: (text: string) => string): PlanPipeline {
  return {
    members: pipeline.members.map((command) => ({
      ...command,
      argv: command.argv.map(fill),
      env: command.env.map(([name, value]): [string, string] => [name, fill(value)]),
      stdin: command.stdin.kind === "text" ? { kind: "text", text: fill(command.stdin.text) } : command.stdin,
    })),
  };
}
