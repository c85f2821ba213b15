// What a run would do, without doing it: every step with its command as far as values are known, its risk, the gate's answer and why.
// A runbook and options go in, lines come out. Nothing is executed and nothing is written.
import { type BranchTemplate, gate, governs, type Policy, type PreparedStep, scanTemplate, type VariableValue } from "@dd0c/core";
import type { Risk } from "@dd0c/scanner";
import { visible } from "@dd0c/executor/paint";
import { prepareTemplate } from "./prepare-line.ts";
import type { RunLine, RunMaterial } from "./run-material.ts";
import { type CardView, describeStep, labelled, labelledCommand, leavesOut, stepHeading } from "@dd0c/executor";

interface Forecast {
  readonly command: string;
  readonly risk: Risk;
  readonly notRunnable: string | null;
  readonly names: readonly string[];
  readonly rollback: string | null;
  readonly why: readonly string[];
}

export interface DryRun {
  readonly material: RunMaterial;
  readonly values: ReadonlyMap<string, VariableValue>;
  readonly policy: Policy;
  readonly cwd: string;
  readonly view: CardView;
}

export const dryRun = async (input: DryRun): Promise<readonly string[]> => {
  const { material, view } = input;
  const { width } = view;
  const lines: string[] = [];
  for (const { description } of material.runbook.prerequisites) lines.push(...labelled("confirm", description, width));
  const asked = new Set(input.values.keys());
  const told = new Set<BranchTemplate>();
  for (const [at, line] of material.lines.entries()) {
    const place = { at: at + 1, total: material.lines.length, section: line.step.section };
    lines.push(...stepHeading(line.template, place, view), ...describeStep(line.template.description, view));
    for (const branch of material.branches.filter((each) => governs(each, line.template))) {
      lines.push(...(told.has(branch) ? [] : decisionLines(branch, width)));
      told.add(branch);
    }
    for (const condition of line.conditions) lines.push(...labelled("only if", condition, width));
    lines.push(
      ...(line.template.command === null
        ? labelled("then", "You do it and report how it went.", width)
        : await showLine(input, line, asked)),
    );
  }
  return [...lines, ""];
};

/** Where the run stops at a decision: in front of the first step that hangs on it. */
const decisionLines = (branch: BranchTemplate, width: number): readonly string[] => [
  ...labelled("condition", branch.condition, width),
  ...labelled(
    "",
    `${branch.check === null ? "You answer it." : "Answered by what the step before printed; by you where that cannot be."} ${leavesOut(branch)}`,
    width,
  ),
];

const showLine = async (input: DryRun, line: RunLine, asked: Set<string>): Promise<readonly string[]> => {
  const { width, paint } = input.view;
  const open = line.variables.filter(({ name, secret }) => secret !== true && !asked.has(name)).map(({ name }) => name);
  for (const name of open) asked.add(name);
  const forecast = await forecastOf(input, line);
  return [
    ...(open.length === 0 ? [] : labelled("asks for", open.join(", "), width)),
    ...labelledCommand("command", forecast.command),
    `  ${"risk".padEnd(10)}${paint.risk(forecast.risk)}`,
    ...forecast.why.flatMap((reason, at) => labelled(at === 0 ? "why" : "", reason, width)),
    ...labelled("then", thenWhat(input.policy, forecast), width),
    ...undo(forecast, width),
  ];
};

const undo = ({ risk, rollback }: Forecast, width: number): readonly string[] => {
  if (risk === "safe") return [];
  return rollback === null
    ? labelled("undo", "There is no known way back: you are asked twice.", width)
    : labelledCommand("undo", rollback);
};

const thenWhat = (policy: Policy, { risk, notRunnable, names }: Forecast): string => {
  const answer = gate(risk, 2, policy, false, false);
  if (answer === "blocked" || answer === "suggest") return "It is blocked.";
  if (notRunnable !== null) return `By hand: ${notRunnable}`;
  if (answer === "auto") return "It runs by itself: proven to only read.";
  if (answer === "ask") return "It asks you before it runs.";
  const typed = names.length === 0 ? "the names of what it touches" : names.map((name) => visible(name)).join(" and ");
  return `It asks you to type ${typed} before it runs.`;
};

const forecastOf = async (input: DryRun, line: RunLine): Promise<Forecast> => {
  const { material, values, cwd } = input;
  const step = { stepExecutionId: "dry-run", attempt: 0, rollbackCommand: line.template.rollbackCommand, timeoutMs: null };
  const prepared = await prepareTemplate(step, line, material.runbook.variables, values, cwd);
  return prepared.notRunnable?.code === "MISSING_VALUE" ? fromSample(line, prepared, input) : fromPrepared(prepared);
};

const reasonsOf = (reasons: PreparedStep["reasons"]): readonly string[] => [
  ...new Set(reasons.filter(({ risk }) => risk !== "safe").map(({ message }) => message)),
];

const fromPrepared = ({ command, risk, notRunnable, targets, rollbackCommand, reasons }: PreparedStep): Forecast => ({
  command,
  risk,
  notRunnable: notRunnable?.message ?? null,
  names: targets.map(({ text }) => text),
  rollback: rollbackCommand,
  why: reasonsOf(reasons),
});

/** Values are missing: judged with sample words in their places, and judged again when they are there. */
const fromSample = (line: RunLine, prepared: PreparedStep, { material }: DryRun): Forecast => {
  const command = line.template.command ?? "";
  const verdict = scanTemplate(command, material.runbook.variables);
  return {
    command,
    risk: line.template.templateRisk ?? prepared.risk,
    notRunnable: verdict.plan === undefined ? (verdict.notRunnable?.message ?? "it has no plan") : null,
    names: [],
    rollback: line.template.rollbackCommand ?? (verdict.inverse?.kind === "command" ? verdict.inverse.command : null),
    why: reasonsOf(verdict.reasons),
  };
};
