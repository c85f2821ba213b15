// Whether a rewritten text is exactly the runbook that a change means: every other step as it was, in the order that is meant, with what hangs on it.
// In: the parsed text before and after, and the change. Out: yes or no; in doubt no, and then there is no suggestion.
import { canonicalJson, type JsonValue } from "../canonical-json.ts";
import type { AnsweredCommand, AnsweredRunbook, AnsweredStep } from "../runbook/questions/question.ts";
import type { RunbookVariable } from "../runbook/types.ts";
import type { SuggestedChange, VersionStep } from "./suggestion.ts";

interface Row {
  readonly step: AnsweredStep;
  readonly command: AnsweredCommand | null;
  readonly isLast: boolean;
}

export const rowsOf = ({ steps }: AnsweredRunbook): readonly Row[] =>
  steps.flatMap((step): readonly Row[] =>
    step.commands.length === 0
      ? [{ step, command: null, isLast: true }]
      : step.commands.map((command, at) => ({ step, command, isLast: at === step.commands.length - 1 })),
  );

/** What is expected at one place of the new text. */
interface Wanted {
  /** The row that stood elsewhere before; null for a new one. */
  readonly old: Row | null;
  /** Its command now. */
  readonly text: string | null;
  /** It may stand under another heading. */
  readonly moved: boolean;
}

/** @param steps rows of the version, one per row of `before` and in their order */
export function isMeant(change: SuggestedChange, before: AnsweredRunbook, after: AnsweredRunbook, steps: readonly VersionStep[]): boolean {
  const rows = rowsOf(before);
  if (rows.length !== steps.length) return false;
  const wanted = wantedRows(change, rows, steps);
  const found = rowsOf(after);
  if (wanted === null || wanted.length !== found.length) return false;
  if (!wanted.every((each, at) => isAsWanted(each, found[at]))) return false;
  return keepsMeaning(before, after, ordersNow(wanted, found));
}

const asItWas = (old: Row): Wanted => ({ old, text: old.command?.text ?? null, moved: false });

function wantedRows(change: SuggestedChange, rows: readonly Row[], steps: readonly VersionStep[]): readonly Wanted[] | null {
  const at = (stepId: string): number => steps.findIndex((step) => step.stepId === stepId);
  const all = rows.map(asItWas);
  switch (change.kind) {
    case "remove":
      return all.filter((_, index) => !change.step_ids.includes(steps[index]?.stepId ?? ""));
    case "edit":
      return all.map((each, index) => (index === at(change.step_id) ? { ...each, text: change.to } : each));
    case "add":
      return all.toSpliced(change.after === null ? 0 : at(change.after) + 1, 0, { old: null, text: change.command, moved: false });
    case "reorder":
      return reordered(all, at(change.step_id), change.after === null ? -1 : at(change.after));
  }
}

function reordered(all: readonly Wanted[], from: number, after: number): readonly Wanted[] | null {
  const row = all[from];
  if (row === undefined || after === from) return null;
  const rest = all.toSpliced(from, 1);
  return rest.toSpliced(after < from ? after + 1 : after, 0, { ...row, moved: true });
}

function isAsWanted({ old, text, moved }: Wanted, found: Row | undefined): boolean {
  if (found === undefined || (found.command?.text ?? null) !== text) return false;
  if (old === null) return isPlainCommand(found);
  const [was, now] = [shapeOf(old, moved), shapeOf(found, moved)];
  return canonicalJson(withText(was, old.command?.text ?? "", text ?? "")) === canonicalJson(now);
}

/** A command for this machine's shell that hangs on nothing. */
function isPlainCommand({ step, command }: Row): boolean {
  if (command === null || command.rollback_command !== undefined) return false;
  const { context = "local", language = "shell", confidence = 1 } = command;
  const isFree = step.condition === undefined && step.alternative === undefined;
  return isFree && context === "local" && language === "shell" && confidence >= 0.5;
}

type Shape = Readonly<Record<string, JsonValue>>;

/** A description may quote its command. */
const withText = (shape: Shape, old: string, text: string): Shape =>
  old === "" ? shape : { ...shape, description: String(shape["description"]).replaceAll(old, text) };

/** What is not there is left out, so that both sides leave out the same. */
const plain = (value: object): Shape => JSON.parse(JSON.stringify(value)) as Shape;

function shapeOf({ step, command, isLast }: Row, moved: boolean): Shape {
  const { description, clarification, kind, url, condition, alternative, section, section_kind } = step;
  const { context, language, accepted } = command ?? ({} as Partial<AnsweredCommand>);
  return plain({
    ...{ description, clarification, kind, url, condition, alternative, context, language, accepted },
    ...(moved ? {} : { section, section_kind }),
    expected: isLast ? step.expected_output : null,
    rollback: wayBackOf(command) ?? (isLast ? step.rollback_command : null),
  });
}

const wayBackOf = (command: AnsweredCommand | null): string | null => command?.rollback_command ?? null;

/** Order of a document step before -> its order now. */
function ordersNow(wanted: readonly Wanted[], found: readonly Row[]): ReadonlyMap<number, number> {
  return new Map(wanted.flatMap(({ old }, at) => (old === null ? [] : [[old.step.order, found[at]?.step.order ?? 0] as const])));
}

/** What hangs on steps and names hangs on the same ones. */
function keepsMeaning(before: AnsweredRunbook, after: AnsweredRunbook, now: ReadonlyMap<number, number>): boolean {
  const kept = before.steps.filter(({ order }) => now.has(order));
  const sameSteps = kept.every((step) => {
    const twin = after.steps.find(({ order }) => order === now.get(step.order));
    return same(moved(step.refers_to, now), twin?.refers_to);
  });
  const stays = (orders: readonly (number | null | undefined)[]): boolean =>
    orders.every((order) => order == null || order === 0 || now.has(order));
  const branches = before.branches.filter(({ step_order }) => stays([step_order]));
  const wayBack = before.rollback.filter(({ step_order }) => stays([step_order]));
  return (
    sameSteps &&
    same(
      branches.map((each) => movedBranch(each, now)),
      after.branches.map(withoutLine),
    ) &&
    same(
      wayBack.map(({ text, step_order }) => [text, moved([step_order], now)]),
      after.rollback.map(({ text, step_order }) => [text, [step_order]]),
    ) &&
    same(before.prerequisites.map(withoutLine), after.prerequisites.map(withoutLine)) &&
    after.variables.every((variable) => isKnown(variable, before.variables, now)) &&
    after.title === before.title &&
    after.warnings.length <= before.warnings.length
  );
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

const moved = (orders: readonly (number | null)[] | undefined, now: ReadonlyMap<number, number>) =>
  orders?.map((order) => (order === null || order === 0 ? order : (now.get(order) ?? "gone")));

const withoutLine = <T extends { readonly line: number }>({ line: _line, ...rest }: T): Omit<T, "line"> => rest;

function movedBranch(branch: AnsweredRunbook["branches"][number], now: ReadonlyMap<number, number>) {
  const { step_order, after_step, true_path, false_path, ...rest } = withoutLine(branch);
  return {
    ...rest,
    step_order: moved([step_order], now)?.[0],
    ...(after_step === undefined ? {} : { after_step: moved([after_step], now)?.[0] }),
    ...(true_path === undefined ? {} : { true_path: moved(true_path, now) }),
    ...(false_path === undefined ? {} : { false_path: moved(false_path, now) }),
  };
}

/** No text of a change brings a new variable, or gives one another source. */
function isKnown(variable: RunbookVariable, before: readonly RunbookVariable[], now: ReadonlyMap<number, number>): boolean {
  const known = before.find(({ name }) => name === variable.name);
  if (known === undefined) return false;
  const from = known.from_step === undefined ? undefined : now.get(known.from_step);
  const facts = ({ source, field, secret, choices }: RunbookVariable): unknown => ({ source, field, secret, choices });
  return same(facts(known), facts(variable)) && from === variable.from_step;
}
