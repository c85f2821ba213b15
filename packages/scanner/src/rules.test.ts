// Every rule's own examples and near-misses, and that every rule compiles.
import { beforeAll, describe, expect, it } from "vitest";
import { compileCommand, compileProgram } from "./compile-rule.ts";
import { loadSql } from "./load.ts";
import { allRules, findProgram } from "./registry.ts";
import type { CommandRule } from "./rule.ts";
import { scan } from "./scan.ts";

beforeAll(() => loadSql());

/** Verbs are compiled when they are first met. */
function compileVerbs({ verbs = {} }: CommandRule): void {
  for (const verb of Object.values(verbs)) {
    compileCommand(verb);
    compileVerbs(verb);
  }
}

it("gives each program name to one rule", () => {
  const names = allRules().flatMap((rule) => rule.names.split("|"));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe.each(allRules().map((rule) => [rule.names, rule] as const))("rule %s", (_name, rule) => {
  it("compiles, is found by each of its names, and has a source", () => {
    compileProgram(rule);
    compileVerbs(rule);
    for (const name of rule.names.split("|")) expect(findProgram(name)?.program).toBe(rule);
    expect(rule.source).not.toBe("");
  });

  it.each(Object.entries(rule.examples))("%s is %s", (command, risk) => {
    const verdict = scan(command);
    expect({ command, risk: verdict.risk, because: verdict.risk === risk ? "" : verdict.reasons }).toEqual({ command, risk, because: "" });
  });

  it.each(rule.nearMisses.map((command) => [command]))("%s is not safe", (command) => {
    expect(scan(command).risk).not.toBe("safe");
  });
});
