import type { WireParsedStep, WirePreview, WireQuestion } from "@dd0c/protocol/http";
import { describe, expect, it } from "vitest";
import { arrangePreview, openQuestions } from "./arrange-preview.ts";

const step = (order: number, description: string, line: number, commands: WireParsedStep["commands"] = []): WireParsedStep => ({
  order,
  description,
  command: commands[0]?.text ?? null,
  commands,
  expected_output: null,
  rollback_command: null,
  section: null,
  section_kind: null,
  kind: "manual",
  source_lines: [line, line],
  variables_used: [],
});

const preview = (steps: WireParsedStep[], questions: WireQuestion[]): WirePreview => ({
  parsed: {
    title: "T",
    source_type: "markdown",
    parser_version: "1",
    steps,
    variables: [],
    prerequisites: [],
    branches: [],
    ambiguities: [],
    rollback: [],
    mentions: [],
    warnings: [],
  },
  commands: [],
  counts: { safe: 0, caution: 0, unknown: 0, dangerous: 0, manual: 0 },
  questions,
  stale_answer_keys: [],
  parser_version: "1",
  pattern_version: "1",
  parse_duration_ms: 1,
});

const mention = (text: string, line: number, stepOrder: number | null): WireQuestion => ({
  kind: "mention",
  key: `mention:${text}`,
  step_order: stepOrder,
  line,
  text,
  confidence: 0.2,
  reason: "r",
  answer: null,
});
const vague: WireQuestion = { kind: "ambiguity", key: "a", step_order: 2, line: 5, issue: "i", answer: null };
const variable = (name: string, optional: boolean): WireQuestion => ({
  kind: "variable",
  key: `variable:${name}`,
  line: 1,
  name,
  placeholder: `<${name}>`,
  read: { source: "manual" },
  optional,
  answer: null,
});

const arrange = (shown: WirePreview) => arrangePreview(shown, shown.commands);
const shape = (items: ReturnType<typeof arrangePreview>) =>
  items.map((item) => (item.kind === "step" ? [item.step.order, item.questions.map(({ key }) => key)] : item.question.text));

describe("arrangePreview", () => {
  it("puts questions beside their step, and loose mentions where they stand in the source", () => {
    const steps = [step(1, "a", 3), step(2, "b", 5), step(3, "c", 9)];
    const questions = [mention("first", 1, null), vague, mention("in two", 6, 2), mention("between", 7, null), mention("last", 12, null)];
    expect(shape(arrange(preview(steps, questions)))).toEqual(["first", [1, []], [2, ["a", "mention:in two"]], "between", [3, []], "last"]);
  });

  it("says the same of an item before and after its mention was accepted", () => {
    const asked = arrange(preview([step(1, "a", 3)], [mention("df -h", 7, null), mention("ls -l", 4, 1)]));
    const accepted = arrange(
      preview(
        [step(1, "a", 3, [{ text: "ls -l", line: 4, accepted: true }]), step(2, "df -h", 7, [{ text: "df -h", line: 7, accepted: true }])],
        [mention("df -h", 7, 2), mention("ls -l", 4, 1)],
      ),
    );
    expect(accepted.map(({ content }) => content)).toEqual(asked.map(({ content }) => content));
  });
});

describe("openQuestions", () => {
  it("counts what is needed and not answered yet", () => {
    const questions = [vague, variable("a", true), variable("b", false), mention("m", 1, null)];
    const open = openQuestions(preview([], questions), (key) => (key === "a" ? { kind: "ambiguity", key, text: "x" } : undefined));
    expect(open.map(({ key }) => key)).toEqual(["variable:b", "mention:m"]);
  });
});
