// Reads an assessed runbook for what its author should look at again.
// The runbook and its source text go in, findings in the order of the file come out. It judges nothing that the parser, the scanner and
// the advisor have not found already.
import type { ClassifiedCommand, RunbookCommand, RunbookStep, WarningCode } from "@dd0c/core";
import type { AssessedRunbook } from "../assess-runbook.ts";
import { shortReason } from "../short-reason.ts";
import { type LintCode, lintRules, type Severity } from "./lint-rules.ts";

export interface Finding {
  readonly code: LintCode;
  readonly severity: Severity;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly message: string;
}

/** A finding before its column is looked up: `text` is what to point at on the line. */
interface Found {
  readonly code: LintCode;
  readonly line: number;
  readonly text?: string;
  readonly message: string;
}

export const lintRunbook = (assessed: AssessedRunbook, source: string): readonly Finding[] => {
  const { runbook } = assessed;
  const found = [
    ...runbook.warnings.map(({ code, line, message }): Found => ({ code: codeOf(code), line: line ?? 1, message })),
    ...eachCommand(assessed).flatMap(aboutCommand),
    ...unexplained(assessed),
    ...runbook.ambiguities.map(
      ({ step_order, issue, suggestion }): Found => ({
        code: "UNCLEAR_STEP",
        line: runbook.steps[step_order - 1]?.source_lines[0] ?? 1,
        message: `Step ${String(step_order)}. ${issue}. ${suggestion ?? ""}`.trimEnd(),
      }),
    ),
    ...runbook.mentions.map(
      ({ line, text, reason }): Found => ({ code: "MENTIONED_COMMAND", line, text, message: `${quoted(text)}: ${reason}` }),
    ),
  ];
  return place(found, source);
};

/** A file without anything to do. */
export const nothingToDo = (message: string): readonly Finding[] => place([{ code: "NOTHING_TO_DO", line: 1, message }], "");

/** The parser's warnings are rules of the same name. */
const codeOf = (code: WarningCode): LintCode => code;

const quoted = (text: string): string => {
  const [line = ""] = text.split("\n", 1);
  return `"${line.length > 80 ? `${line.slice(0, 79)}…` : line}${text.includes("\n") ? " …" : ""}"`;
};

interface Judged {
  readonly step: RunbookStep;
  readonly command: RunbookCommand;
  readonly classified: ClassifiedCommand;
}

const eachCommand = ({ runbook, commands }: AssessedRunbook): readonly Judged[] =>
  runbook.steps.flatMap((step, index) =>
    step.commands.flatMap((command, at) => {
      const classified = commands[index]?.[at];
      return classified === undefined ? [] : [{ step, command, classified }];
    }),
  );

const aboutCommand = ({ step, command, classified }: Judged): readonly Found[] => {
  if (!isShell(command)) return [];
  const { risk } = classified.classification;
  const at = { line: command.line, text: command.verbatim ?? command.text };
  const why = shortReason(command, classified) ?? "";
  if (risk === "dangerous" && !isUndone(step, command))
    return [
      { code: "DANGEROUS_WITHOUT_ROLLBACK", ...at, message: `${quoted(command.text)} has no rollback. ${why}${undoneBy(classified)}` },
    ];
  if (risk === "unknown") return [{ code: "UNKNOWN_COMMAND", ...at, message: `${quoted(command.text)}: ${why}` }];
  return [];
};

/** The scanner reads shell; what is typed at the prompt of another program it cannot know. */
const isShell = ({ language, context }: RunbookCommand): boolean => language === undefined && context !== "repl";

const isUndone = (step: RunbookStep, command: RunbookCommand): boolean =>
  command.rollback_command !== undefined || step.rollback_command !== null || step.section_kind === "rollback";

const undoneBy = ({ verdict: { inverse } }: ClassifiedCommand): string =>
  inverse === undefined ? "" : ` Undo: ${inverse.command}${inverse.kind === "capture" ? ` (after ${inverse.capture})` : ""}`;

const unexplained = ({ runbook }: AssessedRunbook): readonly Found[] =>
  runbook.variables
    .filter(({ source, description, choices }) => source === "manual" && description === undefined && choices === undefined)
    .map(({ placeholder, line }) => ({
      code: "UNEXPLAINED_PLACEHOLDER",
      line,
      text: placeholder,
      message: `Nothing says what stands for ${placeholder}.`,
    }));

const place = (found: readonly Found[], source: string): readonly Finding[] => {
  const lines = source.split(/\r?\n/);
  return found
    .map(({ code, line, text, message }): Finding => {
      const { severity } = lintRules[code];
      return { code, severity, line, column: columnOf(lines[line - 1] ?? "", text), message: message.trim() };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : 1));
};

/** Where the text stands on the line; else where the line's own text begins. */
const columnOf = (line: string, text: string | undefined): number => {
  const [first = ""] = (text ?? "").split("\n", 1);
  const at = first === "" ? -1 : line.indexOf(first);
  return 1 + (at >= 0 ? at : Math.max(0, line.search(/\S/)));
};
