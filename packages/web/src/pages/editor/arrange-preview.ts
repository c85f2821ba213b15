// A preview goes in, the list that is shown comes out: steps with what they ask, and between them, at their place in the source, the
// commands that no step mentions. Pure; each item says what it is, for the key that keeps it on the screen (steps/carry-keys.ts).
import type { WireAnswer, WireParsedStep, WirePreview, WireQuestion } from "@dd0c/protocol/http";
import type { KeyedCommand } from "./model/with-review.ts";

export type AmbiguityQuestion = Extract<WireQuestion, { kind: "ambiguity" }>;
export type MentionQuestion = Extract<WireQuestion, { kind: "mention" }>;
export type VariableQuestion = Extract<WireQuestion, { kind: "variable" }>;

/** Asked beside a step; variables have a place of their own. */
export type StepQuestion = AmbiguityQuestion | MentionQuestion;

export interface StepItem {
  readonly kind: "step";
  readonly step: WireParsedStep;
  readonly commands: readonly KeyedCommand[];
  readonly questions: readonly StepQuestion[];
  readonly content: string;
}

export interface MentionItem {
  readonly kind: "mention";
  readonly question: MentionQuestion;
  readonly content: string;
}

export type PreviewItem = StepItem | MentionItem;

const isAccepted = ({ accepted }: WireParsedStep["commands"][number]): boolean => accepted === true;

/** An accepted mention that became a step of its own stays the item that asked. */
const contentOf = (step: WireParsedStep): string => {
  const [first] = step.commands;
  if (first !== undefined && step.commands.every(isAccepted) && step.description === first.text) return `mention:${first.text}`;
  const own = step.commands.filter((command) => !isAccepted(command));
  return `step:${[step.description, ...own.map(({ text }) => text)].join("\n")}`;
};

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => number): ReadonlyMap<number, readonly T[]> => {
  const groups = new Map<number, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

const LOOSE = 0;

export const arrangePreview = ({ parsed, questions }: WirePreview, commands: readonly KeyedCommand[]): readonly PreviewItem[] => {
  const besideSteps = questions.filter((question): question is StepQuestion => question.kind !== "variable");
  const questionsOf = groupBy(besideSteps, ({ step_order }) => step_order ?? LOOSE);
  const commandsOf = groupBy(commands, ({ step_order }) => step_order);
  const items: PreviewItem[] = parsed.steps.map((step) => ({
    kind: "step",
    step,
    commands: commandsOf.get(step.order) ?? [],
    questions: questionsOf.get(step.order) ?? [],
    content: contentOf(step),
  }));
  for (const question of questionsOf.get(LOOSE) ?? []) {
    if (question.kind !== "mention") continue;
    const behind = items.findIndex((item) => lineOf(item) > question.line);
    items.splice(behind === -1 ? items.length : behind, 0, { kind: "mention", question, content: `mention:${question.text}` });
  }
  return items;
};

const lineOf = (item: PreviewItem): number => (item.kind === "step" ? item.step.source_lines[0] : item.question.line);

export const variableQuestions = ({ questions }: WirePreview): readonly VariableQuestion[] =>
  questions.filter((question): question is VariableQuestion => question.kind === "variable");

const isNeeded = (question: WireQuestion): boolean => question.kind !== "variable" || !question.optional;

/** Questions that wait for their author. What was answered since the preview was made counts as answered. */
export const openQuestions = ({ questions }: WirePreview, answerOf: (key: string) => WireAnswer | undefined): readonly WireQuestion[] =>
  questions.filter((question) => isNeeded(question) && answerOf(question.key) === undefined);

export const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at]);

/** Made of the very same parts: then it looks the same. */
export const sameItem = (a: PreviewItem, b: PreviewItem): boolean => {
  if (a.kind === "mention") return b.kind === "mention" && a.question === b.question;
  return b.kind === "step" && a.step === b.step && sameList(a.commands, b.commands) && sameList(a.questions, b.questions);
};
