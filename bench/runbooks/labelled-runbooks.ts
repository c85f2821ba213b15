// Reads the labels of runbooks: which lines hold which commands, which steps there are. Documents stay where they are, labels hold no text.
// Out come documents with their labels; a document that is absent or not the one that was labelled is named instead.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A command by its place and the SHA-256 of its text. */
export interface LabelledCommand {
  readonly line: number;
  readonly end_line?: number;
  readonly hash: string;
  /** Readers may differ on it: it counts neither way. */
  readonly optional?: boolean;
}

export interface LabelledStep {
  /** First and last physical line. */
  readonly lines: readonly [start: number, end: number];
  readonly kind: "command" | "manual" | "link";
  /** Physical line of the heading above; null when there is none. */
  readonly section_line: number | null;
  readonly commands: readonly LabelledCommand[];
}

export interface RunbookLabels {
  readonly file: string;
  /** SHA-256 of the document's bytes. */
  readonly sha256: string;
  /** Physical line whose text is the title; null when the document names none. */
  readonly title_line: number | null;
  readonly steps: readonly LabelledStep[];
  readonly rollback: readonly LabelledCommand[];
}

/** What was decided where labeller and parser differ, with the reason. `nothing`: no command after all. */
interface Decision {
  readonly file: string;
  readonly line: number;
  readonly hash: string;
  readonly is: "command" | "optional" | "nothing";
  readonly reason: string;
}

export interface LabelledRunbook {
  readonly labels: RunbookLabels;
  readonly text: string;
}

export const labelFolder = "packages/core/corpus/runbooks";
export const documentFolder = "../shared/corpus/runbooks";

export function hashOf(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The labels of a folder with its decisions applied. */
export function readLabels(folder = labelFolder): readonly RunbookLabels[] {
  if (!existsSync(folder)) return [];
  const decisions = readDecisions(folder);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => decided(JSON.parse(readFileSync(join(folder, name), "utf8")) as RunbookLabels, decisions));
}

export function readDecisions(folder = labelFolder): readonly Decision[] {
  const path = join(folder, "decisions.jsonl");
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Decision);
}

/** A command that no label holds is added to the step whose lines it stands in. */
function decided(labels: RunbookLabels, all: readonly Decision[]): RunbookLabels {
  const own = all.filter(({ file }) => file === labels.file);
  const steps = labels.steps.map((step) => ({ ...step, commands: step.commands.flatMap((command) => judged(command, own)) }));
  const added = own.filter(
    ({ is, line }) => is !== "nothing" && !labels.steps.some(({ commands }) => commands.some((each) => each.line === line)),
  );
  return { ...labels, steps: added.reduce<readonly LabelledStep[]>(addTo, steps) };
}

function judged(command: LabelledCommand, decisions: readonly Decision[]): readonly LabelledCommand[] {
  const decision = decisions.find(({ line, hash }) => line === command.line && hash === command.hash);
  if (decision === undefined) return [command];
  const { optional: _before, ...bare } = command;
  return decision.is === "nothing" ? [] : [decision.is === "optional" ? { ...bare, optional: true } : bare];
}

function addTo(steps: readonly LabelledStep[], { line, hash, is }: Decision): readonly LabelledStep[] {
  const command: LabelledCommand = is === "optional" ? { line, hash, optional: true } : { line, hash };
  const at = steps.findLastIndex(({ lines: [start, end] }) => start <= line && line <= end);
  return steps.map((step, index) => (index === Math.max(0, at) ? { ...step, commands: [...step.commands, command] } : step));
}

/** @returns the document, or why it cannot be scored */
export function openDocument(labels: RunbookLabels, documents = documentFolder): LabelledRunbook | string {
  const path = join(documents, labels.file);
  if (!existsSync(path)) return `${labels.file} is not there`;
  const bytes = readFileSync(path);
  return hashOf(bytes) === labels.sha256
    ? { labels, text: bytes.toString("utf8") }
    : `${labels.file} is not the document that was labelled`;
}
