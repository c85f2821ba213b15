// What a person reads about looking before a step: what it would touch in numbers, which reads would tell, why an approval lapsed. Pure.
import { describeRadius, type LookFailure, type PreparedStep, type StepState } from "@dd0c/core";
import { visibleLine } from "./paint.ts";
import type { CardView } from "./step-card.ts";
import { labelled, labelledCommand } from "./wrap.ts";

const why: Readonly<Record<LookFailure, string>> = {
  failed: "the command that looks failed",
  timed_out: "the command that looks did not end in time",
  refused: "the command that looks was not run",
  outcome_unknown: "nobody knows how the command that looks ended",
  unreadable: "its output is not what was expected",
  masked: "its output had a secret in it",
  not_permitted: "it was no longer allowed to run",
  agent_away: "the agent was not connected",
};

const notLooked = ({ looks }: PreparedStep, { width }: CardView): readonly string[] => [
  ...labelled("touches", "Not looked at. Looking first would run:", width),
  ...(looks ?? []).flatMap(({ command }) => labelledCommand("", command)),
];

/** After a look: the number, the first names, when, and the command that looked. */
export const lookLines = (prepared: PreparedStep, view: CardView): readonly string[] => {
  const { width } = view;
  if (prepared.looks === undefined || prepared.notRunnable !== null) return [];
  if (prepared.looked === undefined) return notLooked(prepared, view);
  return prepared.looked.flatMap(({ purpose, command, radius, failure, atMs }) => {
    if (purpose === "capture") return failure === null ? [] : labelled("undo", `What it was before is not known: ${why[failure]}.`, width);
    if (radius === null) return labelled("touches", `Not known: ${why[failure ?? "unreadable"]}.`, width);
    const rest = radius.count > radius.sample.length ? ", ..." : "";
    return [
      ...labelled("touches", `${visibleLine(describeRadius(radius))}, counted at ${clock(atMs)} and once more before it runs`, width),
      ...(radius.sample.length === 0 ? [] : labelled("", `${radius.sample.map(visibleLine).join(", ")}${rest}`, width)),
      ...labelledCommand("by", command),
    ];
  });
};

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** Above the card that is asked about again. */
export const lapseLines = ({ lapse }: Pick<StepState, "lapse">, { width, paint }: CardView): readonly string[] => {
  if (lapse === undefined) return [];
  const before = describeRadius(lapse.before);
  const now = lapse.now === null ? "could not be counted once more" : `is ${describeRadius(lapse.now)} now`;
  return labelled("lapsed", `NOT RUN: it was ${before} when you approved, and ${now}. Decide again.`, width).map((line) =>
    paint.error(line),
  );
};
