// A parsed runbook goes in, its commands come out in the order they would run, each classified in its context.
// One entry per command line: the unit that is gated. Steps without a command have none here; counts name them as manual.
import {
  type AdvisorAnswer,
  type AnsweredRunbook,
  type Classification,
  type CommandContextEntry,
  commandLabel,
  invariant,
  type ParsedRunbook,
  type StepContext,
  stepContexts,
  scannedTexts,
} from "@dd0c/core";
import type { Risk, Verdict } from "@dd0c/scanner";
import { classifyWith } from "./classify-command.ts";
import type { Extent, ScannerGuard } from "./scanner-guard.ts";

export interface ClassifiedLine {
  readonly label: string;
  readonly stepOrder: number;
  readonly commandIndex: number;
  readonly command: string;
  readonly verdict: Verdict;
  readonly classification: Classification;
}

export type RiskCounts = Readonly<Record<Risk | "manual", number>>;

/** Asks the advisors beside the built-in one: an answer per context in order, or none at all where there is no such advisor. */
export type AskAdvisor = (contexts: readonly StepContext[]) => Promise<readonly AdvisorAnswer[]>;

const nobody: AskAdvisor = async () => [];

/**
 * Classifies every command of the runbook, as one batch; the advisor is asked before it.
 * @param answered - the same runbook with its author's answers: a command that was there before is judged among the words it had before,
 *   so that no answer can lower a risk; one that an answer added, among those it has now
 * @throws AppError PARTY_MODE_ACTIVE
 */
export async function classifyRunbook(
  guard: ScannerGuard,
  parsed: ParsedRunbook,
  extent: Extent,
  answered: AnsweredRunbook = parsed,
  askAdvisor: AskAdvisor = nobody,
): Promise<readonly ClassifiedLine[]> {
  const placed = placeContexts(parsed, answered);
  const contexts = placed.map(({ context }) => context);
  const opinions = await askAdvisor(contexts);
  invariant(opinions.length === 0 || opinions.length === contexts.length, "an advisor answers every command or none");
  return guard.batch(
    contexts.flatMap(({ command }) => scannedTexts(command)),
    extent,
    (judge) => classifyLines(judge, answered, placed, opinions),
  );
}

function placeContexts(parsed: ParsedRunbook, answered: AnsweredRunbook): readonly CommandContextEntry[] {
  const before = stepContexts(parsed).values();
  return stepContexts(answered).map((entry) => {
    if (answered.steps[entry.stepOrder - 1]?.commands[entry.commandIndex]?.accepted === true) return entry;
    const own = before.next().value;
    invariant(own?.context.command === entry.context.command, "answers keep the commands of a runbook");
    return { ...entry, context: own.context };
  });
}

async function classifyLines(
  judge: ScannerGuard["scan"],
  answered: ParsedRunbook,
  placed: readonly CommandContextEntry[],
  opinions: readonly AdvisorAnswer[],
): Promise<readonly ClassifiedLine[]> {
  const lines: ClassifiedLine[] = [];
  for (const [index, { stepOrder, commandIndex, context }] of placed.entries()) {
    const opinion = opinions[index];
    const { verdict, classification } = await classifyWith(judge, context, opinion === undefined ? [] : [opinion]);
    const label = commandLabel(stepOrder, commandIndex, answered.steps[stepOrder - 1]?.commands.length ?? 1);
    lines.push({ label, stepOrder, commandIndex, command: context.command, verdict, classification });
  }
  return lines;
}

export function countRisks(parsed: ParsedRunbook, risks: readonly Risk[]): RiskCounts {
  const counts = {
    safe: 0,
    caution: 0,
    unknown: 0,
    dangerous: 0,
    manual: parsed.steps.filter((step) => step.commands.length === 0).length,
  };
  for (const risk of risks) counts[risk] += 1;
  return counts;
}
