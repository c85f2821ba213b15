// Rules of tools that plan, provision and configure infrastructure, and of service and secret stores.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";

export const infrastructureRules: readonly ProgramRule[] = [];
