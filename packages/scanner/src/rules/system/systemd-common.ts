// What the tools of systemd share: their common options, and short forms of rules. Decides nothing.
import type { CommandRule } from "../../rule.ts";
import type { Inverse } from "../../types.ts";

export const common = {
  globals: "anywhere",
  flags: "--no-pager --no-legend --no-ask-password -a|--all -l|--full -q|--quiet --value -h|--help --version --user --system",
  values: "-p|--property -n|--lines -o|--output --json -P -S|--since -U|--until",
  options: {
    "-H|--host|-M|--machine": { risk: "unknown", why: "acts on another machine" },
  },
} as const;

export const report = (why: string): CommandRule => ({ why, operands: "data*", anyWord: true, answers: [1, 3] });

export const capture = (question: string, verb: string) => (): Inverse => ({
  kind: "capture",
  capture: question,
  command: `${verb} {capture}`,
});

export const other = "the same tool's status shows what it was before";
