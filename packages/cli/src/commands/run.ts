// `dd0c run FILE`: walks a runbook on this machine, with no server, account or configuration. Reads the options and the file, opens the
// record, and hands over to the walk. Every end is an exit code of the table.
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import {
  divergenceReport,
  type EffectivePolicy,
  effectivePolicy,
  executionEventOf,
  fillsByItself,
  invariant,
  isReportable,
  isTerminal,
  type VariableValue,
} from "@dd0c/core";
import { type CommandLine, UsageError, write } from "../command-line.ts";
import { openAuditFile, readAuditEvents } from "../run/audit-file.ts";
import { dryRun } from "../run/dry-run.ts";
import { type CardView, exitCodes, newId, nobody, openKeyboard, type Person, RunEnd, type Walk, walkRun, widthOf } from "@dd0c/executor";
import { paintFor, visibleLine } from "@dd0c/executor/paint";
import { LocalExecutor } from "../run/local-executor.ts";
import { renderingsOf } from "../run/prepare-line.ts";
import { confirmPrerequisites } from "../run/prerequisites.ts";
import { readRun } from "../run/recorded-run.ts";
import { findRunFolder, makeRunFolder, planRunFolder, type RunFolder } from "../run/run-folder.ts";
import { readMaterial, type RunMaterial } from "../run/run-material.ts";
import { runHelp } from "../run/run-help.ts";
import { type RunOptions, readRunOptions } from "../run/run-options.ts";
import { RunSession } from "../run/run-session.ts";
import { onSignals } from "../run/signals.ts";
import { showDivergence } from "../run/show-divergence.ts";
import { showEnd, showStart } from "../run/summary.ts";
import { readSource } from "../runbooks/sources.ts";

type Stdout = CommandLine["stdout"] & { readonly columns?: number };

/** What all parts of one call share. */
interface Scene {
  readonly options: RunOptions;
  readonly line: CommandLine;
  readonly person: Person;
  readonly view: CardView;
  readonly say: (lines: readonly string[]) => Promise<void>;
  readonly asked: Walk["asked"];
  /** Filled as soon as there is something to end, and something to come back to. */
  readonly live: { executor: LocalExecutor | null; folder: RunFolder | null };
}

interface Opened {
  readonly material: RunMaterial;
  readonly folder: RunFolder;
  readonly given: ReadonlyMap<string, VariableValue>;
}

const policyOf = ({ governance }: RunOptions): EffectivePolicy =>
  effectivePolicy({ system: {}, tenant: { governanceMode: governance }, runbook: {} });

/** @throws UsageError for a name that the runbook does not have, or whose value is never filled in */
const givenValues = (
  { runbook }: RunMaterial,
  { values }: RunOptions,
  source: VariableValue["source"],
): ReadonlyMap<string, VariableValue> => {
  const names = runbook.variables.map(({ name }) => name);
  for (const name of values.keys()) {
    const variable = runbook.variables.find((each) => each.name === name);
    if (variable === undefined) throw new UsageError(`The runbook has no variable ${name}. It has: ${names.join(", ") || "none"}.`);
    if (variable.secret === true) throw new UsageError(`${name} is a secret: it is never filled in here.`);
  }
  return new Map([...values].map(([name, value]) => [name, { name, value, source }]));
};

const preview = async ({ options, line, view, say }: Scene): Promise<number> => {
  const material = await readMaterial(await readSource({ path: options.file }, line.stdin), options.file);
  const values = givenValues(material, options, "manual");
  const lines = await dryRun({ material, values, policy: policyOf(options), cwd: process.cwd(), view });
  await say([...showStart(material, startOf(options, "none: nothing is run"), view), "", ...lines]);
  return exitCodes.completed.code;
};

const startOf = ({ file, governance }: RunOptions, record: string) => ({ file, machine: hostname(), governance, record });

const strictAlone =
  "Every step asks a person, and the standard input is no terminal. With --governance audit, steps proven to only read run by themselves.";

/** A run that begins now: everything is read and confirmed before its record exists. */
const begin = async (scene: Scene): Promise<number> => {
  const { options, line, person, view, say } = scene;
  const text = await readSource({ path: options.file }, line.stdin);
  const material = await readMaterial(text, options.file);
  // What a script gives counts as a value that no human typed.
  const given = givenValues(material, options, person.isPresent ? "manual" : "alert");
  const unsafe = [...given.values()].find((value) => !fillsByItself(value));
  if (unsafe !== undefined)
    throw new RunEnd("human", `The value of ${unsafe.name} is no plain word: a person has to type it, in a terminal.`);
  if (!person.isPresent && options.governance === "strict") throw new RunEnd("human", strictAlone);
  const checklist = material.runbook.prerequisites.map(({ description }, at) => ({ id: `p${at + 1}`, description }));
  const folder = planRunFolder(options.file, options.folder, new Date());
  await say(showStart(material, startOf(options, folder.audit), view));
  await confirmPrerequisites(scene, checklist);
  makeRunFolder(folder, options.file, text);
  scene.live.folder = folder;
  return withRecord(scene, { material, folder, given }, async (session) => {
    const steps = material.lines.map(({ template }) => ({ ...template, stepExecutionId: newId() }));
    const { versionId } = material;
    const variables = [...given.values()];
    await session.create({
      id: newId(),
      runbookId: options.file,
      versionId,
      checklist,
      requiredVariables: [],
      variables,
      steps,
      branches: material.branches,
    });
  });
};

/** An unfinished run goes on with the text that it began with. */
const resume = async (scene: Scene): Promise<number> => {
  const { options, line, person, view, say } = scene;
  const folder = await findRunFolder(options.file, options.folder);
  scene.live.folder = folder;
  const text = readFileSync(folder.runbook, "utf8");
  const material = await readMaterial(text, options.file);
  const now = await readSource({ path: options.file }, line.stdin).catch(() => text);
  const given = givenValues(material, options, person.isPresent ? "manual" : "alert");
  await say([
    ...showStart(material, startOf(options, folder.audit), view),
    ...(now === text ? [] : ["  The runbook has changed since; this run goes on with the text that it began with."]),
  ]);
  return withRecord(scene, { material, folder, given }, async ({ state }) => {
    if (state.versionId !== material.versionId) throw new RunEnd("record", `${folder.runbook} is not the text that the run began with.`);
    if (state.branches.length !== material.branches.length)
      throw new RunEnd("record", `${folder.path} was begun by a release that did not stop at conditions: begin a new run.`);
    if (isTerminal(state)) throw new RunEnd("usage", `The run in ${folder.path} is over.`);
    if (state.status === "pending" || state.status === "preflight") await confirmPrerequisites(scene, state.checklist);
  });
};

/** Opens the record under its lock, walks, and closes it whatever happens. */
const withRecord = async (scene: Scene, opened: Opened, prepare: (session: RunSession) => Promise<void>): Promise<number> => {
  const { options, person, view, say, asked, live } = scene;
  const { material, folder, given } = opened;
  const executor = await LocalExecutor.open(folder);
  live.executor = executor;
  try {
    const file = await openAuditFile(folder.audit, "local");
    const recorded = file.known.length === 0 ? null : readRun(file.known);
    const session = new RunSession({ file, policy: policyOf(options), now: () => Date.now() }, recorded);
    const shown = { heading: "", attempt: "" };
    const walk: Walk = {
      session,
      executor,
      lines: material.lines,
      renderings: renderingsOf(material, process.cwd()),
      withheld: new Set(),
      given,
      person,
      view,
      say,
      conditions: new Map(),
      printed: { last: null },
      retype: new Set(),
      shown,
      asked,
    };
    await prepare(session);
    const state = await walkRun(walk);
    await say(showEnd(state, folder.audit, view));
    if (isReportable(state)) await say(await besideRunbook(folder.audit, material, view.width));
    await file.close();
    return exitCodes[state.status === "aborted" ? "left" : state.status === "completed" ? "completed" : "failed"].code;
  } finally {
    live.executor = null;
    await executor.close();
  }
};

/** Read from the record, which is all that anybody has of the run. */
const besideRunbook = async (record: string, { runbook }: RunMaterial, width: number): Promise<readonly string[]> => {
  const events = (await readAuditEvents(record)).map((event) => executionEventOf(event, Date.parse(event.occurred_at)));
  return showDivergence(divergenceReport(events, runbook, []), width);
};

/** How to go on, where there is something to go on with. */
const hint = ({ options, live }: Scene, code: number): string => {
  if (live.folder === null || code === exitCodes.record.code) return "";
  const named = options.folder === null ? "" : ` --record ${options.folder}`;
  return `\nGo on with: dd0c run --resume${named} ${visibleLine(options.file)}\nRecord: ${live.folder.audit}`;
};

export const run = async (line: CommandLine): Promise<number> => {
  if (line.args.includes("--help")) {
    await write(line.stdout, runHelp);
    return exitCodes.completed.code;
  }
  const options = readRunOptions(line.args);
  const stdout: Stdout = line.stdout;
  const live: Scene["live"] = { executor: null, folder: null };
  const asked: Walk["asked"] = { exitCode: null };
  const view: CardView = { width: widthOf(stdout.columns), paint: paintFor(stdout) };
  const say: Scene["say"] = (lines) => (lines.length === 0 ? Promise.resolve() : write(stdout, `${lines.join("\n")}\n`));
  const isPresent = "isTTY" in line.stdin && line.stdin.isTTY === true;
  const stop = () => live.executor?.stop() ?? false;
  const person =
    isPresent && !options.dryRun ? openKeyboard({ input: line.stdin, output: stdout, onInterrupt: () => void stop() }) : nobody;
  const scene: Scene = { options, line, person, view, say, asked, live };
  const forget = onSignals(person, asked, stop);
  try {
    if (options.dryRun) return await preview(scene);
    return await (options.resume ? resume(scene) : begin(scene));
  } catch (error) {
    if (!(error instanceof RunEnd)) throw error;
    const code = asked.exitCode ?? error.code;
    invariant(code !== 0, "an end before the end is no success");
    const message = `${error.message}${hint(scene, code)}`;
    await write(line.stderr, `dd0c: ${message}\n`);
    return code;
  } finally {
    forget();
    person.close();
  }
};
