// Pastes with their expected results: read from a folder, compared with what the parser makes of them, part by part.
// Out come differences in words, none when the expectation is met exactly, and tallies of the commands for the score.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ParsedRunbook, parseRunbook } from "@dd0c/core";
import type { Tally } from "./score-runbook.ts";

export const sharedPastes = "../shared/corpus/pasted";
export const ownPastes = "packages/core/corpus/pasted";
/** Written without sight of the parser; scored, not met exactly. */
export const blindPastes = "packages/core/corpus/pasted-blind";

interface ExpectedStep {
  readonly order: number;
  readonly description_contains: string;
  readonly command: string | null;
  readonly commands?: readonly string[];
  readonly command_verbatim?: string;
  readonly line?: number | readonly number[];
  readonly expected_contains?: string;
}

/** The fields are explained in packages/core/corpus/pasted/README.md. */
interface ExpectedPaste {
  readonly title: string | null;
  readonly steps: readonly ExpectedStep[];
  readonly variables: readonly string[];
  readonly prerequisites: readonly string[];
  readonly rollback: readonly string[];
  readonly branches: readonly { readonly condition_contains: string; readonly kind: string; readonly step_order: number | null }[];
  readonly ambiguities_count: number;
  readonly ambiguities_contain: readonly string[];
  readonly sections?: readonly { readonly order: number; readonly section: string }[];
  readonly kinds?: readonly { readonly order: number; readonly kind: string }[];
  readonly not_commands?: readonly string[];
  readonly warnings?: readonly string[];
}

export interface Paste {
  readonly name: string;
  readonly text: string;
  readonly expected: ExpectedPaste;
}

export interface PasteScore {
  readonly name: string;
  readonly differences: readonly string[];
  readonly commands: Tally;
}

export function readPastes(folder: string): readonly Paste[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".txt")) : [];
  return files.sort().map((file) => {
    const name = file.slice(0, -".txt".length);
    const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), "utf8")) as ExpectedPaste;
    return { name, text: readFileSync(join(folder, file), "utf8"), expected };
  });
}

const listed = (value: unknown): string => JSON.stringify(value);
const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
const textsOf = ({ command, commands }: ExpectedStep): readonly string[] => commands ?? (command === null ? [] : [command]);
const linesOf = ({ line }: ExpectedStep): readonly number[] => [line ?? []].flat();
/** How far later lines of a command are indented is left to the parser. */
const outdented = (text: string): string => text.replace(/\n[ \t]+/g, "\n");

export function scorePaste(paste: Paste): PasteScore {
  const result = parseRunbook(paste.text);
  if (!result.ok) {
    const missed = paste.expected.steps.flatMap(textsOf).length;
    return { name: paste.name, differences: [result.error.code], commands: { right: 0, missed, invented: 0 } };
  }
  const { runbook } = result;
  return { name: paste.name, differences: differences(paste, runbook), commands: tallyCommands(paste.expected, runbook) };
}

/** Commands of steps by line and text. */
function tallyCommands({ steps }: ExpectedPaste, runbook: ParsedRunbook): Tally {
  const wanted = steps.flatMap((step) => textsOf(step).map((text, index) => `${linesOf(step)[index] ?? 0}: ${outdented(text)}`));
  const found = runbook.steps.flatMap(({ commands }) => commands.map(({ line, text }) => `${line}: ${outdented(text)}`));
  const right = wanted.filter((each) => found.includes(each)).length;
  return { right, missed: wanted.length - right, invented: found.filter((each) => !wanted.includes(each)).length };
}

function differences({ text, expected }: Paste, runbook: ParsedRunbook): readonly string[] {
  return [
    ...(expected.title === null || runbook.title === expected.title ? [] : [`title "${runbook.title}"`]),
    ...(runbook.steps.length === expected.steps.length ? [] : [`${runbook.steps.length} steps, not ${expected.steps.length}`]),
    ...expected.steps.flatMap((step) => stepDifferences(step, runbook, text.split("\n"))),
    ...meaningDifferences(expected, runbook),
    ...optionalDifferences(expected, runbook),
  ];
}

function stepDifferences(want: ExpectedStep, runbook: ParsedRunbook, lines: readonly string[]): readonly string[] {
  const step = runbook.steps[want.order - 1];
  if (step === undefined) return [`step ${want.order} is missing`];
  const source = lines.slice(step.source_lines[0] - 1, step.source_lines[1]).join("\n");
  const commands = step.commands.map((command) => outdented(command.text));
  const places = step.commands.map(({ line }) => line);
  const parts: readonly (readonly [what: string, ok: boolean])[] = [
    [`description of ${want.order}: "${step.description}"`, has(`${step.description}\n${source}`, want.description_contains)],
    [`commands of ${want.order}: ${listed(commands)}`, listed(commands) === listed(textsOf(want).map(outdented))],
    [`lines of ${want.order}: ${listed(places)}`, listed(places) === listed(linesOf(want))],
    [`spelling of ${want.order}`, want.command_verbatim === undefined || step.commands[0]?.verbatim === want.command_verbatim],
    [
      `output of ${want.order}: ${listed(step.expected_output)}`,
      want.expected_contains === undefined || (step.expected_output ?? "").includes(want.expected_contains),
    ],
  ];
  return parts.filter(([, ok]) => !ok).map(([what]) => what);
}

function meaningDifferences(expected: ExpectedPaste, runbook: ParsedRunbook): readonly string[] {
  const placeholders = runbook.variables.map(({ placeholder }) => placeholder);
  const rollback = runbook.rollback.map((command) => command.text);
  const sameVariables = listed([...placeholders].sort()) === listed([...expected.variables].sort());
  const missing = (parts: readonly string[], texts: readonly string[], what: string): readonly string[] =>
    parts.filter((part) => !texts.some((text) => has(text, part))).map((part) => `${what} "${part}"`);
  const unmet = expected.branches.filter(
    (want) =>
      !runbook.branches.some(
        (branch) => has(branch.condition, want.condition_contains) && branch.kind === want.kind && branch.step_order === want.step_order,
      ),
  );
  return [
    ...(sameVariables ? [] : [`variables ${placeholders.join(" ")}`]),
    ...missing(
      expected.prerequisites,
      runbook.prerequisites.map(({ description }) => description),
      "prerequisite",
    ),
    ...(listed(rollback) === listed(expected.rollback) ? [] : [`rollback ${listed(rollback)}`]),
    ...(runbook.branches.length === expected.branches.length ? [] : [`branches ${listed(runbook.branches.map(branchWords))}`]),
    ...unmet.map((want) => `branch ${listed(want)}`),
    ...(runbook.ambiguities.length === expected.ambiguities_count
      ? []
      : [`ambiguities ${listed(runbook.ambiguities.map(({ issue }) => issue))}`]),
    ...missing(
      expected.ambiguities_contain,
      runbook.ambiguities.map(({ issue }) => issue),
      "ambiguity",
    ),
  ];
}

const branchWords = ({ kind, step_order, condition }: ParsedRunbook["branches"][number]): string => `${kind} ${step_order}: ${condition}`;

function optionalDifferences(expected: ExpectedPaste, runbook: ParsedRunbook): readonly string[] {
  const texts = [...runbook.steps.flatMap(({ commands }) => commands), ...runbook.rollback].map((command) => command.text);
  const codes = runbook.warnings.map(({ code }) => code as string);
  return [
    ...(expected.sections ?? [])
      .filter(({ order, section }) => !has(runbook.steps[order - 1]?.section ?? "", section))
      .map(({ order }) => `section of ${order}: ${runbook.steps[order - 1]?.section ?? "none"}`),
    ...(expected.kinds ?? [])
      .filter(({ order, kind }) => runbook.steps[order - 1]?.kind !== kind)
      .map(({ order }) => `kind of ${order}: ${runbook.steps[order - 1]?.kind ?? "none"}`),
    ...(expected.not_commands ?? [])
      .filter((part) => texts.some((text) => text.includes(part)))
      .map((part) => `"${part}" is taken for a command`),
    ...(expected.warnings ?? []).filter((code) => !codes.includes(code)).map((code) => `warning ${code}`),
  ];
}
