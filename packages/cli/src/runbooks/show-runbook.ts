// A runbook for a person at a terminal: steps under their sections, each command with its risk, why, what should be seen, how to undo it.
// An assessed runbook goes in, one text comes out. Every word of the file passes `visible` or `visibleLine`: none may steer the terminal.
import type { ClassifiedCommand, RunbookBranch, RunbookCommand, RunbookStep } from "@dd0c/core";
import type { Risk } from "@dd0c/scanner";
import { type Paint, visible, visibleLine } from "@dd0c/executor/paint";
import type { AssessedRunbook } from "./assess-runbook.ts";
import { shortReason } from "./short-reason.ts";

const RISKS: readonly Risk[] = ["safe", "caution", "unknown", "dangerous"];
/** Behind the longest word of a risk with its shape. */
const BADGE_WIDTH = "■ dangerous".length;

/** @param name - the file's name, shown beside the title */
export const showRunbook = (assessed: AssessedRunbook, name: string, paint: Paint): string => {
  const { runbook, commands } = assessed;
  const lines = [
    `${paint.strong(visibleLine(runbook.title))}   ${paint.faint(visibleLine(name))}`,
    summary(assessed, paint),
    ...listed(
      "Before you start",
      runbook.prerequisites.map(({ description, line }) => [line, visibleLine(description)] as const),
      paint,
    ),
    ...listed(
      "Fill in",
      runbook.variables.map((variable) => [variable.line, describeVariable(variable)] as const),
      paint,
    ),
  ];
  for (const [index, step] of runbook.steps.entries()) {
    if (step.section !== null && step.section !== runbook.steps[index - 1]?.section)
      lines.push("", paint.strong(visibleLine(step.section)));
    lines.push("", ...showStep(step, commands[index] ?? [], paint));
  }
  lines.push(...showRollback(assessed, paint), ...showNotes(assessed, paint));
  return `${lines.join("\n")}\n`;
};

const plural = (count: number, word: string): string => `${String(count)} ${word}${count === 1 ? "" : "s"}`;

const summary = ({ runbook, commands }: AssessedRunbook, paint: Paint): string => {
  const all = commands.flat();
  const counts = RISKS.map((risk) => ({ risk, count: all.filter(({ classification }) => classification.risk === risk).length }));
  const shown = counts.filter(({ count }) => count > 0).map(({ risk, count }) => `${String(count)} ${paint.risk(risk)}`);
  return [plural(runbook.steps.length, "step"), plural(all.length, "command"), ...shown].join("  ");
};

type Entry = readonly [line: number | null, text: string];

/** A heading with lines of the file and what stands there; nothing where there is nothing. */
const listed = (title: string, entries: readonly Entry[], paint: Paint): string[] =>
  entries.length === 0 ? [] : ["", paint.strong(title), ...entries.map(([line, text]) => `${lineNumber(line, paint)} ${text}`)];

const lineNumber = (line: number | null, paint: Paint): string =>
  paint.faint(line === null ? " ".repeat(6) : `${String(line).padStart(5)}:`);

const describeVariable = ({
  placeholder,
  source,
  field,
  description,
  choices,
  secret,
}: AssessedRunbook["runbook"]["variables"][number]): string => {
  const from = { alert: `from the alert (${field ?? ""})`, runtime: "from an earlier output", manual: "by hand" }[source];
  const more = [choices === undefined ? "" : `one of ${choices.join(", ")}`, secret === true ? "secret" : "", description ?? ""];
  return visibleLine([placeholder, from, ...more].filter((part) => part !== "").join("  "));
};

const showStep = (step: RunbookStep, assessed: readonly ClassifiedCommand[], paint: Paint): string[] => {
  const [first = "", ...details] = step.description.split("\n");
  const lines = [
    `${String(step.order).padStart(3)}  ${visibleLine(first)}`,
    ...details.map((detail) => `     ${visibleLine(detail)}`),
    ...labelled("only if", step.condition === step.section ? undefined : step.condition, paint),
    ...labelled("either", step.alternative?.label, paint),
    ...labelled("link", step.url, paint),
  ];
  for (const [index, command] of step.commands.entries()) lines.push(...showCommand(command, assessed[index], paint));
  return [...lines, ...labelled("expect", step.expected_output ?? undefined, paint), ...showUndo(step, assessed, paint)];
};

/** A word in the margin and a text, its further lines below it. */
const labelled = (label: string, text: string | undefined, paint: Paint): string[] =>
  text === undefined ? [] : text.split("\n").map((line, at) => `     ${paint.faint((at === 0 ? label : "").padEnd(9))} ${visible(line)}`);

const showCommand = (command: RunbookCommand, assessed: ClassifiedCommand | undefined, paint: Paint): string[] => {
  const lead = `${lineNumber(command.line, paint)} `;
  const margin = " ".repeat(7 + BADGE_WIDTH + 2);
  const text = visible(command.text).replaceAll("\n", `\n${margin}`);
  if (assessed === undefined) return [`${lead}${text}`];
  const place = [command.context === undefined ? "" : `in a ${command.context} session`, command.language ?? ""].filter(
    (part) => part !== "",
  );
  const reason = shortReason(command, assessed);
  return [
    `${lead}${badge(assessed.classification.risk, paint)}  ${text}${place.length === 0 ? "" : paint.faint(`   (${place.join(", ")})`)}`,
    ...(reason === null ? [] : [`${margin}${paint.faint(visibleLine(reason))}`]),
  ];
};

const badge = (risk: Risk, paint: Paint): string => paint.risk(risk) + " ".repeat(BADGE_WIDTH - `■ ${risk}`.length);

/** What the runbook says undoes the step; where it changes something and says nothing, that too. */
const showUndo = ({ rollback_command, section_kind }: RunbookStep, assessed: readonly ClassifiedCommand[], paint: Paint): string[] => {
  if (rollback_command !== null) return labelled("undo", rollback_command, paint);
  const isDangerous = assessed.some(({ classification }) => classification.risk === "dangerous");
  return isDangerous && section_kind !== "rollback" ? [`     ${paint.faint("undo".padEnd(9))} ${paint.warning("not said")}`] : [];
};

const showRollback = ({ runbook, rollback }: AssessedRunbook, paint: Paint): string[] => {
  const lines = runbook.rollback.flatMap(({ text, line, step_order }, index) => {
    const undoes = step_order === null ? "" : paint.faint(`   (step ${String(step_order)})`);
    const shown = showCommand({ text, line }, rollback[index], paint);
    return shown.map((each, at) => (at === 0 ? each + undoes : each));
  });
  return lines.length === 0 ? [] : ["", paint.strong("Rollback"), ...lines];
};

const showBranch = ({ kind, condition, step_order }: RunbookBranch): string =>
  visibleLine(`${kind === "else" ? "otherwise" : "if"}  ${condition}${step_order === null ? "" : `  -> step ${String(step_order)}`}`);

const showNotes = ({ runbook }: AssessedRunbook, paint: Paint): string[] => {
  const { branches, ambiguities, mentions, warnings, steps } = runbook;
  const startOf = (order: number): number | null => steps[order - 1]?.source_lines[0] ?? null;
  return [
    ...listed(
      "Decisions",
      branches.map((branch) => [branch.line, showBranch(branch)] as const),
      paint,
    ),
    ...listed(
      "Questions to the author",
      ambiguities.map(
        ({ step_order, issue, suggestion }) =>
          [startOf(step_order), visibleLine(`step ${String(step_order)}: ${issue}. ${suggestion ?? ""}`).trimEnd()] as const,
      ),
      paint,
    ),
    ...listed(
      "Mentioned, not a step",
      mentions.map(({ line, text, reason }) => [line, `${visibleLine(text)}   ${paint.faint(visibleLine(reason))}`] as const),
      paint,
    ),
    ...listed(
      "Warnings",
      warnings.map(({ line, message }) => [line ?? null, paint.warning(visibleLine(message))] as const),
      paint,
    ),
  ];
};
