import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import type { RunbookBranch } from "../types.ts";
import { applyAnswers } from "./apply-answers.ts";
import type { Answer, AnsweredRunbook } from "./question.ts";

function parse(text: string): AnsweredRunbook {
  const result = parseRunbook(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.runbook;
}

const TEXT = `# Cart is slow

1. Check the logs.
2. Restart it: \`systemctl restart cart\`
   This triggers a \`chef-client --once\` run.
3. Delete the pod: \`kubectl delete pod <pod> -n <team>\`
`;

const LOGS = 'ambiguity:unclear: "check the logs" in: check the logs';
const CHEF = "mention:chef-client --once";

describe("questions", () => {
  it("are vague instructions, mentions and variables, by line, with keys that hold no line", () => {
    const { questions, stale, runbook } = applyAnswers(parse(TEXT), []);
    expect(questions).toEqual([
      {
        kind: "ambiguity",
        key: LOGS,
        step_order: 1,
        line: 3,
        issue: 'Unclear: "Check the logs"',
        suggestion: "Which logs, where, and what to look for?",
        answer: null,
      },
      {
        kind: "mention",
        key: CHEF,
        step_order: 2,
        line: 5,
        text: "chef-client --once",
        confidence: 0.2,
        reason: "The sentence talks about this command.",
        answer: null,
      },
      {
        kind: "variable",
        key: "variable:pod",
        line: 6,
        name: "pod",
        placeholder: "<pod>",
        read: { source: "alert", field: "pod" },
        optional: true,
        answer: null,
      },
      {
        kind: "variable",
        key: "variable:team",
        line: 6,
        name: "team",
        placeholder: "<team>",
        read: { source: "manual" },
        optional: false,
        answer: null,
      },
    ]);
    expect(stale).toEqual([]);
    expect(runbook).toEqual(parse(TEXT));
  });
});

describe("applyAnswers", () => {
  it("puts a clarification on its step and keeps the question, answered", () => {
    const { runbook, questions } = applyAnswers(parse(TEXT), [{ kind: "ambiguity", key: LOGS, text: "journalctl of cart, for OOM" }]);
    expect(runbook.steps.map(({ clarification }) => clarification)).toEqual(["journalctl of cart, for OOM", undefined, undefined]);
    expect(runbook.ambiguities.map(({ clarification }) => clarification)).toEqual(["journalctl of cart, for OOM"]);
    expect(questions[0]).toMatchObject({ key: LOGS, answer: "journalctl of cart, for OOM" });
  });

  it("makes an accepted mention a command of the step that mentions it, at its place", () => {
    const { runbook } = applyAnswers(parse(TEXT), [{ kind: "mention", key: CHEF, accepted: true }]);
    expect(runbook.steps[1]).toMatchObject({
      order: 2,
      command: "systemctl restart cart",
      commands: [
        { text: "systemctl restart cart", line: 4 },
        { text: "chef-client --once", line: 5, accepted: true },
      ],
    });
    expect(runbook.mentions).toEqual([{ ...parse(TEXT).mentions[0], accepted: true }]);
  });

  it("leaves the steps alone when a mention is refused, and remembers it", () => {
    const { runbook, questions } = applyAnswers(parse(TEXT), [{ kind: "mention", key: CHEF, accepted: false }]);
    expect(runbook.steps).toEqual(parse(TEXT).steps);
    expect(questions.find(({ key }) => key === CHEF)).toMatchObject({ answer: false });
  });

  it("replaces what the parser thought of a variable; choices and secrecy stay", () => {
    const base = parse("1. Log in: `vault login <token>`\n2. Do it: `systemctl <stop|start> cart`\n");
    const { runbook } = applyAnswers(base, [
      { kind: "variable", key: "variable:token", source: "alert", field: "labels.token", description: "From the page" },
      { kind: "variable", key: `variable:${base.variables[1]?.name ?? ""}`, source: "runtime" },
    ]);
    expect(base.variables).toMatchObject([{ secret: true }, { choices: ["stop", "start"], source: "manual" }]);
    expect(runbook.variables).toEqual([
      { ...base.variables[0], source: "alert", field: "labels.token", description: "From the page" },
      { ...base.variables[1], source: "runtime" },
    ]);
  });

  const between: AnsweredRunbook = {
    ...parse("# T\n\n## A\n\n1. Look: `df -h`\n\n\n\n2. Then repeat step 1.\n3. Check the logs.\n"),
    mentions: [{ text: "lsblk <disk>", line: 7, confidence: 0.2, step_order: null, reason: "r" }],
    branches: [
      { condition: "c", kind: "if", step_order: 2, line: 9, after_step: 1, true_path: [2], false_path: [3] },
      { condition: "d", kind: "if", step_order: null, line: 1, after_step: 0 },
    ] satisfies readonly RunbookBranch[],
    rollback: [{ text: "umount /x", line: 10, step_order: 3 }],
  };

  it("makes a step of its own where no step mentions it; every reference follows", () => {
    const { runbook, questions } = applyAnswers(between, [{ kind: "mention", key: "mention:lsblk <disk>", accepted: true }]);
    expect(runbook.steps.map(({ order, description, refers_to }) => [order, description, refers_to])).toEqual([
      [1, "Look", undefined],
      [2, "lsblk <disk>", undefined],
      [3, "Then repeat step 1.", [1]],
      [4, "Check the logs.", undefined],
    ]);
    expect(runbook.steps[1]).toEqual({
      order: 2,
      description: "lsblk <disk>",
      command: "lsblk <disk>",
      commands: [{ text: "lsblk <disk>", line: 7, accepted: true }],
      expected_output: null,
      rollback_command: null,
      section: "A",
      section_kind: null,
      kind: "command",
      source_lines: [7, 7],
      variables_used: ["disk"],
    });
    expect(runbook.branches).toEqual([
      { condition: "c", kind: "if", step_order: 3, line: 9, after_step: 1, true_path: [3], false_path: [4] },
      { condition: "d", kind: "if", step_order: null, line: 1, after_step: 0 },
    ]);
    expect(runbook.rollback).toEqual([{ text: "umount /x", line: 10, step_order: 4 }]);
    expect(runbook.ambiguities.map(({ step_order }) => step_order)).toEqual([4]);
    expect(runbook.mentions.map(({ step_order }) => step_order)).toEqual([2]);
    expect(runbook.variables.map(({ name }) => name)).toEqual(["disk"]);
    expect(questions.map(({ kind, line }) => [kind, line])).toEqual([
      ["mention", 7],
      ["variable", 7],
      ["ambiguity", 10],
    ]);
  });

  it("moves what a step verifies and where a value is read off", () => {
    const [look, then, check] = between.steps;
    if (look === undefined || then === undefined || check === undefined) throw new Error("three steps");
    const pid = { name: "pid", placeholder: "<pid>", placeholders: ["<pid>"], source: "runtime", from_step: 2, line: 9 } as const;
    const linked: AnsweredRunbook = { ...between, steps: [look, then, { ...check, verifies: 2 }], variables: [pid] };
    const { runbook } = applyAnswers(linked, [{ kind: "mention", key: "mention:lsblk <disk>", accepted: true }]);
    expect([runbook.steps[3]?.verifies, runbook.variables[0]]).toEqual([3, { ...pid, from_step: 3 }]);
    const typed = applyAnswers(linked, [{ kind: "variable", key: "variable:pid", source: "manual" }]);
    expect(typed.runbook.variables).toEqual([{ name: "pid", placeholder: "<pid>", placeholders: ["<pid>"], source: "manual", line: 9 }]);
  });

  it("keeps a value secret that an accepted command shows to be one", () => {
    const base: AnsweredRunbook = {
      ...parse("1. Look: `echo <value>`\n2. Check the logs.\n"),
      mentions: [{ text: "mysql --password <value>", line: 2, confidence: 0.2, step_order: 2, reason: "r" }],
    };
    expect(base.variables.map(({ secret }) => secret)).toEqual([undefined]);
    const { runbook } = applyAnswers(base, [{ kind: "mention", key: "mention:mysql --password <value>", accepted: true }]);
    expect(runbook.variables.map(({ name, secret }) => [name, secret])).toEqual([["value", true]]);
  });

  it("runs nothing here that stands behind an accepted way elsewhere, nor what is accepted behind one", () => {
    const behind: AnsweredRunbook = {
      ...parse("## A\n\n1. Log in: `ssh db-1`\n2. Look around.\n\n## B\n\n1. See it: `df -h`\n"),
      mentions: [
        { text: "systemctl restart db", line: 4, confidence: 0.2, step_order: 2, reason: "r" },
        { text: "kubectl exec -it pod -- sh", line: 7, confidence: 0.2, step_order: null, reason: "r" },
      ],
    };
    const answers: readonly Answer[] = behind.mentions.map(({ text }) => ({ kind: "mention", key: `mention:${text}`, accepted: true }));
    expect(applyAnswers(behind, answers).runbook.steps.map(({ commands }) => commands.map(({ text, context }) => [text, context]))).toEqual(
      [[["ssh db-1", undefined]], [["systemctl restart db", "remote"]], [["kubectl exec -it pod -- sh", "remote"]], [["df -h", undefined]]],
    );
    const own = applyAnswers({ ...behind, steps: behind.steps.map((step) => ({ ...step, section: "A" })) }, answers.slice(1));
    expect(own.runbook.steps[3]?.commands).toMatchObject([{ text: "df -h", context: "remote" }]);
  });

  it("asks equal questions again when there are more or fewer of them: no answer slides to another step", () => {
    const twice = "1. Check the logs.\n2. Look: `df -h`\n3. Check the logs.\n";
    const [first, second] = applyAnswers(parse(twice), []).questions;
    const answers: readonly Answer[] = [
      { kind: "ambiguity", key: first?.key ?? "", text: "of the first" },
      { kind: "ambiguity", key: second?.key ?? "", text: "of the second" },
    ];
    expect(applyAnswers(parse(twice), answers).runbook.steps.map(({ clarification }) => clarification)).toEqual([
      "of the first",
      undefined,
      "of the second",
    ]);
    const once = applyAnswers(parse("1. Look: `df -h`\n2. Check the logs.\n"), answers);
    expect(once.runbook.steps.map(({ clarification }) => clarification)).toEqual([undefined, undefined]);
    expect(once.stale).toEqual(answers);
  });

  it("reports answers whose question is gone or is of another kind", () => {
    const stale: readonly Answer[] = [
      { kind: "ambiguity", key: "ambiguity:gone", text: "x" },
      { kind: "ambiguity", key: CHEF, text: "y" },
    ];
    const applied = applyAnswers(parse(TEXT), stale);
    expect({ stale: applied.stale, runbook: applied.runbook }).toEqual({ stale, runbook: parse(TEXT) });
  });

  it("takes the answer back when the mentioned command differs in one character", () => {
    const edited = parse(TEXT.replace("chef-client --once", "chef-client --daemonize"));
    const answer: Answer = { kind: "mention", key: CHEF, accepted: true };
    expect(applyAnswers(edited, [answer])).toMatchObject({ stale: [answer], runbook: { steps: edited.steps } });
  });
});
