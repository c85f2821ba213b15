// The agent program: `start` (or no word at all) runs it, `doctor` says what is wrong on this host and how to mend it, `resume` goes on with a
// run while no server is there. Exit 0 after a signal or a clean bill, 1 with an error code on stderr or a finding, 2 on wrong usage; `resume`
// has the codes of `dd0c run`. It opens no socket that listens.

import "./small-memory.ts";
import { describeBinary, ownBinary } from "./release/own-binary.ts";

const usage = `Usage: agent [start] --config FILE [--enroll-token-file FILE]
       agent doctor --config FILE [--json]
       agent resume EXECUTION --config FILE
       agent --version
`;

/** The exit code, or undefined on wrong usage. Each part is read only when it is asked for. */
type Command = (args: readonly string[]) => Promise<number | undefined>;

const commands: Readonly<Record<string, Command>> = {
  start: async (args) => (await import("./start.ts")).start(args),
  doctor: async (args) => (await import("./doctor/run-doctor.ts")).doctor(args),
  resume: async (args) => (await import("./resume/resume.ts")).resumeCommand(args),
  "--version": async () => {
    process.stdout.write(describeBinary(ownBinary()));
    return 0;
  },
};

async function main([first = "", ...rest]: readonly string[]): Promise<number> {
  // A release that was changed does nothing at all.
  ownBinary();
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
