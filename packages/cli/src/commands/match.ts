// `dd0c match --library DIR [FILE|-]`: alerts as lines of JSON go in, for each the runbooks of the folder that fit come out.
// Reads the folder once; sends nothing anywhere, runs nothing, and what an alert's text says changes no more than a score.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type AlertFacts, alertFromRecord, createMatchLibrary, type Match, matchAlert, type MatchLibrary, runbookTitle } from "@dd0c/core";
import { type Paint, paintFor, visibleLine } from "@dd0c/executor/paint";
import { type CommandLine, readOptions, UsageError, write } from "../command-line.ts";
import { linesOf } from "../lines-of.ts";

interface Request {
  readonly id: string | number | null;
  readonly alert: AlertFacts;
}

/** More of a runbook than the index reads. */
const maxBytes = 300_000;

/** The heads of files, through one buffer: a library has hundreds of them, and a cold start waits for each. */
const headReader = (): ((path: string) => string) => {
  const buffer = Buffer.allocUnsafe(maxBytes);
  return (path) => {
    const file = openSync(path, "r");
    try {
      return buffer.toString("utf8", 0, readSync(file, buffer, 0, maxBytes, 0));
    } finally {
      closeSync(file);
    }
  };
};

const reading = <T>(what: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${what} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unreadable"}).`);
  }
};

/** The folder's Markdown files, by name; folders below it belong to others. */
const readLibrary = (folder: string): MatchLibrary => {
  const entries = reading(folder, () => readdirSync(folder, { withFileTypes: true }));
  const names = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith(".md")).map(({ name }) => name);
  if (names.length === 0) throw new UsageError(`${folder} holds no runbook (.md).`);
  const library = createMatchLibrary();
  const readHead = headReader();
  for (const name of names.sort()) {
    const path = join(folder, name);
    const text = reading(path, () => readHead(path));
    library.put({ id: name, fileName: name, title: runbookTitle(text) ?? name, text, service: null, team: null, tags: [], urls: [] });
  }
  return library;
};

const readRequest = (line: string): Request | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const id = "id" in value && (typeof value.id === "string" || typeof value.id === "number") ? value.id : null;
    return { id, alert: alertFromRecord(value) };
  } catch {
    return undefined;
  }
};

/** As CONTRACTS has it: names may be added, none may go. */
const asJson = ({ id }: Request, matches: readonly Match[]): string => {
  const found = matches.map(({ runbookId, confidence, reasons }) => ({
    runbook: runbookId,
    confidence,
    reasons: reasons.map(({ text }) => text),
  }));
  return `${JSON.stringify({ id, matches: found })}\n`;
};

const asText = ({ id, alert }: Request, matches: readonly Match[], paint: Paint): string => {
  const head = visibleLine(`${id ?? "-"}  ${alert.name ?? alert.title ?? "an alert without a name"}`);
  const offers = matches.map(({ runbookId, confidence, reasons }) => {
    const why = reasons.map(({ text }) => `      ${visibleLine(text)}\n`).join("");
    return `  ${Math.round(100 * confidence)} %  ${visibleLine(runbookId)}\n${why}`;
  });
  return `${paint.strong(head)}\n${offers.length === 0 ? "  no runbook fits\n" : offers.join("")}`;
};

interface Answering {
  readonly library: MatchLibrary;
  readonly show: (request: Request, matches: readonly Match[]) => string;
  lines: number;
  unreadable: number;
}

const answer = (text: string, state: Answering): string => {
  state.lines += 1;
  if (text === "") return "";
  const request = readRequest(text);
  if (request !== undefined) return state.show(request, matchAlert(request.alert, state.library));
  state.unreadable += 1;
  // A line that is no alert gets an answer too, so that answers can be paired with lines.
  const error = { code: "INVALID_REQUEST", message: `Line ${state.lines} is no JSON object.` };
  return `${JSON.stringify({ id: null, matches: [], error })}\n`;
};

export const run = async (line: CommandLine): Promise<number> => {
  const { values, positionals } = readOptions(line.args, { library: { type: "string" }, jsonl: { type: "boolean" } });
  const [file = "-"] = positionals;
  if (values.library === undefined || positionals.length > 1)
    throw new UsageError("match takes --library DIR, and a file of alerts or standard input: one JSON object per line.");
  const paint = paintFor(line.stdout);
  const show = values.jsonl === true ? asJson : (request: Request, matches: readonly Match[]) => asText(request, matches, paint);
  const state: Answering = { library: readLibrary(values.library), show, lines: 0, unreadable: 0 };
  const stream = file === "-" ? line.stdin : Readable.from([reading(file, () => readFileSync(file, "utf8"))]);
  for await (const lines of linesOf(stream)) await write(line.stdout, lines.map((text) => answer(text, state)).join(""));
  return state.unreadable === 0 ? 0 : 2;
};
