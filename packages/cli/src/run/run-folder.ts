// Where a run keeps its record: one private folder with the audit chain, a copy of the runbook and the executor's journal.
// Options go in, a folder comes out: a new one, or that of the newest unfinished run of the same file. Nothing is ever deleted here.
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { isTerminal } from "@dd0c/core";
import { RunEnd } from "@dd0c/executor";
import { readAuditEvents } from "./audit-file.ts";
import { readRun } from "./recorded-run.ts";

export interface RunFolder {
  readonly path: string;
  /** The audit chain: what `dd0c verify-audit` takes. */
  readonly audit: string;
  /** The runbook as it was at the start, which a resumed run goes on with. */
  readonly runbook: string;
  /** Journal of the executor: what was started. */
  readonly journal: string;
  /** HOME of the commands. */
  readonly home: string;
}

const namesIn = (path: string): RunFolder => ({
  path,
  audit: join(path, "audit.jsonl"),
  runbook: join(path, "runbook"),
  journal: join(path, "journal"),
  home: join(path, "home"),
});

const stateFolder = (env: NodeJS.ProcessEnv): string => {
  const own = env["XDG_STATE_HOME"];
  return join(own === undefined || !own.startsWith("/") ? join(homedir(), ".local/state") : own, "dd0c/runs");
};

/** The file's name in the folder's, so that a person finds it. */
const slugOf = (file: string): string =>
  basename(file)
    .replace(/\.[^.]*$/, "")
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .slice(0, 40) || "runbook";

const originFile = "origin";

/** Where a new run will keep its record. @throws RunEnd when another run's is there */
export const planRunFolder = (file: string, wanted: string | null, now: Date, env = process.env): RunFolder => {
  const stamp = now.toISOString().replace(/[-:.]/g, "");
  const folder = namesIn(wanted ?? join(stateFolder(env), `${slugOf(file)}-${stamp}-${process.pid}`));
  if (existsSync(folder.audit)) throw new RunEnd("record", `${folder.path} holds the record of another run; go on with it by --resume.`);
  return folder;
};

/** Makes the folder, with the text that the run is pinned to. @throws RunEnd */
export const makeRunFolder = (folder: RunFolder, file: string, text: string): void => {
  try {
    mkdirSync(folder.path, { recursive: true, mode: 0o700 });
    writeFileSync(folder.runbook, text, { mode: 0o600 });
    writeFileSync(join(folder.path, originFile), realpathSync(file), { mode: 0o600 });
  } catch (error) {
    throw new RunEnd("record", `${folder.path} cannot be written (${codeOf(error)}).`);
  }
};

/** The folder named, or the newest unfinished run of the file. @throws RunEnd */
export const findRunFolder = async (file: string, wanted: string | null, env = process.env): Promise<RunFolder> => {
  if (wanted !== null) {
    if (!existsSync(namesIn(wanted).audit)) throw new RunEnd("usage", `${wanted} holds no record of a run.`);
    return namesIn(wanted);
  }
  const origin = existsSync(file) ? realpathSync(file) : file;
  for (const folder of newestFirst(stateFolder(env))) {
    if (isRunOf(folder, origin) && (await isUnfinished(folder))) return folder;
  }
  throw new RunEnd("usage", `There is no unfinished run of ${file}.`);
};

/** The end of a folder's name is the time of its start. */
const startOf = (name: string): string => /(\d{8}T\d+Z)-\d+$/.exec(name)?.[1] ?? "";

const newestFirst = (parent: string): readonly RunFolder[] => {
  if (!existsSync(parent)) return [];
  const names = readdirSync(parent).filter((name) => startOf(name) !== "");
  return names.sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1)).map((name) => namesIn(join(parent, name)));
};

const isRunOf = (folder: RunFolder, origin: string): boolean => {
  try {
    return readFileSync(join(folder.path, originFile), "utf8") === origin && existsSync(folder.audit);
  } catch {
    return false;
  }
};

const isUnfinished = async (folder: RunFolder): Promise<boolean> => {
  const events = await readAuditEvents(folder.audit);
  return events.length > 0 && !isTerminal(readRun(events).state);
};

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "unreadable");
