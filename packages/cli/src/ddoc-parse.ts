// Entry of `ddoc-parse`: the runbook parser alone, for people who want nothing else. No account, no network, no configuration.
import { UsageError } from "./command-line.ts";
import { runParse } from "./commands/parse.ts";
import { version } from "../package.json";
import { ddocParseHelp } from "./ddoc-parse-help.ts";
import { visible, visibleLine } from "@dd0c/executor/paint";

const main = async (args: readonly string[]): Promise<number> => {
  const words = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length);
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(ddocParseHelp);
    return 0;
  }
  if (words.includes("--version") || words.includes("-V")) {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  return runParse({ args, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }, "ddoc-parse");
};

// A reader that went away (`ddoc-parse x | head -1`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`ddoc-parse: ${visibleLine(error.message)}\nTry: ddoc-parse --help\n`);
    process.exitCode = 2;
  } else {
    // Node would print a line of the bundle, which is a megabyte long.
    process.stderr.write(
      `ddoc-parse: this is a defect, please report it.\n${error instanceof Error ? visible(error.stack ?? error.message) : "unknown"}\n`,
    );
    process.exitCode = 70;
  }
}
