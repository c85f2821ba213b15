// Makes a command template readable for a shell parser: each placeholder is replaced by a word that stands for any literal.
// A template and the spellings of its placeholders go in; sample texts come out, with the way back from a verdict's words to the template's.
// A verdict on a sample is about the template only: the filled command is scanned again before anything runs.

import type { Inverse, PlanCommand, Plan, Reason, Span, Verdict } from "@dd0c/scanner";
import { findPlaceholders, type Placeholder } from "../runbook/index.ts";

export interface Sample {
  readonly text: string;
  /** The verdict in the words and offsets of the template. */
  readonly restore: (verdict: Verdict) => Verdict;
}

/** Placeholders that stand for a number, where a word would not be accepted. */
const NUMERIC =
  /^(?:n|nr|no|num|number|count|lines?|port|pid|secs?|seconds?|mins?|minutes?|hours?|days?|replicas?|size|limit|tail|interval|timeout|uid|gid|osd|\w+[_-](?:count|number|port|pid|seconds|minutes|replicas|size|limit))$/i;

const MAX_CHOICES = 8;

interface Hole {
  readonly placeholder: Placeholder;
  readonly value: string;
}

/**
 * @param placeholders - spellings that are filled with literals before the command runs; others are left as they stand
 * @returns one sample, or one per value of the first placeholder with choices (`<stop|start>`); the strictest verdict counts
 */
export function sampleTemplate(command: string, placeholders: readonly string[]): readonly Sample[] {
  const known = new Set(placeholders);
  const found = known.size === 0 ? [] : findPlaceholders(command, "shell", known).filter((placeholder) => known.has(placeholder.text));
  const chosen = found.find((placeholder) => placeholder.choices !== undefined && placeholder.choices.length <= MAX_CHOICES);
  const values = chosen === undefined ? [null] : (chosen.choices ?? [null]);
  return values.map((value) =>
    makeSample(
      command,
      found.map((placeholder, index) => ({
        placeholder,
        value: placeholder.text === chosen?.text && value !== null ? value : sampleValue(placeholder.name, index),
      })),
    ),
  );
}

/** Unlikely enough to be found again in the verdict's words. */
function sampleValue(name: string, index: number): string {
  return NUMERIC.test(name) ? `7${String(index).padStart(2, "0")}319` : `zqv${index}zq`;
}

function makeSample(command: string, holes: readonly Hole[]): Sample {
  const offsets: number[] = [];
  let text = "";
  let from = 0;
  const copy = (piece: string, at: (index: number) => number): void => {
    for (let index = 0; index < piece.length; index++) offsets.push(at(index));
    text += piece;
  };
  for (const { placeholder, value } of holes) {
    const start = from;
    copy(command.slice(from, placeholder.start), (index) => start + index);
    copy(value, () => placeholder.start);
    from = placeholder.end;
  }
  const rest = from;
  copy(command.slice(rest), (index) => rest + index);
  offsets.push(command.length);
  return { text, restore: (verdict) => restoreVerdict(verdict, holes, offsets) };
}

type Words = (text: string) => string;

function restoreVerdict(verdict: Verdict, holes: readonly Hole[], offsets: readonly number[]): Verdict {
  if (holes.length === 0) return verdict;
  const words: Words = (text) => holes.reduce((rest, { placeholder, value }) => rest.replaceAll(value, placeholder.text), text);
  const end = offsets.at(-1) ?? 0;
  const span = ({ start, end: last }: Span): Span => ({ start: offsets[start] ?? end, end: offsets[last] ?? end });
  return {
    ...verdict,
    reasons: verdict.reasons.map((reason) => restoreReason(reason, words, span)),
    targets: verdict.targets.map((target) => ({
      ...target,
      name: words(target.name),
      ...(target.namespace === undefined ? {} : { namespace: words(target.namespace) }),
    })),
    ...(verdict.inverse === undefined ? {} : { inverse: restoreInverse(verdict.inverse, words) }),
    ...(verdict.plan === undefined ? {} : { plan: restorePlan(verdict.plan, words) }),
  };
}

function restoreReason(reason: Reason, words: Words, span: (span: Span) => Span): Reason {
  const { saferAlternative } = reason;
  const restored = { ...reason, span: span(reason.span), message: words(reason.message) };
  return saferAlternative === undefined ? restored : { ...restored, saferAlternative: words(saferAlternative) };
}

function restoreInverse(inverse: Inverse, words: Words): Inverse {
  const command = words(inverse.command);
  return inverse.kind === "command" ? { kind: "command", command } : { kind: "capture", capture: words(inverse.capture), command };
}

function restorePlan(plan: Plan, words: Words): Plan {
  const command = (each: PlanCommand): PlanCommand => ({
    ...each,
    argv: each.argv.map(words),
    env: each.env.map(([name, value]) => [name, words(value)]),
    stdin: each.stdin.kind === "text" ? { kind: "text", text: words(each.stdin.text) } : each.stdin,
  });
  return {
    lists: plan.lists.map(({ first, rest }) => ({
      first: { members: first.members.map(command) },
      rest: rest.map(({ op, pipeline }) => ({ op, pipeline: { members: pipeline.members.map(command) } })),
    })),
  };
}
