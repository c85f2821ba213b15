// A model's answer and the source go in; what may be shown of it comes out. Total: any answer of the right shape is taken, bounded and cleaned.
// It adds no step, changes no command and orders nothing: a command is either found in the source, in the source's bytes, or marked ungrounded.

import { readerText } from "../source/reader-text.ts";
import type { ParsedRunbook } from "../types.ts";
import { compactText, groundCommand, indexSource, type SourceIndex } from "./ground-command.ts";
import type {
  ModelAnswer,
  ModelFindings,
  ModelPrerequisite,
  ModelQuestion,
  Proposal,
  UngroundedProposal,
  VariableNote,
} from "./model-findings.ts";
import { shownText, visibleText } from "./shown-text.ts";

const MAX_PROPOSALS = 50;
const MAX_QUESTIONS = 20;
const MAX_PREREQUISITES = 20;
const MAX_SENTENCE = 300;
const MAX_COMMAND = 2_000;

/**
 * @param rawText - the text that `parsed` was parsed from
 * @param answer - of the right shape; its content is not trusted
 */
export function groundFindings(rawText: string, parsed: ParsedRunbook, answer: ModelAnswer): ModelFindings {
  return {
    proposals: groundProposals(rawText, parsed, answer.proposals),
    questions: askable(parsed, answer.questions),
    prerequisites: unlisted(parsed, answer.prerequisites),
    variables: described(parsed, answer.variables),
  };
}

function groundProposals(rawText: string, parsed: ParsedRunbook, proposals: ModelAnswer["proposals"]): readonly Proposal[] {
  if (proposals.length === 0) return [];
  const index = indexSource(readerText(rawText, parsed.source_type).lines);
  const refused = refusedLines(index, parsed);
  const known = new Set([
    ...parsed.steps.flatMap((step) => step.commands.map(({ text }) => compactText(text))),
    ...parsed.rollback.map(({ text }) => compactText(text)),
  ]);
  return proposals
    .slice(0, MAX_PROPOSALS)
    .flatMap((proposal) => proposalOf(index, proposal, refused))
    .filter(({ command }) => {
      const key = compactText(command);
      return key !== "" && !known.has(key) && known.add(key);
    });
}

/** Lines of commands that the text advises against; of a block that it refuses all of them. */
function refusedLines({ lines }: SourceIndex, { warnings }: ParsedRunbook): ReadonlySet<number> {
  const advised = new Set(warnings.flatMap(({ code, line }) => (code === "ADVISED_AGAINST" && line !== undefined ? [line] : [])));
  const refused = new Set(advised);
  let inside = false;
  for (const { line, code } of advised.size === 0 ? [] : lines) {
    inside = code && (inside || advised.has(line));
    if (inside) refused.add(line);
  }
  return refused;
}

function proposalOf(
  index: SourceIndex,
  { command, line, description }: ModelAnswer["proposals"][number],
  refused: ReadonlySet<number>,
): readonly Proposal[] {
  const words = shownText(description, MAX_SENTENCE);
  const place = groundCommand(index, command, line, refused);
  if (place !== null) {
    return [{ grounded: true, origin: "model", command: place.command, line: place.line, end_line: place.endLine, description: words }];
  }
  const text = visibleText(command.slice(0, MAX_COMMAND)).trim();
  const ungrounded: UngroundedProposal = { grounded: false, origin: "model", command: text, description: words };
  return text === "" ? [] : [ungrounded];
}

function askable({ steps, ambiguities }: ParsedRunbook, questions: ModelAnswer["questions"]): readonly ModelQuestion[] {
  const asked = new Set(ambiguities.map(({ step_order, issue }) => `${step_order} ${issue}`));
  return questions
    .slice(0, MAX_QUESTIONS)
    .map(
      ({ step_order, question, suggestion }): ModelQuestion => ({
        origin: "model",
        step_order: steps.some(({ order }) => order === step_order) ? step_order : null,
        issue: shownText(question, MAX_SENTENCE),
        suggestion: suggestion === null ? null : shownText(suggestion, MAX_SENTENCE),
      }),
    )
    .filter(({ step_order, issue }) => issue !== "" && !asked.has(`${step_order} ${issue}`) && asked.add(`${step_order} ${issue}`));
}

function unlisted(parsed: ParsedRunbook, prerequisites: ModelAnswer["prerequisites"]): readonly ModelPrerequisite[] {
  const listed = new Set(parsed.prerequisites.map(({ description }) => description));
  return prerequisites
    .slice(0, MAX_PREREQUISITES)
    .map(({ type, description }): ModelPrerequisite => ({ origin: "model", type, description: shownText(description, MAX_SENTENCE) }))
    .filter(({ description }) => description !== "" && !listed.has(description) && listed.add(description));
}

/** For variables that exist and that the runbook itself does not describe. */
function described({ variables }: ParsedRunbook, notes: ModelAnswer["variables"]): readonly VariableNote[] {
  return variables
    .filter(({ description }) => description === undefined)
    .flatMap(({ name }) => {
      const note = notes.find((one) => one.name === name);
      const description = shownText(note?.description ?? "", MAX_SENTENCE);
      return description === "" ? [] : [{ origin: "model" as const, name, description }];
    });
}
