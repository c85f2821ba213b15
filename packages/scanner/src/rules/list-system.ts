// Rules of programs that look at or change one machine: files, text, processes, network, packages.
// One import and one entry per rule file, in alphabetical order.
import type { ProgramRule } from "../rule.ts";
import { grep } from "./grep.ts";
import { ls } from "./ls.ts";
import { rm } from "./rm.ts";

export const systemRules: readonly ProgramRule[] = [grep, ls, rm];
