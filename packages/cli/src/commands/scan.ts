// `dd0c scan`: one command explained for a person, or verdicts for machines (--json, --jsonl).
// Texts go in, verdicts come out in the same order; nothing is cached and nothing is ever executed.
import { createInterface } from "node:readline";
import { loadSql, needsSql, scan, type Verdict } from "@dd0c/scanner";
import { type CommandLine, readOptions, UsageError, write } from "../command-line.ts";
import { paintFor } from "../terminal.ts";
import { explainVerdict } from "../explain-verdict.ts";
import { explainedLine, type VerdictLine, verdictLine } from "../verdict-line.ts";

/** The verdict and the microseconds that the scan itself took (loading the SQL grammar is not counted). */
const timedScan = async (cmd: string): Promise<{ verdict: Verdict; micros: number }> => {
  if (needsSql(cmd)) await loadSql();
  const started = process.hrtime.bigint();
  const verdict = scan(cmd);
  return { verdict, micros: Number(process.hrtime.bigint() - started) / 1_000 };
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

const scanLines = async ({ stdin, stdout }: CommandLine): Promise<number> => {
  let unreadable = 0;
  let lineNumber = 0;
  let pending: string[] = [];
  const flush = async () => {
    const text = pending.join("");
    pending = [];
    await write(stdout, text);
  };
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber += 1;
    if (line === "") continue;
    const cmd = readRequest(line);
    if (cmd === undefined) unreadable += 1;
    const answer: VerdictLine | ReturnType<typeof unreadableLine> = cmd === undefined ? unreadableLine(lineNumber) : await answerTo(cmd);
    pending.push(`${JSON.stringify(answer)}\n`);
    if (pending.length >= 64) await flush();
  }
  await flush();
  return unreadable === 0 ? 0 : 2;
};

const answerTo = async (cmd: string): Promise<VerdictLine> => {
  const { verdict, micros } = await timedScan(cmd);
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
  const { verdict, micros } = await timedScan(cmd);
  const text =
    values.json === true
      ? `${JSON.stringify(explainedLine(cmd, verdict, micros), null, 2)}\n`
      : explainVerdict(cmd, verdict, paintFor(line.stdout));
  await write(line.stdout, text);
  return 0;
};
