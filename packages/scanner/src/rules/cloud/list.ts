// Rules of clients of cloud providers.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { aws } from "./aws/aws.ts";

export const cloudRules: readonly ProgramRule[] = [aws];
