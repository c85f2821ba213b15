// `dd0c scan`: one command explained for a person, or verdicts for machines (--json, --jsonl).
// Texts go in, verdicts come out in the same order; nothing is cached and nothing is ever executed.
import { loadSql, needsSql, scan, type Verdict } from "@dd0c/scanner";
import { type CommandLine, readOptions, UsageError, write } from "../command-line.ts";
import { paintFor } from "@dd0c/executor/paint";
import { explainVerdict } from "../explain-verdict.ts";
import { linesOf } from "../lines-of.ts";
import { explainedLine, type VerdictLine, verdictLine } from "../verdict-line.ts";

/** The verdict and the microseconds that the scan itself took. */
const timedScan = (cmd: string): { verdict: Verdict; micros: number } => {
  const started = process.hrtime.bigint();
  const verdict = scan(cmd);
  return { verdict, micros: Number(process.hrtime.bigint() - started) / 1_000 };
};

/** Loads the SQL grammar before the first text that needs it; only then is there something to wait for. */
const sqlWhenNeeded = () => {
  let loaded = false;
  return (cmd: string): Promise<void> | undefined => {
    if (loaded || !needsSql(cmd)) return undefined;
    loaded = true;
    return loadSql();
  };
};

const readRequest = (line: string): string | undefined => {
  try {
    const request: unknown = JSON.parse(line);
    const cmd = typeof request === "object" && request !== null && "cmd" in request ? request.cmd : undefined;
    return typeof cmd === "string" ? cmd : undefined;
  } catch {
    return undefined;
  }
};

/** A line that is no request gets an answer too, so that answers can be paired with lines. */
const unreadableLine = (lineNumber: number) => ({
  risk: "unknown",
  micros: 0,
  error: { code: "INVALID_REQUEST", message: `Line ${lineNumber} is no JSON object with a string "cmd".` },
});

/** Answers what has arrived before it waits for more, so that a program can ask line by line. */
const scanLines = async ({ stdin, stdout }: CommandLine): Promise<number> => {
  let unreadable = 0;
  let lineNumber = 0;
  const prepare = sqlWhenNeeded();
  const answer = async (line: string): Promise<string> => {
    lineNumber += 1;
    if (line === "") return "";
    const cmd = readRequest(line);
    if (cmd === undefined) {
      unreadable += 1;
      return `${JSON.stringify(unreadableLine(lineNumber))}\n`;
    }
    await prepare(cmd);
    return `${JSON.stringify(answerTo(cmd))}\n`;
  };
  for await (const lines of linesOf(stdin)) {
    let answers = "";
    for (const line of lines) answers += await answer(line);
    await write(stdout, answers);
  }
  return unreadable === 0 ? 0 : 2;
};

const answerTo = (cmd: string): VerdictLine => {
  const { verdict, micros } = timedScan(cmd);
  return verdictLine(cmd, verdict, micros);
};

export const run = async (line: CommandLine): Promise<number> => {
  const { values, positionals } = readOptions(line.args, { json: { type: "boolean" }, jsonl: { type: "boolean" } });
  if (values.jsonl === true) {
    if (positionals.length > 0 || values.json === true)
      throw new UsageError("scan --jsonl reads commands from standard input and takes nothing else.");
    return scanLines(line);
  }
  const [cmd] = positionals;
  if (cmd === undefined || positionals.length > 1) throw new UsageError('scan takes one command in quotes: dd0c scan "kubectl get pods".');
  await sqlWhenNeeded()(cmd);
  const { verdict, micros } = timedScan(cmd);
  const text =
    values.json === true
      ? `${JSON.stringify(explainedLine(cmd, verdict, micros), null, 2)}\n`
      : explainVerdict(cmd, verdict, paintFor(line.stdout));
  await write(line.stdout, text);
  return 0;
};
