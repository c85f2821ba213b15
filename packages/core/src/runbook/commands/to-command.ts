// Turns a found statement into the wire shape: repaired text, the text as written where it differs, and what the reader is warned of.

import type { CommandContext, RunbookCommand, RunbookWarning } from "../types.ts";
import { type Repaired, repairText } from "./repair-text.ts";
import type { FoundStatement } from "./statement.ts";

/** A backslash at a line's end with no blank before it and none on the next line: a shell reads one word there, the command has a blank. */
const CUT_WORD = /[^\s\\;|&]\\\n(?=[^\s|&;])/;

interface Doubt {
  readonly code: RunbookWarning["code"];
  readonly message: string;
  readonly holds: (repaired: Repaired, statement: FoundStatement) => boolean;
}

const DOUBTS: readonly Doubt[] = [
  {
    code: "PUNCTUATION_REPAIRED",
    message: "Typographic quotes, dashes or blanks in this command were repaired.",
    holds: ({ punctuation }) => punctuation,
  },
  { code: "ENTITIES_DECODED", message: "HTML entities in this command were decoded.", holds: ({ entities }) => entities },
  { code: "INVISIBLE_CHARACTERS", message: "Invisible characters in this command were removed.", holds: ({ invisible }) => invisible },
  {
    code: "WORD_CUT",
    message: "A line of this command ends inside a word, and a shell would join it without a blank.",
    holds: (_, { literal, verbatim }) => !literal && CUT_WORD.test(verbatim),
  },
  {
    code: "LOW_CONFIDENCE",
    message: "This may be a mention and not a command to run.",
    holds: (_, { confidence }) => confidence < 0.5,
  },
];

/** @param warnings - takes what the reader is to be told of this command */
export function toCommand(statement: FoundStatement, context: CommandContext, warnings: RunbookWarning[]): RunbookCommand {
  const repaired = repairText(withDashes(statement), statement.literal);
  // Blanks in front of an invisible character are at the end once it is gone.
  const text = repaired.text.trim();
  const { line, endLine, confidence, language, verbatim } = statement;
  for (const { code, message, holds } of DOUBTS) if (holds(repaired, statement)) warnings.push({ code, message, line });
  return {
    text,
    ...(text === verbatim ? {} : { verbatim }),
    line,
    ...(endLine === line ? {} : { end_line: endLine }),
    ...(confidence >= 1 ? {} : { confidence }),
    ...(context === "local" ? {} : { context }),
    ...(language === "shell" ? {} : { language }),
  };
}

/** PowerShell has no long options: any dash that a word processor drew is one hyphen. */
function withDashes({ text, language }: FoundStatement): string {
  return language === "powershell" ? text.replace(/(^|[\s(|])[–—]+(?=[A-Za-z])/g, "$1-") : text;
}
