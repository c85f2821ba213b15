// Whatever the text and whatever the author answers: same answers, same runbook; nothing runs that the source does not hold.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import { applyAnswers } from "./apply-answers.ts";
import type { Answer, AnsweredRunbook, Question } from "./question.ts";

const LINES = [
  "1. Check the logs.",
  "1. Check the logs of the cart service.",
  "1. Restart the service.",
  "1. Look: `df -h`",
  "1. Delete it: `kubectl delete pod <pod> -n <team>`",
  "1. Log in: `ssh db-<number>`",
  "1. If the disk is full, go to step 2.",
  "1. Repeat step 1.",
  "   This triggers a `chef-client --once` run.",
  "   The job calls `pg_dump <base>` every night.",
  "\nEvery hour a `certbot renew --quiet` job is started by `systemctl start certbot`.\n",
  "\n## Mitigation\n",
  "\n## Rollback\n",
  "- `rm -rf /var/cache/$TEAM`",
] as const;

const runbooks = fc
  .array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 14 })
  .map((lines) => ({ text: `# T\n\n${lines.join("\n")}\n` }))
  .map(({ text }) => ({ text, result: parseRunbook(text) }))
  .filter(({ result }) => result.ok);

const parse = (text: string): AnsweredRunbook => {
  const result = parseRunbook(text);
  if (!result.ok) throw new Error("nothing found");
  return result.runbook;
};

/** Sets loose mentions between the steps, where the parser of today puts few. */
const loosen = (runbook: AnsweredRunbook, loose: readonly boolean[]): AnsweredRunbook => ({
  ...runbook,
  mentions: runbook.mentions.map((mention, index) => (loose[index] === true ? { ...mention, step_order: null } : mention)),
});

interface Draw {
  readonly answered: readonly boolean[];
  readonly yes: readonly boolean[];
  readonly words: readonly string[];
}
const draws = fc.record({
  answered: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
  yes: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
  words: fc.array(fc.string({ minLength: 1 }), { minLength: 20, maxLength: 20 }),
});

const answer = (question: Question, index: number, { yes, words }: Draw): Answer => {
  const text = words[index % 20] ?? "";
  if (question.kind === "ambiguity") return { kind: "ambiguity", key: question.key, text };
  if (question.kind === "mention") return { kind: "mention", key: question.key, accepted: yes[index % 20] ?? false };
  return { kind: "variable", key: question.key, source: "runtime", description: text };
};

const answersTo = (runbook: AnsweredRunbook, draw: Draw): readonly Answer[] =>
  applyAnswers(runbook, []).questions.flatMap((question, index) =>
    draw.answered[index % 20] === true ? [answer(question, index, draw)] : [],
  );

const cases = fc.record({ document: runbooks, draw: draws, loose: fc.array(fc.boolean(), { maxLength: 4 }) });

describe("answers", () => {
  it("applied twice are applied once", () => {
    fc.assert(
      fc.property(cases, ({ document, draw, loose }) => {
        const base = loosen(parse(document.text), loose);
        const answers = answersTo(base, draw);
        const once = applyAnswers(base, answers);
        const twice = applyAnswers(once.runbook, answers);
        expect(twice.runbook).toEqual(once.runbook);
        expect(twice.stale).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("stay when lines are inserted above, and give the same runbook further down", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 9 }), ({ document, draw }, shift) => {
        const base = parse(document.text);
        const answers = answersTo(base, draw);
        const here = applyAnswers(base, answers);
        const moved = applyAnswers(parse(`${"\n".repeat(shift)}${document.text}`), answers);
        expect(moved.stale).toEqual([]);
        expect(moved.questions).toEqual(
          here.questions.map((question) => ({
            ...question,
            line: question.line + shift,
            ...("end_line" in question ? { end_line: question.end_line + shift } : {}),
          })),
        );
        expect(moved.runbook.steps.map(({ commands, clarification }) => [commands.map(({ text }) => text), clarification])).toEqual(
          here.runbook.steps.map(({ commands, clarification }) => [commands.map(({ text }) => text), clarification]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("never change, drop or reorder a command of the source, and add none that it does not hold", () => {
    fc.assert(
      fc.property(cases, ({ document, draw, loose }) => {
        const base = loosen(parse(document.text), loose);
        const { runbook } = applyAnswers(base, answersTo(base, draw));
        const commands = runbook.steps.flatMap((step) => step.commands);
        const words = ({ text, verbatim, line, end_line }: (typeof commands)[number]) => ({ text, verbatim, line, end_line });
        expect(commands.filter(({ accepted }) => accepted !== true).map(words)).toEqual(
          base.steps.flatMap((step) => step.commands).map(words),
        );
        for (const command of commands.filter(({ accepted }) => accepted === true))
          expect(base.mentions.map(({ text, line }) => [text, line])).toContainEqual([command.text, command.line]);
        for (const step of runbook.steps)
          for (const command of step.commands) {
            const before = base.steps
              .flatMap((each) => each.commands)
              .find(({ line, text }) => line === command.line && text === command.text);
            if (before?.context !== undefined) expect(command.context).toBe(before.context);
          }
      }),
      { numRuns: 300 },
    );
  });

  it("keep steps numbered by place and every reference inside them", () => {
    fc.assert(
      fc.property(cases, ({ document, draw, loose }) => {
        const base = loosen(parse(document.text), loose);
        const { runbook, questions } = applyAnswers(base, answersTo(base, draw));
        expect(runbook.steps.map(({ order }) => order)).toEqual(runbook.steps.map((_, index) => index + 1));
        const originals = runbook.steps.filter((step) => !step.commands.some(({ accepted }) => accepted === true));
        const described = (order: number | null): string | undefined => runbook.steps[(order ?? 0) - 1]?.description;
        const describedBefore = (order: number | null): string | undefined => base.steps[(order ?? 0) - 1]?.description;
        expect(originals.length).toBeLessThanOrEqual(base.steps.length);
        expect(runbook.branches.map(({ step_order }) => described(step_order))).toEqual(
          base.branches.map(({ step_order }) => describedBefore(step_order)),
        );
        expect(runbook.branches.map(({ true_path = [] }) => true_path.map(described))).toEqual(
          base.branches.map(({ true_path = [] }) => true_path.map(describedBefore)),
        );
        expect(runbook.rollback.map(({ step_order }) => described(step_order))).toEqual(
          base.rollback.map(({ step_order }) => describedBefore(step_order)),
        );
        for (const question of questions)
          if (question.kind === "ambiguity")
            expect(base.ambiguities.map(({ step_order }) => describedBefore(step_order))).toContain(described(question.step_order));
      }),
      { numRuns: 300 },
    );
  });
});
