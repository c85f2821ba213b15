// `dd0c parse` and `ddoc-parse`: the structure of runbooks for people, as JSON, as Markdown, or as a list of findings.
// Exit 0; 3 where nothing actionable was found; 2 where a file cannot be read; 1 for findings. Commands are never executed.
import { distil, type Distilled, type ParseError, type ParsedRunbook, parseRunbook, writeMarkdown } from "@dd0c/core";
import { type CommandLine, UsageError, write } from "../command-line.ts";
import type { LintedFile } from "../runbooks/lint/show-findings.ts";
import { type Form, type ParseCommandOptions, readParseOptions } from "../runbooks/parse-options.ts";
import { findSources, readSource } from "../runbooks/sources.ts";
import { jsonLine, paintFor, visible, visibleLine } from "@dd0c/executor/paint";

interface Read {
  readonly file: string;
  readonly text: string;
  readonly result: { readonly ok: true; readonly runbook: ParsedRunbook } | { readonly ok: false; readonly error: ParseError };
  /** What a distiller made of it, where a draft was asked for. */
  readonly draft: Distilled | null;
}

type Render = (read: Read, options: ParseCommandOptions, line: CommandLine, many: boolean) => Promise<void>;

const exitOf = ({ result }: Read): number => (result.ok ? 0 : result.error.code === "PARSE_FAILED" ? 3 : 2);

const asJson: Render = async ({ file, result }, _options, { stdout }, many) => {
  const value = result.ok ? result.runbook : { error: result.error };
  await write(stdout, jsonLine(many ? { file, ...value } : value));
};

const asPretty: Render = async ({ file, result }, _options, { stdout, stderr }, many) => {
  const paint = paintFor(stdout);
  if (!result.ok) return complain(stderr, file, `${result.error.message} (${result.error.code})`);
  const [{ assessRunbook }, { showRunbook }] = await Promise.all([
    import("../runbooks/assess-runbook.ts"),
    import("../runbooks/show-runbook.ts"),
  ]);
  await write(stdout, showRunbook(await assessRunbook(result.runbook), file, paint) + (many ? "\n" : ""));
};

/** On a terminal control characters of the file are made visible; in a file or pipe they are what the source holds. */
const asMarkdown: Render = async ({ file, result }, _options, { stdout, stderr }, many) => {
  if (!result.ok) return complain(stderr, file, `${result.error.message} (${result.error.code})`);
  const { text, differences } = writeMarkdown(result.runbook);
  await write(stdout, (stdout.isTTY === true ? visible(text) : text) + (many ? "\n" : ""));
  if (differences.length > 0) await complain(stderr, file, `This Markdown is not read back the same: ${differences.join(", ")}.`);
};

/** The draft goes to the standard output, ready to be saved; what was left out goes beside it. */
const asDraft: Render = async ({ file, result, draft }, _options, { stdout, stderr }, many) => {
  if (draft === null) return result.ok ? undefined : complain(stderr, file, `${result.error.message} (${result.error.code})`);
  const { showNotes } = await import("../runbooks/show-draft.ts");
  await write(stdout, (stdout.isTTY === true ? visible(draft.markdown) : draft.markdown) + (many ? "\n" : ""));
  await write(stderr, showNotes(draft, file));
};

const asDraftJson: Render = async ({ file, result, draft }, _options, { stdout }, many) => {
  const { draftAsJson } = await import("../runbooks/show-draft.ts");
  if (draft !== null) return write(stdout, draftAsJson(draft, many ? file : null));
  if (!result.ok) await write(stdout, jsonLine({ ...(many ? { file } : {}), error: result.error }));
};

const complain = (stderr: NodeJS.WritableStream, file: string, message: string): Promise<void> =>
  write(stderr, `${visibleLine(file)}: ${visibleLine(message)}\n`);

const renders = { json: asJson, pretty: asPretty, markdown: asMarkdown, draft: asDraft, draft_json: asDraftJson };

const lintFile = async ({ file, text, result }: Read): Promise<LintedFile> => {
  const [{ assessRunbook }, { lintRunbook, nothingToDo }] = await Promise.all([
    import("../runbooks/assess-runbook.ts"),
    import("../runbooks/lint/lint-runbook.ts"),
  ]);
  if (!result.ok) return { file, findings: nothingToDo(result.error.message), actionable: false };
  return { file, findings: lintRunbook(await assessRunbook(result.runbook), text), actionable: true };
};

/** Reads, parses and prints everything once. @returns the exit code */
const runOnce = async (options: ParseCommandOptions, line: CommandLine): Promise<number> => {
  const sources = await findSources(options.paths);
  const { form } = options;
  const linted: LintedFile[] = [];
  const codes: number[] = [];
  for (const source of sources) {
    const read = await readOne(source.path, line, form);
    if (read === null) {
      codes.push(2);
      continue;
    }
    codes.push(exitOf(read));
    if (form === "lint" || form === "lint_json") linted.push(await lintFile(read));
    else await renders[form](read, options, line, sources.length > 1);
  }
  if (codes.includes(2)) {
    if (linted.length > 0) await printLint(linted, options, line);
    return 2;
  }
  if (form === "lint" || form === "lint_json") return printLint(linted, options, line);
  return codes.every((code) => code === 3) ? 3 : 0;
};

/** A file that cannot be read is told and does not keep the others from being read. */
const readOne = async (path: string, line: CommandLine, form: Form): Promise<Read | null> => {
  try {
    const text = await readSource({ path }, line.stdin);
    const asksDraft = form === "draft" || form === "draft_json";
    return asksDraft ? distilOne(path, text) : { file: path, text, result: parseRunbook(text), draft: null };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await write(line.stderr, `${visibleLine(error.message)}\n`);
    return null;
  }
};

const distilOne = (file: string, text: string): Read => {
  const result = distil(text);
  if (!result.ok) return { file, text, result, draft: null };
  return { file, text, result: { ok: true, runbook: result.distilled.runbook }, draft: result.distilled };
};

const printLint = async (files: readonly LintedFile[], { form, maxWarnings }: ParseCommandOptions, line: CommandLine): Promise<number> => {
  const { findingsAsJson, lintExitCode, showFindings, summarise } = await import("../runbooks/lint/show-findings.ts");
  await write(line.stdout, form === "lint_json" ? findingsAsJson(files) : showFindings(files, paintFor(line.stdout)));
  if (form === "lint") await write(line.stderr, summarise(files));
  return lintExitCode(files, maxWarnings);
};

const CLEAR = "\u001b[2J\u001b[3J\u001b[H";

/** Until Ctrl-C: a broken file is told, and the next change is awaited. */
const runWatching = async (options: ParseCommandOptions, line: CommandLine): Promise<number> => {
  const { watchSources } = await import("../runbooks/watch-sources.ts");
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const render = async (): Promise<void> => {
    if (line.stdout.isTTY === true) await write(line.stdout, CLEAR);
    try {
      await runOnce(options, line);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await write(line.stderr, `${visibleLine(error.message)}\n`);
    }
    await write(line.stderr, "Waiting for changes; Ctrl-C ends.\n");
  };
  await watchSources(options.paths, render, stop.signal);
  process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  return 0;
};

/** @param name - as the person called it, for messages */
export const runParse = async (line: CommandLine, name: string): Promise<number> => {
  const options = readParseOptions(line.args, name);
  return options.watch ? runWatching(options, line) : runOnce(options, line);
};

export const run = (line: CommandLine): Promise<number> => runParse(line, "parse");
