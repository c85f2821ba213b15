// How fast this machine is now: the scanner's median over the labelled shell lines. Prints one JSON line.
import { needsSql, scan } from "@dd0c/scanner";
import { ownSets, publicSets } from "./labelled-sets.ts";
import { percentile } from "./measure.ts";

const commands = [...publicSets(), ...ownSets()].flatMap(({ rows }) => rows.map(({ cmd }) => cmd)).filter((cmd) => !needsSql(cmd));
const pass = (): number[] =>
  commands.map((cmd) => {
    const started = process.hrtime.bigint();
    scan(cmd);
    return Number(process.hrtime.bigint() - started) / 1_000;
  });
pass();
pass();
const times = pass().sort((a, b) => a - b);
process.stdout.write(`${JSON.stringify({ referenceUs: percentile(times, 0.5) })}\n`);
