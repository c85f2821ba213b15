// Rules of the shell's own commands and of wrappers: programs whose job is to run other programs.
import type { ProgramRule } from "../rule.ts";
import { xargs } from "./xargs.ts";

export const shellRules: readonly ProgramRule[] = [xargs];
