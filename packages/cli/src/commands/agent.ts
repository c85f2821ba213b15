// `dd0c agent`: starts the agent program with the words that follow.
import type { CommandLine } from "../command-line.ts";
import { runSibling } from "../sibling-program.ts";

export const run = ({ args }: CommandLine): Promise<number> => runSibling("../../agent/dist/main.js", args);
