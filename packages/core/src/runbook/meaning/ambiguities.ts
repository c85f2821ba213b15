// Finds what a reader at night could not act on: vague instructions, references that lead nowhere, placeholders that nobody explains.
// Draft steps with their references and variables go in; questions to the author come out, in the order of the steps, at most one of a kind each.

import { plainText, firstUrl } from "../source/plain-text.ts";
import { joinText } from "../source/source-line.ts";
import type { DraftStep } from "../steps/draft-step.ts";
import type { Ambiguity, RunbookVariable } from "../types.ts";
import { type CrossReferences, vagueReference } from "./cross-references.ts";
import { VAGUE } from "./vague-words.ts";

/** What is known about a step beside its text. */
export interface ReadStep {
  readonly draft: DraftStep;
  readonly references: CrossReferences;
  /** Names of the variables that its commands use. */
  readonly used: readonly string[];
}

export function findAmbiguities(steps: readonly ReadStep[], variables: readonly RunbookVariable[]): readonly Ambiguity[] {
  const unclear = new Map(variables.filter(isUnexplained).map((variable) => [variable.name, variable] as const));
  return steps.flatMap((step, index) => [
    ...findVague(step, index + 1),
    ...findLost(step.references, index + 1, steps.length),
    ...findUnexplained(step, index + 1, unclear),
  ]);
}

/** A channel, an address, a number to call: somebody to reach is named. */
const NAMED = /(?:^|[\s(])[#@][\w-]{2,}|[\w.+-]+@[\w-]+\.\w+|\+?\d[\d ()-]{4,}\d|\bext(?:ension)?\.?\s*\d+|`[^`]+`|\brota\b/i;

/** What a step says further down explains and no longer orders. */
const MAX_TEXT_LENGTH = 1_000;

function findVague({ draft, references }: ReadStep, order: number): readonly Ambiguity[] {
  if (draft.commands.length > 0) return [];
  const markdown = joinText(draft.prose);
  if (firstUrl(markdown) !== null) return [];
  const vague = vaguePhrase(markdown.slice(0, MAX_TEXT_LENGTH)) ?? vaguePlace(markdown, references);
  return vague === null ? [] : [{ step_order: order, issue: `Unclear: "${vague.phrase}"`, suggestion: vague.question }];
}

interface Phrase {
  readonly phrase: string;
  readonly question: string;
}

function vaguePhrase(markdown: string): Phrase | null {
  const kinds = VAGUE.filter(({ about }) => about.test(markdown));
  if (kinds.length === 0) return null;
  const text = plainText(markdown);
  for (const { patterns, question, asksWho } of kinds) {
    const match = firstMatch(patterns, text);
    if (match !== null && !(asksWho && NAMED.test(text))) return { phrase: match[0].trim(), question };
  }
  return null;
}

/** What stands furthest left; of two at one place that of the earlier pattern. */
function firstMatch(patterns: readonly RegExp[], text: string): RegExpExecArray | null {
  let first: RegExpExecArray | null = null;
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null && (first === null || match.index < first.index)) first = match;
  }
  return first;
}

/** "See above", without a step or a link that says where. */
function vaguePlace(markdown: string, { orders }: CrossReferences): Phrase | null {
  const phrase = orders.length > 0 || /\]\(#/.test(markdown) ? null : vagueReference(markdown);
  return phrase === null ? null : { phrase, question: "Which step or section is meant?" };
}

function findLost({ unresolved }: CrossReferences, order: number, count: number): readonly Ambiguity[] {
  const [first] = unresolved;
  if (first === undefined) return [];
  const suggestion = count === 1 ? "Which step is meant? The runbook has only this one." : `Which step is meant? The runbook has ${count}.`;
  return [{ step_order: order, issue: `Unclear: "${first}"`, suggestion }];
}

/** The first step that uses it asks. */
function findUnexplained({ used }: ReadStep, order: number, unclear: Map<string, RunbookVariable>): readonly Ambiguity[] {
  const name = used.find((one) => unclear.has(one));
  const variable = unclear.get(name ?? "");
  for (const one of used) unclear.delete(one);
  if (variable === undefined) return [];
  return [
    {
      step_order: order,
      issue: `Unclear: "${variable.placeholder}"`,
      suggestion: `What is to be filled in for ${variable.placeholder}, and where is it found?`,
    },
  ];
}

/** Names that say nothing at all; `<pod>` and `<id>` say enough together with their command. */
const EMPTY_NAME =
  /^(?:x{1,}|y|z|foo|bar|baz|value|values|something|anything|whatever|whatevs|thing|placeholder|string|todo|fixme|change_?me|replace_?me|here|insert_here|rest_of_.*|(?:your|my)[-_](?:value|thing|string))$/i;

function isUnexplained({ name, source, description, choices, secret }: RunbookVariable): boolean {
  return EMPTY_NAME.test(name) && source === "manual" && description === undefined && choices === undefined && secret !== true;
}
