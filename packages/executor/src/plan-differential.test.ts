import { type Plan, renderPlan, scan } from "@dd0c/scanner";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { compareWithBash } from "./testing/bash-comparison.ts";
import { generatedPlan } from "./testing/plan-arbitrary.ts";
import { openFixture } from "./testing/run-fixture.ts";
import { generatedText } from "./testing/text-arbitrary.ts";

const fixture = openFixture({ allowedNames: ["GREETING", "LC_*"] });
afterAll(() => fixture.close());

const SEED = 20260115;
const plans = fc.sample(generatedPlan, { seed: SEED, numRuns: 500 });
const rendered = (render: (plan: Plan) => string, count: number) =>
  plans.slice(0, count).map(({ plan, stubs }) => ({ text: render(plan), plan, stubs }));

describe("500 generated plans", () => {
  it("use every node of a plan", () => {
    const text = JSON.stringify(plans);
    const nodes = [
      '"&&"',
      '"||"',
      '"kind":"inherit"',
      '"kind":"null"',
      '"kind":"text"',
      '"stdout":"null"',
      '"stdout":"stderr"',
      '"stderr":"stdout"',
      '"stderr":"null"',
    ];
    expect(nodes.filter((node) => !text.includes(node))).toEqual([]);
    expect([plans.some(({ plan }) => plan.lists.length > 1), plans.some(({ plan }) => plan.lists[0]!.first.members.length > 2)]).toEqual([
      true,
      true,
    ]);
  });

  it("run as under real bash", async () => {
    const { differences, programsRun } = await compareWithBash(fixture, rendered(renderPlan, 500));
    expect(differences).toEqual([]);
    expect(programsRun).toBeGreaterThan(1500);
  }, 120_000);
});

describe("a planted quoting bug is found by the same comparison", () => {
  it.each<[string, (plan: Plan) => string]>([
    ["quotes inside quotes are not escaped", (plan) => renderPlan(plan).replaceAll("'\\''", "'")],
    ["empty arguments are dropped", (plan) => renderPlan(plan).replaceAll(" ''", " ")],
    ["escapes lose their meaning", (plan) => renderPlan(plan).replaceAll("$'", "'")],
    ["newlines become blanks", (plan) => renderPlan(plan).replaceAll("\n", " ")],
    ["&& becomes ;", (plan) => renderPlan(plan).replaceAll(" && ", " ; ")],
    ["errors are joined after the output was dropped", (plan) => renderPlan(plan).replaceAll("2>&1 >/dev/null", ">/dev/null 2>&1")],
  ])(
    "%s",
    async (_, render) => {
      expect((await compareWithBash(fixture, rendered(render, 25))).differences).not.toEqual([]);
    },
    60_000,
  );
});

describe("500 generated texts", () => {
  const scanned = fc
    .sample(generatedText, { seed: SEED, numRuns: 500 })
    .map((generated) => ({ ...generated, plan: scan(generated.text).plan }));
  const runnable = scanned.flatMap(({ text, stubs, plan }) => (plan === undefined ? [] : [{ text, stubs, plan }]));

  it("are mostly runnable", () => {
    expect(runnable.length).toBeGreaterThan(350);
  });

  it("give plans that run as the text does under real bash", async () => {
    const { differences, programsRun } = await compareWithBash(fixture, runnable);
    expect(differences).toEqual([]);
    expect(programsRun).toBeGreaterThan(500);
  }, 120_000);

  it("give plans that come back from their rendered text", () => {
    expect(
      runnable.filter(({ plan }) => JSON.stringify(scan(renderPlan(plan)).plan) !== JSON.stringify(plan)).map(({ text }) => text),
    ).toEqual([]);
  });
});
