// What every rule owes a person: the name to type before something dangerous, and the way back from a change or why there is none.
import { beforeAll, expect, it } from "vitest";
import { literalArg } from "./arg.ts";
import { compileProgram } from "./compile-rule.ts";
import { loadSql } from "./load.ts";
import { parseInvocation } from "./parse-invocation.ts";
import { allRules } from "./registry.ts";
import type { CommandRule, ProgramRule } from "./rule.ts";
import { scan } from "./scan.ts";
import type { Verdict } from "./types.ts";

beforeAll(() => loadSql());

function* commandsOf(rule: CommandRule, path: string): Generator<readonly [path: string, rule: CommandRule]> {
  yield [path, rule];
  for (const [verb, inner] of Object.entries(rule.verbs ?? {})) yield* commandsOf(inner, `${path} ${verb}`);
}

const all = allRules().flatMap((rule) => [...commandsOf(rule, rule.names.split("|")[0] ?? "")]);

it("a rule that is always dangerous says what to type", () => {
  const without = all.filter(([, rule]) => rule.risk === "dangerous" && rule.targets === undefined);
  expect(without.map(([path]) => path)).toEqual([]);
});

it("a rule that always changes something says how to take it back, or why that cannot be", () => {
  const reads = (rule: CommandRule): boolean => rule.sensitive !== undefined || rule.unbounded !== undefined;
  const without = all.filter(
    ([, rule]) => rule.risk === "caution" && !reads(rule) && rule.inverse === undefined && rule.noInverse === undefined,
  );
  expect(without.map(([path]) => path)).toEqual([]);
});

/** The (sub-)command that judges a call of plain words. */
function ruleOf(rule: ProgramRule, call: string): { readonly id: string; readonly rule: CommandRule } | undefined {
  const nowhere = { start: 0, end: 0 };
  const [name = "", ...words] = call.split(/\s+/);
  const args = words.map((word) => literalArg(word, nowhere));
  const { id, command } = parseInvocation(compileProgram(rule), name, args, { kind: "none" }, nowhere);
  return command === undefined || !rule.names.split("|").includes(name) ? undefined : { id, rule: command.rule };
}

it("so does every example of a change, whatever decides about its risk", () => {
  const plain = /^[\w\s./:=@,+-]+$/;
  const changes = allRules().flatMap((rule) =>
    Object.entries(rule.examples)
      .filter(([call, risk]) => risk === "caution" && plain.test(call))
      .map(([call]) => ({ call, verdict: scan(call), judge: ruleOf(rule, call) }))
      .filter(({ judge }) => judge !== undefined && (judge.rule.risk ?? "safe") !== "safe")
      .filter(({ verdict, judge }) => verdict.reasons.some(({ ruleId, risk }) => ruleId === judge?.id && risk === "caution")),
  );
  const reversible = changes.filter(({ verdict }) => !verdict.sensitive && !verdict.unbounded);
  expect(reversible.length).toBeGreaterThan(500);
  const without = reversible.filter(({ verdict, judge }) => verdict.inverse === undefined && judge?.rule.noInverse === undefined);
  expect(without.map(({ call }) => call)).toEqual([]);
});

it("an inverse holds plain words only, and its capture is proven to read", () => {
  const inverses = allRules().flatMap((rule) => Object.keys(rule.examples).flatMap((call) => scan(call).inverse ?? []));
  expect(inverses.length).toBeGreaterThan(150);
  const captures = inverses.flatMap((inverse) => (inverse.kind === "capture" ? [inverse.capture] : []));
  const reads = ({ risk, sensitive }: Verdict): boolean => risk === "safe" || (risk === "caution" && sensitive);
  expect([...new Set(captures)].filter((capture) => !reads(scan(capture)))).toEqual([]);
  expect(inverses.filter(({ kind, command }) => kind === "command" && command.includes("{capture}"))).toEqual([]);
});
