// Turns the draft steps of the walk into the wire shape: repaired commands, variables, outputs, branches, rollback, questions, warnings.
// A walk goes in, a ParsedRunbook comes out. The last stage of parsing; it reorders nothing.

import type { Mention } from "./commands/find-commands.ts";
import { toCommand } from "./commands/to-command.ts";
import { findAmbiguities } from "./meaning/ambiguities.ts";
import { findBranches } from "./meaning/branches.ts";
import { followSteps } from "./meaning/context-switch.ts";
import { crossReferences } from "./meaning/cross-references.ts";
import { expectedOutput } from "./meaning/expected-output.ts";
import { findPrerequisites } from "./meaning/prerequisites.ts";
import { findPutBack, tieRollback, undoesItself } from "./meaning/rollback.ts";
import { numberSteps } from "./meaning/step-numbers.ts";
import { traceOrigins } from "./meaning/variable-origins.ts";
import { collectVariables } from "./meaning/variables.ts";
import { findVerified } from "./meaning/verification.ts";
import { findCodeSpans, maskCodeSpans } from "./source/inline-code.ts";
import { firstUrl } from "./source/plain-text.ts";
import { joinText, type SourceLine } from "./source/source-line.ts";
import type { DraftStep } from "./steps/draft-step.ts";
import { isMostlyLink } from "./steps/list-steps.ts";
import type { Walk } from "./steps/walk.ts";
import type { CommandMention, ParsedRunbook, RollbackCommand, RunbookCommand, RunbookStep, RunbookWarning, SourceType } from "./types.ts";

export interface Assembly {
  readonly walk: Walk;
  readonly title: string | null;
  readonly sourceType: SourceType;
  readonly parserVersion: string;
  readonly warnings: readonly RunbookWarning[];
  /** The cleaned text, for sentences that explain a placeholder. */
  readonly lines: readonly SourceLine[];
}

export function assemble(input: Assembly): ParsedRunbook {
  const { walk } = input;
  const warnings: RunbookWarning[] = [...input.warnings, ...walk.warnings];
  const commands = repairAll(walk.steps, warnings);
  const rollbackTexts = walk.rollback.map((statement) => toCommand(statement, "local", warnings));
  const ties = tie(input, commands, rollbackTexts);
  const prose = joinText(input.lines);
  const uses = [...commands.flat(), ...rollbackTexts].map((command) => ({
    text: command.text,
    language: command.language ?? "shell",
    line: command.line,
  }));
  const { variables: found, used } = collectVariables(uses, prose);
  const usedBySteps = groupLike(commands, used);
  const numbers = numberSteps(input.lines, walk.steps);
  const variables = traceOrigins(
    found,
    usedBySteps.map((names, index) => ({ step: index + 1, names })),
    {
      numbers,
      textOf: (order) => joinText(walk.steps[order - 1]?.prose ?? []),
      runsBefore: (order) => walk.steps.slice(0, order - 1).findLastIndex((step) => step.commands.length > 0) + 1 || null,
    },
  );
  const references = walk.steps.map((draft, index) => crossReferences(readableText(draft.prose), index + 1, numbers));
  const verified = findVerified(walk.steps);
  const steps = walk.steps.map((draft, index) =>
    makeStep(draft, {
      index,
      refersTo: references[index]?.orders ?? [],
      verifies: verified[index] ?? null,
      commands: commands[index] ?? [],
      used: usedBySteps[index] ?? [],
      undoes: ties.undoes,
    }),
  );
  return {
    title: titleOf(input.title, steps),
    source_type: input.sourceType,
    parser_version: input.parserVersion,
    steps,
    variables,
    prerequisites: findPrerequisites(walk.loose, walk.steps),
    branches: findBranches(walk.steps, walk.loose, numbers),
    ambiguities: findAmbiguities(
      walk.steps.map((draft, index) => ({
        draft,
        references: references[index] ?? { orders: [], unresolved: [] },
        used: usedBySteps[index] ?? [],
      })),
      variables,
    ),
    rollback: [...ties.rollback, ...rollbackSteps(steps)],
    mentions: listMentions(walk.mentions, steps),
    warnings: warnings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

/** The commands of every step with the context they run in. */
/** Nothing in it is ever repaired. */
const PLAIN = /^[\n\t\x20-\x25\x27-\x7E]*$/;

function repairAll(steps: readonly DraftStep[], warnings: RunbookWarning[]): RunbookCommand[][] {
  const followed = followSteps(
    steps.map(({ prose, commands, section }) => ({
      text: joinText(prose.slice(0, 3)),
      // As it will run: a dash that a word processor drew hides an option.
      commands: commands.map((statement) => (PLAIN.test(statement.text) ? statement.text : toCommand(statement, "local", []).text)),
      section: section.title,
    })),
  );
  return steps.map((step, index) =>
    step.commands.map((statement, position) => {
      const context = statement.context === "local" ? (followed[index]?.[position] ?? "local") : statement.context;
      return toCommand(statement, context, warnings);
    }),
  );
}

/** Each text once, and not where a step runs it anyway. */
function listMentions(found: readonly Mention[], steps: readonly RunbookStep[]): readonly CommandMention[] {
  const seen = new Set(steps.flatMap((step) => step.commands.map((command) => command.text)));
  return [...found]
    .sort((a, b) => a.command.line - b.command.line)
    .map(({ command, reason }): CommandMention => {
      const { text, verbatim, line, end_line } = toCommand(command, "local", []);
      const step = steps.findLast(({ source_lines: [start, end] }) => start <= line && line <= end);
      return {
        text,
        ...(verbatim === undefined ? {} : { verbatim }),
        line,
        ...(end_line === undefined ? {} : { end_line }),
        confidence: command.confidence,
        step_order: step?.order ?? null,
        reason,
      };
    })
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** Prose without its commands, whose words mean something else. */
function readableText(lines: readonly SourceLine[]): string {
  const text = joinText(lines);
  return maskCodeSpans(text, findCodeSpans(text));
}

function titleOf(title: string | null, steps: readonly RunbookStep[]): string {
  const [first = ""] = steps.slice(0, 1).map((step) => step.description.split("\n", 1).join(""));
  return [title ?? "", first, "Runbook"].find((text) => text !== "") ?? "Runbook";
}

interface Ties {
  readonly rollback: readonly RollbackCommand[];
  /** Key `step:command` to the commands that undo it. */
  readonly undoes: ReadonlyMap<string, readonly string[]>;
}

/** A rollback that stands in a step's own item undoes that step; others undo what they are most like. */
function tie(
  { walk: { steps: drafts }, lines }: Assembly,
  commands: readonly (readonly RunbookCommand[])[],
  rollback: readonly RunbookCommand[],
): Ties {
  const forward = commands.flatMap((own, step) => own.map((command, index) => ({ step, command: index, text: command.text })));
  const ties = tieRollback(
    rollback.map((command) => command.text),
    forward,
  );
  const indents = new Map((rollback.length === 0 ? [] : lines).map((one) => [one.line, one.text.search(/\S|$/)] as const));
  const undoes = new Map<string, string[]>();
  const add = (index: number, text: string): void => {
    const key = `${forward[index]?.step ?? 0}:${forward[index]?.command ?? 0}`;
    undoes.set(key, [...(undoes.get(key) ?? []), text]);
  };
  const tied = rollback.map((command, index): RollbackCommand => {
    const { text, line, end_line } = command;
    const own = stepAround(drafts, indents, line);
    const found = own === null ? ties[index] : { index: forward.findLastIndex(({ step }) => step === own), confidence: 0.9 };
    const place = { text, line, ...(end_line === undefined ? {} : { end_line }) };
    if (found === null || found === undefined) return { ...place, step_order: null };
    add(found.index, text);
    return { ...place, step_order: (forward[found.index]?.step ?? 0) + 1, confidence: found.confidence };
  });
  for (const [earlier, later] of findPutBack(forward)) {
    const { step = 0, command = 0, text: own = "" } = forward[earlier] ?? {};
    const back = forward[later]?.text ?? own;
    if (!undoes.has(`${step}:${command}`)) add(earlier, back);
  }
  return { rollback: tied, undoes };
}

/** Index of the step with commands whose lines hold this one, or whose item does: the line is indented further. */
function stepAround(steps: readonly DraftStep[], indents: ReadonlyMap<number, number>, line: number): number | null {
  const index = steps.findLastIndex(({ start }) => start <= line);
  const step = steps[index];
  if (step === undefined || step.commands.length === 0) return null;
  const isInside = line <= step.end || (indents.get(line) ?? 0) > (indents.get(step.start) ?? 0);
  return isInside ? index : null;
}

interface StepParts {
  readonly index: number;
  readonly refersTo: readonly number[];
  readonly verifies: number | null;
  readonly commands: readonly RunbookCommand[];
  /** Names of the variables that its commands use. */
  readonly used: readonly string[];
  readonly undoes: ReadonlyMap<string, readonly string[]>;
}

/** Entries of a flat list, handed out to the groups whose members they belong to. */
function groupLike(groups: readonly (readonly unknown[])[], flat: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let from = 0;
  return groups.map((group) => {
    const own = flat.slice(from, from + group.length).flat();
    from += group.length;
    return [...new Set(own)];
  });
}

function makeStep(draft: DraftStep, { index, refersTo, verifies, commands: own, used, undoes }: StepParts): RunbookStep {
  const commands = own.map((command, position) => withRollback(command, undoes.get(`${index}:${position}`)));
  const rollback = commands.flatMap((command) => (command.rollback_command === undefined ? [] : [command.rollback_command]));
  const markdown = joinText(draft.prose);
  const link = own.length === 0 && isMostlyLink(markdown) ? firstUrl(markdown) : null;
  const kind = own.length > 0 ? "command" : link === null ? "manual" : "link";
  return {
    order: index + 1,
    description: draft.description,
    command: commands.length === 0 ? null : (commands[0]?.text ?? null),
    commands,
    expected_output: expectedOutput(draft),
    rollback_command: rollback.length === 0 ? null : rollback.join("\n"),
    section: draft.section.title,
    section_kind: draft.section.kind,
    kind,
    source_lines: [draft.start, draft.end],
    variables_used: used,
    ...optionalParts(draft, link, { refersTo, verifies }),
  };
}

function optionalParts(
  draft: DraftStep,
  url: string | null,
  { refersTo, verifies }: Pick<StepParts, "refersTo" | "verifies">,
): Pick<RunbookStep, "url" | "condition" | "refers_to" | "verifies" | "alternative"> {
  return {
    ...(url === null ? {} : { url }),
    ...(draft.condition === null ? {} : { condition: draft.condition }),
    ...(refersTo.length === 0 ? {} : { refers_to: refersTo }),
    ...(verifies === null ? {} : { verifies }),
    ...(draft.section.alternative === null ? {} : { alternative: draft.section.alternative }),
  };
}

function withRollback(command: RunbookCommand, undo: readonly string[] | undefined): RunbookCommand {
  return undo === undefined ? command : { ...command, rollback_command: undo.join("\n") };
}

/** Steps that are themselves a rollback ("Roll back the release"). */
function rollbackSteps(steps: readonly RunbookStep[]): readonly RollbackCommand[] {
  return steps
    .filter((step) => undoesItself(step.description, step.command))
    .flatMap((step) =>
      step.commands.map(({ text, line, end_line }) => ({
        text,
        line,
        ...(end_line === undefined ? {} : { end_line }),
        step_order: step.order,
      })),
    );
}
