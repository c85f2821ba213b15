// Values fill placeholders as literal words or parts of words, and nothing else.
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { fillPlaceholders, type Placeholder } from "./fill-placeholders.ts";
import { loadSql } from "./load.ts";
import { scan } from "./scan.ts";

/** Placeholders spelled `<name>`. */
function holes(template: string): Placeholder[] {
  return [...template.matchAll(/<([a-z]+)>/g)].map((match) => ({
    span: { start: match.index, end: match.index + match[0].length },
    name: match[1] ?? "",
  }));
}

function fill(template: string, values: Record<string, string>): unknown {
  const filled = fillPlaceholders(template, holes(template), values);
  return filled.ok ? filled.text : filled.code;
}

beforeAll(() => loadSql());

vi.setConfig({ testTimeout: 60_000 });

describe("filling", () => {
  it.each<[string, Record<string, string>, string]>([
    ["kubectl get pods -n <ns>", { ns: "prod" }, "kubectl get pods -n prod"],
    ["kubectl get pods -n <ns>", { ns: "a b; rm -rf /" }, "kubectl get pods -n 'a b; rm -rf /'"],
    ["kubectl logs app-<id> -n '<ns>'", { id: "1", ns: "it's" }, "kubectl logs app-1 -n 'it'\\''s'"],
    ["kubectl get pod <pod>", { pod: "--kubeconfig=/tmp/x" }, "OPTION_VALUE"],
    ["kubectl get pod <pod>", {}, "MISSING_VALUE"],
    ["kubectl get pod <pod>", { pod: "" }, "EMPTY_VALUE"],
    ["kubectl get pod <pod>", { pod: "a\u202eb" }, "UNREADABLE_VALUE"],
    ["<tool> -rf /", { tool: "rm" }, "COMMAND_POSITION"],
    ["cat *.<ext>", { ext: "log" }, "NOT_RUNNABLE"],
    ["bash -c 'ls <dir>'", { dir: "/tmp" }, "CODE_VALUE"],
    ["bash -c 'ls <dir>'", { dir: "x; rm y" }, "TREE_CHANGED"],
    ["bash -c 'ls <dir>'", { dir: "tmp" }, "bash -c 'ls tmp'"],
    ["head -n <n> f", { n: "20" }, "head -n 20 f"],
    ["cat <<< <x>", { x: "a b" }, "cat <<<'a b'"],
  ])("%s with %j: %s", (template, values, expected) => {
    expect(fill(template, values)).toBe(expected);
  });

  it("refuses overlapping placeholders", () => {
    const span = { start: 0, end: 2 };
    expect(
      fillPlaceholders(
        "ls x",
        [
          { span, name: "a" },
          { span, name: "b" },
        ],
        { a: "x", b: "y" },
      ),
    ).toMatchObject({ ok: false, code: "BAD_PLACEHOLDER" });
  });

  it("never changes anything but the word", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const filled = fillPlaceholders("kubectl get pods -n prod x<v>y | wc -l", [{ span: { start: 25, end: 28 }, name: "v" }], {
          v: value,
        });
        if (!filled.ok) return;
        const members = filled.plan.lists[0]?.first.members.map((member) => member.argv);
        expect(members).toEqual([
          ["kubectl", "get", "pods", "-n", "prod", `x${value}y`],
          ["wc", "-l"],
        ]);
        expect(scan(filled.text).plan).toEqual(filled.plan);
      }),
      { numRuns: 1000 },
    );
  });
});
