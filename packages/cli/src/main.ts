// Entry of `dd0c`: finds the command by its first word and loads only that command's code, so that `scan` never pays
// for the rest. Exit codes: 0 done, 1 a negative answer (a broken chain), 2 wrong usage or unreadable input; help.ts has all.
import { type CommandLine, UsageError } from "./command-line.ts";
import { helpText } from "./help.ts";

const commands: Readonly<Record<string, () => Promise<{ run: (line: CommandLine) => Promise<number> }>>> = {
  scan: () => import("./commands/scan.ts"),
  parse: () => import("./commands/parse.ts"),
  match: () => import("./commands/match.ts"),
  run: () => import("./commands/run.ts"),
  panic: () => import("./commands/panic.ts"),
  "verify-audit": () => import("./commands/verify-audit.ts"),
  serve: () => import("./commands/serve.ts"),
  agent: () => import("./commands/agent.ts"),
};

const main = async (args: readonly string[]): Promise<number> => {
  const [name = "--help", ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(helpText);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) throw new UsageError(`There is no command "${name}". Commands: ${Object.keys(commands).join(", ")}.`);
  const { run } = await load();
  return run({ args: rest, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
};

// A reader that went away (`dd0c scan --jsonl | head -1`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`dd0c: ${error.message}\nTry: dd0c --help\n`);
    process.exitCode = 2;
  },
);
