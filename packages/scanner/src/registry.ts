// Program name -> compiled rule, in one Map; each rule is compiled when it is first asked for.
// Path forms count as the program only in the well-known directories; anything else is not found, hence unknown.
import { type CompiledProgram, compileProgram } from "./compile-rule.ts";
import type { ProgramRule } from "./rule.ts";
import { cloudRules } from "./rules/cloud/list.ts";
import { dataRules } from "./rules/data/list.ts";
import { foreignProgram } from "./rules/development/foreign-shells.ts";
import { developmentRules } from "./rules/development/list.ts";
import { infrastructureRules } from "./rules/infrastructure/list.ts";
import { kubernetesRules } from "./rules/kubernetes/list.ts";
import { networkRules } from "./rules/network/list.ts";
import { shellRules } from "./rules/shell/list.ts";
import { systemRules } from "./rules/system/list.ts";
import { textRules } from "./rules/text/list.ts";

/** The rule files by domain: the folders below rules/. */
export const rulesByDomain: Readonly<Record<string, readonly ProgramRule[]>> = {
  shell: shellRules,
  text: textRules,
  system: systemRules,
  network: networkRules,
  kubernetes: kubernetesRules,
  cloud: cloudRules,
  infrastructure: infrastructureRules,
  development: developmentRules,
  data: dataRules,
};

/** Every rule of the scanner. */
export const allRules: readonly ProgramRule[] = Object.values(rulesByDomain).flat();

const byName = indexRules(allRules);
const compiled = new Map<ProgramRule, CompiledProgram>();
const directories: ReadonlySet<string> = new Set(["/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin"]);

function indexRules(rules: readonly ProgramRule[]): ReadonlyMap<string, ProgramRule> {
  const index = new Map<string, ProgramRule>();
  for (const rule of rules) {
    for (const name of rule.names.split("|")) {
      // A name belongs to one rule; rules.test.ts proves it. Here the first one keeps it.
      if (!index.has(name)) index.set(name, rule);
    }
  }
  return index;
}

/** The name under which `word` is looked up: itself, or the last part of a path in a well-known directory. Undefined for other paths. */
export function programName(word: string): string | undefined {
  const slash = word.lastIndexOf("/");
  if (slash < 0) return word;
  // The loader lies elsewhere on every system, and is dangerous wherever it lies.
  if (word.startsWith("ld-linux", slash + 1) || word.startsWith("ld-musl", slash + 1)) return "ld.so";
  return directories.has(word.slice(0, slash)) ? word.slice(slash + 1) : undefined;
}

/** The compiled rule of a program, or undefined when there is none. */
export function findProgram(name: string): CompiledProgram | undefined {
  const rule = byName.get(name) ?? foreignProgram(name);
  if (rule === undefined) return undefined;
  let program = compiled.get(rule);
  if (program === undefined) {
    program = compileProgram(rule);
    compiled.set(rule, program);
  }
  return program;
}
