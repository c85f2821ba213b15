// The agent program: `start` (or no word at all) runs it, `doctor` says what is wrong on this host and how to mend it.
// Exit 0 after a signal or a clean bill, 1 with an error code on stderr or a finding, 2 on wrong usage. It opens no socket that listens.

import "./small-memory.ts";

const usage = `Usage: agent [start] --config FILE [--enroll-token-file FILE]
       agent doctor --config FILE [--json]
`;

/** The exit code, or undefined on wrong usage. Each part is read only when it is asked for. */
type Command = (args: readonly string[]) => Promise<number | undefined>;

const commands: Readonly<Record<string, Command>> = {
  start: async (args) => (await import("./start.ts")).start(args),
  doctor: async (args) => (await import("./doctor/run-doctor.ts")).doctor(args),
};

async function main([first = "", ...rest]: readonly string[]): Promise<number> {
  const run = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const code = run === undefined ? await commands["start"]?.([first, ...rest]) : await run(rest);
  if (code !== undefined) return code;
  process.stderr.write(usage);
  return 2;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "INTERNAL_ERROR";
    process.stderr.write(`${code}: ${error instanceof Error ? error.message : "unknown failure"}\n`);
    process.exit(1);
  },
);
