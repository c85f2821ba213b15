import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scan } from "../scan.ts";
import { type ExplainedPart, explain, outline } from "./explain.ts";

const nested = (text: string, part: ExplainedPart): unknown => ({
  [`${part.risk}: ${text.slice(part.span.start, part.span.end)}`]: part.parts.map((inner) => nested(text, inner)),
});
const outlineOf = (text: string): unknown => nested(text, explain(text, scan(text).reasons));
const reasonsIn = (part: ExplainedPart): number => part.reasons.length + part.parts.reduce((sum, inner) => sum + reasonsIn(inner), 0);

describe("explain", () => {
  it("puts the option under its command and the command under the text", () => {
    expect(outlineOf("tail -f log | grep x")).toEqual({
      "caution: tail -f log | grep x": [{ "caution: tail -f log": [{ "caution: -f": [] }] }, { "safe: grep x": [] }],
    });
  });

  it("shows what a wrapper runs inside the wrapper", () => {
    expect(outlineOf("sudo rm -rf /srv/x")).toEqual({
      "dangerous: sudo rm -rf /srv/x": [{ "dangerous: rm -rf /srv/x": expect.any(Array) as unknown }],
    });
  });

  it("shows a substitution where it stands", () => {
    const text = "echo a $(rm -r /srv/x) b";
    expect(JSON.stringify(outlineOf(text))).toContain("dangerous: rm -r /srv/x");
  });

  it("lists the same parts with their depth", () => {
    const text = "tail -f log | grep x";
    const { reasons } = scan(text);
    const lines = outline(text, reasons).map(({ span, depth, reasons: own }) => [
      depth,
      text.slice(span.start, span.end),
      own.map((at) => reasons[at]?.ruleId),
    ]);
    expect(lines).toEqual([
      [0, text, []],
      [1, "tail -f log", ["tail"]],
      [2, "-f", ["tail.-f"]],
      [1, "grep x", ["grep"]],
    ]);
  });

  it("keeps every reason exactly once, in parts that lie inside each other", () => {
    const word = fc.constantFrom("ls", "-la", "|", ";", "rm", "$(", ")", "'x'", ">", "f", "sudo", "kubectl", "get", "-w", "&&", '"$y"');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join(" ");
        const verdict = scan(text);
        const tree = explain(text, verdict.reasons);
        expect(reasonsIn(tree)).toBe(verdict.reasons.length);
        expect(tree.risk).toBe(verdict.risk);
        const visit = (part: ExplainedPart): void => {
          for (const inner of part.parts) {
            expect(inner.span.start).toBeGreaterThanOrEqual(part.span.start);
            expect(inner.span.end).toBeLessThanOrEqual(part.span.end);
            visit(inner);
          }
        };
        visit(tree);
      }),
    );
  });
});
