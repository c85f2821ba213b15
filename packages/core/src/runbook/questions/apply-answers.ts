// Puts the author's answers into a parsed runbook: clarifications on steps, accepted mentions as steps, sources of variables.
// A runbook and answers go in; the answered runbook, every question with its answer, and the answers that found no question come out.
// It never changes a command's bytes, takes no text from an answer into a command, and applying the same answers again changes nothing.

import { collectVariables } from "../meaning/variables.ts";
import type { RunbookBranch, RunbookVariable } from "../types.ts";
import { acceptMentions, type AcceptedSteps } from "./accept-mentions.ts";
import { isAskable, listQuestions } from "./list-questions.ts";
import type {
  AmbiguityQuestion,
  Answer,
  AnsweredMention,
  AnsweredRunbook,
  AnsweredStep,
  MentionQuestion,
  Question,
  VariableQuestion,
  VariableReading,
} from "./question.ts";

export interface AppliedAnswers {
  readonly runbook: AnsweredRunbook;
  /** Open and answered ones, by line; step orders are those of `runbook`. */
  readonly questions: readonly Question[];
  /** Answers to questions that this runbook does not ask. */
  readonly stale: readonly Answer[];
}

/** @param answers - of several with one key the last counts */
export function applyAnswers(parsed: AnsweredRunbook, answers: readonly Answer[]): AppliedAnswers {
  const find = answerFinder(answers);
  const asked = listQuestions(parsed);
  const ambiguities = asked.ambiguities.map((question) => ({ ...question, answer: question.answer ?? find(question)?.text ?? null }));
  const mentions = asked.mentions.map((question) => ({ ...question, answer: question.answer ?? find(question)?.accepted ?? null }));

  const settled = parsed.mentions.map((mention, index) => settle(mention, mentions[index]?.answer ?? null));
  const accepted = settled.filter((mention, index) => mention.accepted === true && parsed.mentions[index]?.accepted !== true);
  const placed = acceptMentions(parsed.steps, accepted);
  const { steps, variables: found } = withVariables(placed.steps, parsed.variables, accepted.length > 0);

  const variables = listQuestions({ ...parsed, variables: found }).variables.map((question) => ({
    ...question,
    answer: readingIn(find(question)),
  }));
  const runbook: AnsweredRunbook = {
    ...parsed,
    steps: steps.map((step) => clarify(step, ambiguities, placed.orderNow)),
    variables: found.map((variable, index) => moveOrigin(withReading(variable, variables[index]?.answer ?? null), placed)),
    branches: parsed.branches.map((branch) => moveBranch(branch, placed.orderNow)),
    rollback: parsed.rollback.map((one) => ({ ...one, step_order: moveOrder(one.step_order, placed) })),
    ambiguities: parsed.ambiguities.map((one, index) => {
      const clarification = ambiguities[index]?.answer ?? null;
      return { ...one, step_order: placed.orderNow(one.step_order), ...(clarification === null ? {} : { clarification }) };
    }),
    mentions: settled.map((mention) => ({ ...mention, step_order: placed.orderOf.get(mention) ?? moveOrder(mention.step_order, placed) })),
  };
  const questions: readonly Question[] = [
    ...ambiguities.map((question) => ({ ...question, step_order: placed.orderNow(question.step_order) })),
    ...mentions.map((question, index) => ({ ...question, step_order: runbook.mentions[index]?.step_order ?? null })),
    ...variables,
  ].filter(isAskable);
  return { runbook, questions: [...questions].sort((a, b) => a.line - b.line), stale: staleAmong(answers, questions) };
}

type AnswerTo<K extends Question> = Extract<Answer, { readonly kind: K["kind"] }>;
interface FindAnswer {
  (question: AmbiguityQuestion): AnswerTo<AmbiguityQuestion> | undefined;
  (question: MentionQuestion): AnswerTo<MentionQuestion> | undefined;
  (question: VariableQuestion): AnswerTo<VariableQuestion> | undefined;
}

function answerFinder(answers: readonly Answer[]): FindAnswer {
  const byKey = new Map(answers.map((answer) => [answer.key, answer]));
  const find = (question: Question): Answer | undefined => {
    const answer = byKey.get(question.key);
    return answer?.kind === question.kind && isAskable(question) ? answer : undefined;
  };
  return find as FindAnswer;
}

function staleAmong(answers: readonly Answer[], questions: readonly Question[]): readonly Answer[] {
  const kinds = new Map(questions.map(({ key, kind }) => [key, kind]));
  return answers.filter(({ key, kind }) => kinds.get(key) !== kind);
}

const settle = (mention: AnsweredMention, answer: boolean | null): AnsweredMention =>
  answer === null ? mention : { ...mention, accepted: answer };

function readingIn(answer: AnswerTo<VariableQuestion> | undefined): VariableReading | null {
  if (answer === undefined) return null;
  const { source, field, description } = answer;
  return { source, ...(field === undefined ? {} : { field }), ...(description === undefined ? {} : { description }) };
}

/** Choices and the mark of a secret stay: an answer cannot make a value less guarded. */
function withReading(variable: RunbookVariable, answer: VariableReading | null): RunbookVariable {
  if (answer === null) return variable;
  const { source, field: _field, from_step: fromStep, description: _description, ...rest } = variable;
  const alertField = answer.source === "alert" ? (answer.field ?? (source === "alert" ? variable.field : undefined)) : undefined;
  return {
    ...rest,
    source: answer.source,
    ...(alertField === undefined ? {} : { field: alertField }),
    ...(answer.source !== "runtime" || fromStep === undefined ? {} : { from_step: fromStep }),
    ...(answer.description === undefined ? {} : { description: answer.description }),
  };
}

/** Variables of accepted commands join those of the runbook; what the parser knew of the others stays. */
function withVariables(steps: readonly AnsweredStep[], known: readonly RunbookVariable[], changed: boolean) {
  if (!changed) return { steps, variables: known };
  const commands = steps.flatMap((step) => step.commands.map((command) => ({ step, command })));
  const collected = collectVariables(
    commands.map(({ command }) => ({ text: command.text, language: command.language ?? "shell", line: command.line })),
    "",
  );
  const usedBy = new Map<AnsweredStep, readonly string[]>();
  for (const [index, { step, command }] of commands.entries())
    if (command.accepted === true) usedBy.set(step, [...(usedBy.get(step) ?? []), ...(collected.used[index] ?? [])]);
  const wanted = new Set([...usedBy.values()].flat());
  const variables = known.map((variable) => withSpellings(variable, collected.variables, wanted));
  const names = new Set(known.map(({ name }) => name));
  return {
    steps: steps.map((step) => ({ ...step, variables_used: [...new Set([...step.variables_used, ...(usedBy.get(step) ?? [])])] })),
    variables: [...variables, ...collected.variables.filter(({ name }) => wanted.has(name) && !names.has(name))],
  };
}

function withSpellings(variable: RunbookVariable, collected: readonly RunbookVariable[], wanted: ReadonlySet<string>): RunbookVariable {
  const again = collected.find(({ name }) => name === variable.name);
  if (again === undefined || !wanted.has(variable.name)) return variable;
  const placeholders = [...new Set([...variable.placeholders, ...again.placeholders])];
  // What an accepted command shows to be a secret is one everywhere.
  return { ...variable, placeholders, ...(again.secret === true ? { secret: true } : {}) };
}

function clarify(step: AnsweredStep, ambiguities: readonly AmbiguityQuestion[], orderNow: (before: number) => number): AnsweredStep {
  const texts = ambiguities.filter(({ step_order }) => orderNow(step_order) === step.order).flatMap(({ answer }) => answer ?? []);
  return texts.length === 0 ? step : { ...step, clarification: texts.join("\n") };
}

const moveOrder = (order: number | null, { orderNow }: AcceptedSteps): number | null => (order === null ? null : orderNow(order));

function moveOrigin(variable: RunbookVariable, { orderNow }: AcceptedSteps): RunbookVariable {
  return variable.from_step === undefined ? variable : { ...variable, from_step: orderNow(variable.from_step) };
}

function moveBranch(branch: RunbookBranch, orderNow: (before: number) => number): RunbookBranch {
  const { step_order, after_step, true_path, false_path } = branch;
  return {
    ...branch,
    step_order: step_order === null ? null : orderNow(step_order),
    ...(after_step === undefined ? {} : { after_step: orderNow(after_step) }),
    ...(true_path === undefined ? {} : { true_path: true_path.map(orderNow) }),
    ...(false_path === undefined ? {} : { false_path: false_path.map(orderNow) }),
  };
}
