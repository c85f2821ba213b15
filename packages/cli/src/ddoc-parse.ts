// Entry of `ddoc-parse`: the runbook parser alone, for people who want nothing else.
import { UsageError } from "./command-line.ts";
import { run } from "./commands/parse.ts";

try {
  process.exitCode = await run({ args: process.argv.slice(2), stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`ddoc-parse: ${error.message}\nUsage: ddoc-parse FILE|- [--json]\n`);
  process.exitCode = 2;
}
