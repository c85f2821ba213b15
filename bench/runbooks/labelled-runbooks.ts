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

export interface LabelledRunbook {
  readonly labels: RunbookLabels;
  readonly text: string;
}

export const labelFolder = "packages/core/corpus/runbooks";
export const documentFolder = "../shared/corpus/runbooks";

export function hashOf(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

export function readLabels(folder = labelFolder): readonly RunbookLabels[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as RunbookLabels);
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
