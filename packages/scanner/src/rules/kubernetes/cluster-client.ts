// The options that every client built on Kubernetes' own library takes. A rule spreads this object and adds its sub-commands.
import type { Invocation } from "../../invocation.ts";
import type { OptionRule, ProgramRule } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { asksHelp, switchedOn } from "./cluster-words.ts";

/** A call without sub-command: help and version only. */
export function bareRisk(inv: Invocation): Risk {
  return asksHelp(inv) || switchedOn(inv, "--version") ? "safe" : "unknown";
}

export const kubeconfig: OptionRule = {
  kind: "read",
  risk: "unknown",
  why: "a kubeconfig may name a program that is run to log in",
  safer: "--context",
};

/** Spread it into a program; further options of the program go under the same keys. */
export const clusterClient = {
  style: "go",
  risk: bareRisk,
  values: "-n|--namespace --context --as --as-group --request-timeout -v|--v",
  optional: "-h|--help --version",
  options: { "--kubeconfig": kubeconfig },
} satisfies Partial<ProgramRule>;
