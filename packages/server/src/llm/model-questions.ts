// A command with its context, or a runbook, goes in; the question for the model comes out: prompt, fenced data with secrets masked, hashes.
// Everything that leaves the server is made here. What a reader of the page does not see is not in it.
import { type ParsedRunbook, readerText, type StepContext } from "@dd0c/core";
import { maskText } from "@dd0c/scanner";
import { textHash } from "../app/context.ts";
import { opinionAnswer, type OpinionAnswer, reviewAnswer, type ReviewAnswer } from "./answer-shapes.ts";
import type { Question } from "./ask-once.ts";
import { fencedData } from "./fenced-data.ts";
import { type Prompt, promptOf } from "./prompts.ts";

export interface ModelQuestion<T> {
  readonly prompt: Prompt;
  readonly question: Question<T>;
  /** SHA-256 of the data that is sent. */
  readonly contentHash: string;
  readonly maskedSecrets: number;
  readonly tooLong: boolean;
}

const maxCommandLength = 32 * 1024;
const maxRunbookLength = 200 * 1024;
const opinionTokens = 600;
const reviewTokens = 3_000;

/** Masks text by text, so that no quoting hides a secret's shape. */
class Masker {
  masked = 0;
  readonly text = (text: string): string => {
    const result = maskText(text);
    this.masked += result.masked;
    return result.text;
  };
}

const neverSent = (prompt: Prompt, user: string, maskedSecrets: number) => ({ prompt, contentHash: textHash(user), maskedSecrets });

export function opinionQuestion(context: StepContext): ModelQuestion<OpinionAnswer> {
  const mask = new Masker();
  const tooLong = JSON.stringify(context).length > maxCommandLength;
  const seen = tooLong ? { ...context, command: "", description: "", section: null, neighbours: [], placeholders: [] } : context;
  const data = {
    command: mask.text(seen.command),
    description: mask.text(seen.description),
    section: seen.section === null ? null : mask.text(seen.section),
    neighbours: seen.neighbours.map(mask.text),
    placeholders: (seen.placeholders ?? []).filter((placeholder) => seen.command.includes(placeholder)).map(mask.text),
  };
  const user = fencedData("command", JSON.stringify(data, null, 1));
  const prompt = promptOf("classify");
  const question = { system: prompt.text, user, shape: opinionAnswer, shapeName: "opinion", maxOutputTokens: opinionTokens };
  // Of two contexts that are too long the texts count, or both would be one.
  return { ...neverSent(prompt, tooLong ? JSON.stringify(context) : user, mask.masked), question, tooLong };
}

/** The parser's result, as short as it may be. */
const foundIn = (parsed: ParsedRunbook, mask: Masker): string =>
  JSON.stringify(
    {
      steps: parsed.steps.map(({ order, source_lines, commands, description }) => ({
        order,
        lines: source_lines,
        ...(commands.length === 0 ? { description: mask.text(description) } : { commands: commands.map(({ text }) => mask.text(text)) }),
      })),
      variables: parsed.variables.map(({ name }) => mask.text(name)),
    },
    null,
    1,
  );

export function reviewQuestion(rawText: string, parsed: ParsedRunbook): ModelQuestion<ReviewAnswer> {
  const mask = new Masker();
  const tooLong = rawText.length > maxRunbookLength;
  // Numbered before it is masked: a key over several lines goes, and the lines behind it keep their numbers.
  const numbered = tooLong
    ? ""
    : readerText(rawText, parsed.source_type)
        .lines.map(({ text, line }) => `${line}| ${text}`)
        .join("\n");
  const user = tooLong ? "" : `${fencedData("runbook", mask.text(numbered))}\n\n${fencedData("found", foundIn(parsed, mask))}`;
  const prompt = promptOf("review");
  const question = { system: prompt.text, user, shape: reviewAnswer, shapeName: "review", maxOutputTokens: reviewTokens };
  return { ...neverSent(prompt, tooLong ? rawText : user, mask.masked), question, tooLong };
}
