// `npm run chaos -- --steps N --seed S [--topology single|replicas] [--plant double|lost]`: breaks a product of its own again and again and looks
// whether anything happened twice or was lost. Exit 0 when everything held, 1 when not, 2 on wrong usage.
import { chaosUsage, readOptions } from "./options.ts";
import { held, reportLines } from "./report.ts";
import { runChaos } from "./run.ts";

const options = readOptions(process.argv.slice(2));
if (options === undefined) {
  process.stderr.write(chaosUsage);
  process.exit(2);
}
// Whoever breaks a run off wants its programs and file systems gone too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
runChaos(options, say).then(
  (result) => {
    for (const line of reportLines(result)) say(line);
    process.exit(held(result) ? 0 : 1);
  },
  (error: unknown) => {
    process.stderr.write(`the run broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
