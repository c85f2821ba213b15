// Program name -> compiled rule, in one Map; each rule is compiled when it is first asked for.
// Path forms count as the program only in the well-known directories; anything else is not found, hence unknown.
import { type CompiledProgram, compileProgram } from "./compile-rule.ts";
import { programNames } from "./generated/program-names.ts";
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

/**
 * The rule files by domain: the folders below rules/. Each list is asked for when the first of its programs is met; in the programs that we ship
 * its files are not even evaluated before (scripts/lib/lazy-rules.mjs).
 */
const lists = {
  shell: () => shellRules,
  text: () => textRules,
  system: () => systemRules,
  network: () => networkRules,
  kubernetes: () => kubernetesRules,
  cloud: () => cloudRules,
  infrastructure: () => infrastructureRules,
  development: () => developmentRules,
  data: () => dataRules,
} satisfies Readonly<Record<Domain, () => readonly ProgramRule[]>>;

type Domain = keyof typeof programNames;

/** Every rule of the scanner, by domain. */
export function rulesByDomain(): readonly (readonly [domain: string, rules: readonly ProgramRule[]])[] {
  return Object.entries(lists).map(([domain, list]) => [domain, list()]);
}

/** Every rule of the scanner. */
export function allRules(): readonly ProgramRule[] {
  return Object.values(lists).flatMap((list) => list());
}

const domainOf = new Map(
  Object.entries(programNames).flatMap(([domain, names]) => names.split("|").map((name) => [name, domain as Domain] as const)),
);
const indexes = new Map<Domain, ReadonlyMap<string, ProgramRule>>();
const compiled = new Map<ProgramRule, CompiledProgram>();
const directories: ReadonlySet<string> = new Set(["/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin"]);

function ruleOf(name: string): ProgramRule | undefined {
  const domain = domainOf.get(name);
  if (domain === undefined) return undefined;
  let index = indexes.get(domain);
  if (index === undefined) {
    index = indexRules(lists[domain]());
    indexes.set(domain, index);
  }
  return index.get(name);
}

function indexRules(rules: readonly ProgramRule[]): ReadonlyMap<string, ProgramRule> {
  // A name belongs to one rule; rules.test.ts proves it. Here the first one keeps it.
  return new Map(rules.toReversed().flatMap((rule) => rule.names.split("|").map((name) => [name, rule] as const)));
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
  const rule = ruleOf(name) ?? foreignProgram(name);
  if (rule === undefined) return undefined;
  let program = compiled.get(rule);
  if (program === undefined) {
    program = compileProgram(rule);
    compiled.set(rule, program);
  }
  return program;
}
