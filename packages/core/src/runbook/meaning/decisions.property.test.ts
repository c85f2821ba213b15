import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import type { ParsedRunbook, RunbookBranch } from "../types.ts";

const folders = ["../../../../../../shared/corpus/runbooks", "../../../../../../shared/corpus/pasted", "../../../corpus/pasted"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .filter((path) => existsSync(path));
const documents = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(?:md|erb|txt)$/.test(name))
    .map((name) => join(folder, name)),
);

const pathsOf = ({ true_path: yes = [], false_path: no = [] }: RunbookBranch): readonly number[] => [...yes, ...no];

/** Every order that the runbook speaks of. */
function ordersOf({ steps, variables, branches, rollback, ambiguities }: ParsedRunbook): readonly number[] {
  return [
    ...branches.flatMap((branch) => [branch.step_order ?? 1, ...pathsOf(branch)]),
    ...steps.flatMap(({ refers_to: others = [], verifies, order }) => [...others, verifies ?? order]),
    ...variables.flatMap(({ from_step: from }) => from ?? []),
    ...rollback.flatMap(({ step_order: order }) => order ?? []),
    ...ambiguities.map(({ step_order: order }) => order),
  ];
}

/** What can come after each step: the next one unless a decision is taken, else the first step of either path; paths go on by themselves. */
function reachable({ steps, branches }: ParsedRunbook): ReadonlySet<number> {
  const next = new Map<number, Set<number>>(steps.map(({ order }) => [order, new Set([order + 1])]));
  next.set(0, new Set([1]));
  for (const { after_step: after, true_path: yes = [], false_path: no = [] } of branches) {
    for (const path of [yes, no]) if (after !== undefined && path[0] !== undefined) next.get(after)?.add(path[0]);
  }
  const seen = new Set<number>([0]);
  for (const order of seen) for (const following of next.get(order) ?? []) seen.add(following);
  return seen;
}

/** Everything that is wrong with the runbook's decisions and references, in words. */
function faults(text: string, runbook: ParsedRunbook): readonly string[] {
  const { steps, branches } = runbook;
  const lines = text.split("\n");
  /** "Repeat this step", "skip step 2": the words are the only sign of it. */
  const says = (order: number): string =>
    lines.slice((steps[order - 1]?.source_lines[0] ?? 1) - 1, steps[order - 1]?.source_lines[1]).join("\n");
  const exists = new Set(steps.map(({ order }) => order));
  const reached = reachable(runbook);
  const wrong: string[] = ordersOf(runbook)
    .filter((order) => !exists.has(order))
    .map((order) => `there is no step ${order}`);
  for (const [index, branch] of branches.entries()) {
    const { after_step: after = 0, step_order: order, true_path: yes = [] } = branch;
    const name = `${branch.kind} "${branch.condition}"`;
    if (branch.kind === "else" && !branches.slice(0, index).some(({ kind }) => kind === "if")) wrong.push(`${name} has no if`);
    if (after !== 0 && !exists.has(after)) wrong.push(`${name} is decided after ${after}`);
    if (branch.kind === "if" && order !== null && branch.true_path === undefined) wrong.push(`${name} leads nowhere`);
    if (yes[0] !== undefined && !reached.has(yes[0])) wrong.push(`${name} leads to ${yes[0]}, which is not reached`);
    const sent = new Set([
      ...(steps[(order ?? 0) - 1]?.refers_to ?? []),
      ...branches.flatMap((other) => steps[(other.step_order ?? 0) - 1]?.refers_to ?? []),
    ]);
    const back = pathsOf(branch).filter((to) => to <= after && !sent.has(to) && !/this step|skip/i.test(says(order ?? 1)));
    if (back.length > 0) wrong.push(`${name} goes back to ${back.join(", ")}`);
    if (new Set(yes).size < yes.length) wrong.push(`${name} takes a step twice`);
  }
  for (const { order, verifies, refers_to: others = [] } of steps) {
    if (verifies !== undefined && verifies >= order) wrong.push(`${order} checks ${verifies}`);
    if (others.includes(order)) wrong.push(`${order} refers to itself`);
  }
  for (const { name, source, from_step: from } of runbook.variables)
    if (from !== undefined && source !== "runtime") wrong.push(`${name} is ${source}`);
  return wrong;
}

describe("decisions and references", () => {
  it.each(documents)("%s", (path) => {
    const text = readFileSync(path, "utf8");
    const result = parseRunbook(text);
    expect(result.ok ? faults(text, result.runbook) : []).toEqual([]);
  });

  const sentence = fc.constantFrom(
    "If it is red, restart it.",
    "If it is red, go to step 3.",
    "If it is red, repeat step 1.",
    "If it fails, repeat this step.",
    "If it is green, skip step 2.",
    "If they differ:",
    "Otherwise scale it.",
    "Otherwise:",
    "Otherwise go to step 12",
    "Else continue with 4",
    "Unless it runs, start it.",
    "Either wait or call somebody.",
    "Falls es rot ist, weiter mit Schritt 2. Sonst Schritt 1 wiederholen.",
    "Si está rojo, vuelve al paso 1. De lo contrario, esperar.",
    "赤い場合は、手順2に戻る。",
    "Repeat steps 2 to 9",
    "same as above",
    "Use the id from step 1: `kubectl get <id>`",
    "Verify that it is gone.",
    "Check the logs",
    "`kubectl scale deploy/x --replicas=0`",
    "`kubectl scale deploy/x --replicas=3`",
    "`ssh a`",
    "Rollback: `kubectl rollout undo deploy/x`",
  );
  const line = fc.tuple(
    fc.constantFrom("1. ", "2. ", "3. ", "- ", "   - ", "   1. ", "      - ", "", "## ", "## Verification\n\n", "## Rollback\n\n- "),
    sentence,
  );
  const page = fc.array(line, { minLength: 1, maxLength: 14 }).map((lines) => lines.map(([mark, text]) => mark + text).join("\n"));

  it("hold for any mixture of such sentences", () => {
    fc.assert(
      fc.property(page, (text) => {
        const whole = `# T\n\n${text}\n`;
        const result = parseRunbook(whole);
        expect(result.ok ? faults(whole, result.runbook) : []).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });
});
