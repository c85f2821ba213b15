// Rules of version control, package managers, build tools and language tools.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { git } from "./git/git.ts";

export const developmentRules: readonly ProgramRule[] = [git];
