// Makes steps of the mentions that the author accepted: in the step that mentions them, else as steps of their own where they stand.
// A runbook and which of its mentions to accept go in, the steps and the way from old to new step orders come out.
// It copies commands byte for byte; the context of a later command may only move away from "local", which keeps a human in the loop.

import { followContext } from "../meaning/context-switch.ts";
import type { CommandLanguage, RunbookStep } from "../types.ts";
import type { AnsweredCommand, AnsweredMention, AnsweredStep } from "./question.ts";

export interface AcceptedSteps {
  readonly steps: readonly AnsweredStep[];
  /** The order that a step of the input has now; 0 stays 0. */
  readonly orderNow: (before: number) => number;
  /** The order of the step that each accepted mention stands in now. */
  readonly orderOf: ReadonlyMap<AnsweredMention, number>;
}

interface Draft {
  readonly step: AnsweredStep;
  /** Before; null for a step that was not there. */
  readonly order: number | null;
  readonly holds: readonly AnsweredMention[];
}

export function acceptMentions(steps: readonly AnsweredStep[], accepted: readonly AnsweredMention[]): AcceptedSteps {
  const drafts = placeOwnSteps(steps, accepted);
  const ordersNow = new Map<number, number>([[0, 0]]);
  const orderOf = new Map<AnsweredMention, number>();
  for (const [index, { order, holds }] of drafts.entries()) {
    if (order !== null) ordersNow.set(order, index + 1);
    for (const mention of holds) orderOf.set(mention, index + 1);
  }
  const orderNow = (before: number): number => ordersNow.get(before) ?? before;
  const renumbered = drafts.map(({ step }, index) => renumber(step, index + 1, orderNow));
  return { steps: accepted.length === 0 ? renumbered : contextsAfter(renumbered), orderNow, orderOf };
}

function renumber(step: AnsweredStep, order: number, orderNow: (before: number) => number): AnsweredStep {
  return {
    ...step,
    order,
    ...(step.refers_to === undefined ? {} : { refers_to: step.refers_to.map(orderNow) }),
    ...(step.verifies === undefined ? {} : { verifies: orderNow(step.verifies) }),
  };
}

/** Every step with what it accepted, and the new ones between them by their line. */
function placeOwnSteps(steps: readonly AnsweredStep[], accepted: readonly AnsweredMention[]): readonly Draft[] {
  const orders = new Set(steps.map(({ order }) => order));
  const inStep = (mention: AnsweredMention): boolean => mention.step_order !== null && orders.has(mention.step_order);
  const loose = accepted.filter((mention) => !inStep(mention)).sort((a, b) => a.line - b.line);
  const drafts: Draft[] = [];
  for (const [index, step] of steps.entries()) {
    const before = loose.filter((mention) => mention.line < step.source_lines[0]);
    for (const mention of before) drafts.push(ownStep(loose.splice(loose.indexOf(mention), 1)[0] ?? mention, steps[index - 1], step));
    const holds = accepted.filter((mention) => mention.step_order === step.order);
    drafts.push({ step: holds.reduce(insertCommand, step), order: step.order, holds });
  }
  return [...drafts, ...loose.map((mention) => ownStep(mention, steps.at(-1), undefined))];
}

function ownStep(mention: AnsweredMention, before: RunbookStep | undefined, after: RunbookStep | undefined): Draft {
  const step: AnsweredStep = {
    order: 0,
    description: mention.text,
    command: mention.text,
    commands: [commandOf(mention, null)],
    expected_output: null,
    rollback_command: null,
    section: null,
    section_kind: null,
    kind: "command",
    source_lines: [mention.line, mention.end_line ?? mention.line],
    variables_used: [],
    ...(before === undefined || after === undefined ? {} : shared(before, after)),
  };
  return { step, order: null, holds: [mention] };
}

/** What both neighbours share holds for what stands between them; nothing else is known of it. */
function shared(before: RunbookStep, after: RunbookStep): Partial<AnsweredStep> {
  const { section, section_kind, condition, alternative } = before;
  const sameWay =
    alternative !== undefined && alternative.group === after.alternative?.group && alternative.label === after.alternative.label;
  return {
    ...(section === after.section ? { section, section_kind } : {}),
    ...(condition !== undefined && condition === after.condition ? { condition } : {}),
    ...(sameWay ? { alternative } : {}),
  };
}

function insertCommand(step: AnsweredStep, mention: AnsweredMention): AnsweredStep {
  const behind = step.commands.findIndex((command) => command.line > mention.line);
  const at = behind === -1 ? step.commands.length : behind;
  const commands = step.commands.toSpliced(at, 0, commandOf(mention, sharedLanguage(step)));
  return { ...step, command: commands[0]?.text ?? null, commands, kind: "command" };
}

/** A step of PowerShell or SQL mentions PowerShell or SQL. */
function sharedLanguage(step: AnsweredStep): CommandLanguage | null {
  const [first, ...rest] = new Set(step.commands.map(({ language }) => language ?? "shell"));
  return first === undefined || first === "shell" || rest.length > 0 ? null : first;
}

function commandOf({ text, verbatim, line, end_line }: AnsweredMention, language: CommandLanguage | null): AnsweredCommand {
  return {
    text,
    ...(verbatim === undefined ? {} : { verbatim }),
    line,
    ...(end_line === undefined ? {} : { end_line }),
    ...(language === null ? {} : { language }),
    accepted: true,
  };
}

/** An accepted `ssh host` opens a shell for what follows, and one after an `ssh host` runs in it. */
function contextsAfter(steps: readonly AnsweredStep[]): readonly AnsweredStep[] {
  const follower = followContext();
  let section: string | null = null;
  return steps.map((step) => {
    const isOwn = step.commands.every(({ accepted }) => accepted === true) && step.section === null;
    if (!isOwn && section !== step.section) follower.reset();
    if (!isOwn) section = step.section;
    return { ...step, commands: step.commands.map((command) => moveAway(command, follower.next(command.text))) };
  });
}

function moveAway(command: AnsweredCommand, followed: "local" | "remote" | "repl"): AnsweredCommand {
  return command.context !== undefined || followed === "local" ? command : { ...command, context: followed };
}
