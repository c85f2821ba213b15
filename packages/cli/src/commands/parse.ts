// `dd0c parse FILE|-`: the structure of a runbook, for people or as one JSON object.
// Exit 0; 3 where nothing actionable was found; 2 where the file cannot be read. Commands are never executed.
import { readFile } from "node:fs/promises";
import { type ParsedRunbook, parseRunbook } from "@dd0c/core";
import { type CommandLine, readOptions, UsageError, write } from "../command-line.ts";
import { visible } from "../terminal.ts";

const readAll = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
};

const readInput = async (file: string, stdin: NodeJS.ReadableStream): Promise<string> => {
  if (file === "-") return readAll(stdin);
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(`${file} cannot be read (${code}).`);
  }
};

const describeStep = (step: ParsedRunbook["steps"][number]): string[] => [
  `${String(step.order).padStart(3)}  ${visible(step.description) || "(no description)"}${step.section === null ? "" : `   [${visible(step.section)}]`}`,
  ...step.commands.map(
    (command) => `       ${String(command.line).padStart(4)}: ${visible(command.text).replaceAll("\n", "\n             ")}`,
  ),
];

const describeRunbook = (runbook: ParsedRunbook): string => {
  const lines = [visible(runbook.title), "", ...runbook.steps.flatMap(describeStep)];
  const list = (title: string, entries: readonly string[]) => {
    if (entries.length > 0) lines.push("", title, ...entries.map((entry) => `  ${visible(entry)}`));
  };
  list(
    "Variables",
    runbook.variables.map(({ name }) => name),
  );
  list(
    "Before you start",
    runbook.prerequisites.map(({ description }) => description),
  );
  list(
    "Branches",
    runbook.branches.map(
      ({ kind, condition, step_order }) => `${kind} ${condition} -> ${step_order === null ? "?" : `step ${step_order}`}`,
    ),
  );
  list(
    "Unclear",
    runbook.ambiguities.map(({ step_order, issue }) => `${step_order === null ? "" : `step ${step_order}: `}${issue}`),
  );
  list(
    "Warnings",
    runbook.warnings.map(({ message }) => message),
  );
  return `${lines.join("\n")}\n`;
};

export const run = async (line: CommandLine): Promise<number> => {
  const { values, positionals } = readOptions(line.args, { json: { type: "boolean" } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("parse takes one file, or - for standard input.");
  const parsed = parseRunbook(await readInput(file, line.stdin));
  if (!parsed.ok) {
    await write(
      values.json === true ? line.stdout : line.stderr,
      values.json === true ? `${JSON.stringify({ error: parsed.error })}\n` : `${parsed.error.message} (${parsed.error.code})\n`,
    );
    return parsed.error.code === "PARSE_FAILED" ? 3 : 2;
  }
  await write(line.stdout, values.json === true ? `${JSON.stringify(parsed.runbook)}\n` : describeRunbook(parsed.runbook));
  return 0;
};
