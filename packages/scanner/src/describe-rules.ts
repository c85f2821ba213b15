// What the scanner knows, for people: every rule with its reason, its special options and sub-commands, source and examples.
// Reads the registry for documentation and the pattern list of the API; decides nothing.
import { allRules, rulesByDomain } from "./registry.ts";
import type { CommandRule, OptionRule, ProgramRule } from "./rule.ts";
import type { Risk } from "./types.ts";

/** "depends" where the risk is a function of the call. */
export type DescribedRisk = Risk | "depends";

export interface DescribedCommand {
  /** The sub-command, "" for the program itself; names joined by "|" are spellings of one. */
  readonly path: string;
  readonly risk: DescribedRisk;
  readonly why: string;
  readonly safer?: string;
  /** What undoes it: a command is known, or the reason why there is none. */
  readonly undo?: string;
}

export interface DescribedOption {
  readonly path: string;
  readonly spelling: string;
  readonly risk: DescribedRisk;
  readonly why: string;
}

export interface DescribedRule {
  readonly domain: string;
  readonly names: readonly string[];
  readonly source: string;
  readonly commands: readonly DescribedCommand[];
  readonly options: readonly DescribedOption[];
  readonly examples: Readonly<Record<string, Risk>>;
  readonly nearMisses: readonly string[];
}

export interface KnownProgram {
  readonly names: readonly string[];
  /** Manual page and version that the rule was written from. */
  readonly source: string;
  /** Examples and near-misses that run as tests. */
  readonly rules: number;
}

/** In the order of the registry. */
export const listPrograms = (): readonly KnownProgram[] =>
  allRules().map((rule) => ({
    names: rule.names.split("|"),
    source: rule.source,
    rules: Object.keys(rule.examples).length + rule.nearMisses.length,
  }));

/** Every rule, by domain, each domain in alphabetical order of its first program. */
export const describeRules = (): readonly DescribedRule[] =>
  rulesByDomain().flatMap(([domain, rules]) =>
    rules.map((rule) => describeRule(domain, rule)).sort((a, b) => ((a.names[0] ?? "") < (b.names[0] ?? "") ? -1 : 1)),
  );

function describeRule(domain: string, rule: ProgramRule): DescribedRule {
  const all = commandsOf(rule, "");
  return {
    domain,
    names: rule.names.split("|"),
    source: rule.source,
    commands: all.map(({ path, command }) => describeCommand(path, command)),
    options: all.flatMap(({ path, command }) => describeOptions(path, command)),
    examples: rule.examples,
    nearMisses: rule.nearMisses,
  };
}

type Placed = { readonly path: string; readonly command: CommandRule };

/** A program that has sub-commands and no risk of its own is described by these alone. */
function commandsOf(command: CommandRule, path: string): readonly Placed[] {
  const verbs = Object.entries(command.verbs ?? {}).flatMap(([verb, rule]) => commandsOf(rule, path === "" ? verb : `${path} ${verb}`));
  const isGroup = command.verbs !== undefined && command.risk === undefined;
  return isGroup ? verbs : [{ path, command }, ...verbs];
}

function describeCommand(path: string, command: CommandRule): DescribedCommand {
  const undo = command.inverse === undefined ? command.noInverse : "a command that undoes it is offered";
  return {
    path,
    risk: typeof command.risk === "function" ? "depends" : (command.risk ?? readRisk(command)),
    why: command.why,
    ...(command.safer === undefined ? {} : { safer: command.safer }),
    ...(undo === undefined ? {} : { undo }),
  };
}

/** A read that prints secrets or never ends is caution, whatever its base. */
function readRisk(command: CommandRule): DescribedRisk {
  if (command.sensitive === true || command.unbounded === true) return "caution";
  return command.sensitive === undefined && command.unbounded === undefined && command.inspect === undefined ? "safe" : "depends";
}

function describeOptions(path: string, command: CommandRule): readonly DescribedOption[] {
  return Object.entries(command.options ?? {}).map(([spelling, option]) => ({
    path,
    spelling,
    risk: optionRisk(option),
    why: option.why ?? (option.kind === "write" ? "writes a file" : "see the examples"),
  }));
}

function optionRisk(option: OptionRule): DescribedRisk {
  if (option.risk !== undefined) return option.risk;
  if (option.kind === "code") return "unknown";
  if (option.check !== undefined || option.allow !== undefined || option.kind === "write") return "depends";
  return option.sensitive === true || option.unbounded === true ? "caution" : "safe";
}
