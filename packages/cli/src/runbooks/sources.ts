// Finds the runbooks that the words of a command line name: files, everything of a known kind below folders, standard input.
// Paths go in; sources with a name for people come out in a stable order, and their text when asked. Never follows links to folders,
// never enters hidden folders or node_modules, never reads more than the parser would take.
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { maxInputLength } from "@dd0c/core";
import { UsageError } from "../command-line.ts";

/** A file, or standard input under the name `-`. */
export interface Source {
  readonly path: string;
}

const RUNBOOK = /\.(?:md|markdown|txt|html|htm|erb|adoc|rst)$/i;
/** A UTF-16 code unit is at most three bytes of UTF-8: what is longer is refused by the parser anyway. */
const MAX_BYTES = 3 * maxInputLength + 16;

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "unreadable");

/** @throws UsageError for a path that is not there, a folder without a runbook, `-` named twice */
export const findSources = async (paths: readonly string[]): Promise<readonly Source[]> => {
  if (paths.filter((path) => path === "-").length > 1) throw new UsageError("Standard input (-) can be read only once.");
  const found: string[] = [];
  for (const path of paths) found.push(...(path === "-" ? [path] : await expand(path)));
  return [...new Set(found)].map((path) => ({ path }));
};

const expand = async (path: string): Promise<readonly string[]> => {
  const kind = await stat(path).catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read (${codeOf(error)}).`);
  });
  if (!kind.isDirectory()) return [path];
  const files = await below(path);
  if (files.length === 0) throw new UsageError(`${path} holds no runbook (.md, .markdown, .txt, .html, .htm, .erb, .adoc, .rst).`);
  return files;
};

const below = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new UsageError(`${folder} cannot be read (${codeOf(error)}).`);
  });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    if (entry.isDirectory()) files.push(...(await below(path)));
    else if (RUNBOOK.test(entry.name) && (await isFile(path))) files.push(path);
  }
  return files;
};

const isFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
};

/** @throws UsageError for what cannot be read */
export const readSource = async ({ path }: Source, stdin: NodeJS.ReadableStream): Promise<string> => {
  if (path === "-") return readStream(stdin);
  try {
    const file = await open(path);
    try {
      return await readStream(file.createReadStream({ autoClose: false }));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new UsageError(`${path} cannot be read (${codeOf(error)}).`);
  }
};

const readStream = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    pieces.push(bytes);
    length += bytes.length;
    if (length > MAX_BYTES) break;
  }
  return Buffer.concat(pieces).toString("utf8");
};
