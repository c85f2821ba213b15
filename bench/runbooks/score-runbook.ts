// One labelled runbook and what the parser made of it go in; counts of right, missed and invented commands, steps, sections come out.
// A command is right when its first line and the bytes of its text are; nothing is rounded in the parser's favour.
import { type ParsedRunbook, parseRunbook } from "@dd0c/core";
import { hashOf, type LabelledCommand, type LabelledRunbook, type LabelledStep, type RunbookLabels } from "./labelled-runbooks.ts";

/** Counts of one kind of finding. */
export interface Tally {
  readonly right: number;
  readonly missed: number;
  readonly invented: number;
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, { right, missed, invented }) => ({ right: all.right + right, missed: all.missed + missed, invented: all.invented + invented }),
    { right: 0, missed: 0, invented: 0 },
  );
}

export interface FoundCommand {
  readonly line: number;
  readonly text: string;
  readonly section: string | null;
}

export interface RunbookScore {
  readonly file: string;
  readonly commands: Tally;
  readonly steps: Tally;
  /** Sections of the commands that are right. */
  readonly sections: Tally;
  readonly title: boolean;
  readonly missed: readonly LabelledCommand[];
  readonly invented: readonly FoundCommand[];
}

interface Place {
  readonly line: number;
  readonly hash: string;
}

const keyOf = ({ line, hash }: Place): string => `${line}:${hash}`;
const placeOf = ({ line, text }: { readonly line: number; readonly text: string }): Place => ({ line, hash: hashOf(text) });

const empty: ParsedRunbook = {
  title: "",
  source_type: "text",
  parser_version: "",
  steps: [],
  variables: [],
  prerequisites: [],
  branches: [],
  ambiguities: [],
  rollback: [],
  mentions: [],
  warnings: [],
};

/** Commands of the steps, then those of rollback sections; a rollback that is a step already counts once. */
function foundCommands(runbook: ParsedRunbook): readonly FoundCommand[] {
  const inSteps = runbook.steps.flatMap(({ section, commands }) => commands.map(({ line, text }) => ({ line, text, section })));
  const known = new Set(inSteps.map((each) => keyOf(placeOf(each))));
  const undoing = runbook.rollback.map(({ line, text }) => ({ line, text, section: null }));
  return [...inSteps, ...undoing.filter((each) => !known.has(keyOf(placeOf(each))))];
}

/** The text of a heading or title line without its marks. */
export function headingText(line: string): string {
  return line
    .replace(/^\s*(?:#+|title\s*[:=])\s*/i, "")
    .replace(/\s*#+\s*$/, "")
    .replace(/^["'](.*)["']$/, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]*>|\*\*|__|\{#[^}]*\}/g, "")
    .replace(/\\(.)/g, "$1")
    .replace(/[\s:]+/g, " ")
    .trim();
}

const sameText = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : headingText(a).toLowerCase() === headingText(b).toLowerCase();

export function scoreRunbook({ labels, text }: LabelledRunbook): RunbookScore {
  const result = parseRunbook(text);
  const runbook = result.ok ? result.runbook : empty;
  const lines = text.split("\n");
  const found = foundCommands(runbook);
  const labelled = [...labels.steps.flatMap((step) => step.commands), ...labels.rollback];
  const known = new Map(labelled.map((command) => [keyOf(command), command]));
  const foundKeys = new Set(found.map((command) => keyOf(placeOf(command))));
  const missed = labelled.filter((command) => command.optional !== true && !foundKeys.has(keyOf(command)));
  const optionalLines = new Set(labelled.filter((command) => command.optional === true).map(({ line }) => line));
  const invented = found.filter((command) => !known.has(keyOf(placeOf(command))) && !optionalLines.has(command.line));
  const right = labelled.filter((command) => command.optional !== true).length - missed.length;
  return {
    file: labels.file,
    commands: { right, missed: missed.length, invented: invented.length },
    steps: scoreSteps(runbook, labels.steps),
    sections: scoreSections(found, labels, lines),
    title: labels.title_line === null || sameText(lines[labels.title_line - 1] ?? "", runbook.title),
    missed,
    invented,
  };
}

/** Below the title alone a command has no section; naming the title is as right. */
function scoreSections(found: readonly FoundCommand[], { steps, title_line }: RunbookLabels, lines: readonly string[]): Tally {
  const sections = new Map(found.map((command) => [keyOf(placeOf(command)), command.section]));
  let right = 0;
  let missed = 0;
  for (const { section_line, commands } of steps) {
    const heading = section_line === null ? null : (lines[section_line - 1] ?? "");
    for (const command of commands) {
      const section = sections.get(keyOf(command));
      if (section === undefined) continue;
      if (sameText(heading, section) || (section === null && section_line === title_line)) right++;
      else missed++;
    }
  }
  return { right, missed, invented: 0 };
}

/**
 * A step with commands is right when one found step holds all of them and nothing from under another heading: a numbered heading with
 * three blocks of code is one step with three commands. One without is right when a found step without commands begins in its lines.
 */
function scoreSteps(runbook: ParsedRunbook, labelled: readonly LabelledStep[]): Tally {
  const headings = new Map(labelled.flatMap(({ commands, section_line }) => commands.map((command) => [keyOf(command), section_line])));
  const loud = runbook.steps.filter(({ commands }) => commands.length > 0);
  const groups = loud.map(({ commands }) => new Set(commands.map((command) => keyOf(placeOf(command)))));
  const silent = runbook.steps.filter(({ commands }) => commands.length === 0).map(({ source_lines }) => source_lines[0]);
  const used = new Set<number>();
  const taken = new Set<number>();
  let right = 0;
  const counted = labelled.filter(({ commands }) => commands.length === 0 || commands.some((command) => command.optional !== true));
  for (const { lines, commands, section_line } of counted) {
    const wanted = commands.filter((command) => command.optional !== true).map(keyOf);
    if (wanted.length > 0) {
      const group = groups.findIndex((keys) => wanted.every((key) => keys.has(key)));
      if (group >= 0) used.add(group);
      if (group >= 0 && [...(groups[group] ?? [])].every((key) => (headings.get(key) ?? section_line) === section_line)) right++;
      continue;
    }
    const match = silent.find((line) => line >= lines[0] && line <= lines[1] && !taken.has(line));
    if (match === undefined) continue;
    taken.add(match);
    right++;
  }
  return { right, missed: counted.length - right, invented: groups.length - used.size + silent.length - taken.size };
}
