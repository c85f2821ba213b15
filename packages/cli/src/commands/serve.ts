// `dd0c serve`: starts the server program with the words that follow.
import type { CommandLine } from "../command-line.ts";
import { runSibling } from "../sibling-program.ts";

export const run = ({ args }: CommandLine): Promise<number> => runSibling("../../server/dist/main.js", args);
