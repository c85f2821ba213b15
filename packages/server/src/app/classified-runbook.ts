// A parsed runbook goes in, its commands come out in the order they would run, each classified in its context.
// One entry per command line: the unit that is gated. Steps without a command have none here; counts name them as manual.
import type { Classification, ParsedRunbook, RunbookStep } from "@dd0c/core";
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

/** "4" for the only command of step 4, else "4a", "4b", ... "4z", "4aa". */
export function commandLabel(order: number, index: number, commands: number): string {
  if (commands <= 1) return String(order);
  let letters = "";
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(97 + (rest % 26)) + letters;
  return `${order}${letters}`;
}

const neighboursOf = (steps: readonly RunbookStep[], position: number): readonly string[] =>
  [steps[position - 1], steps[position + 1]].flatMap((step) => step?.description ?? []);

/** Classifies every command of the runbook, as one batch. @throws AppError PARTY_MODE_ACTIVE */
export function classifyRunbook(guard: ScannerGuard, parsed: ParsedRunbook, extent: Extent): Promise<readonly ClassifiedLine[]> {
  const texts = parsed.steps.flatMap((step) => step.commands.map(({ text }) => text));
  return guard.batch(texts, extent, (judge) => classifyLines(judge, parsed));
}

async function classifyLines(judge: ScannerGuard["scan"], parsed: ParsedRunbook): Promise<readonly ClassifiedLine[]> {
  const lines: ClassifiedLine[] = [];
  const placeholders = parsed.variables.flatMap((variable) => variable.placeholders);
  for (const [position, step] of parsed.steps.entries()) {
    const around = { description: step.description, section: step.section, neighbours: neighboursOf(parsed.steps, position), placeholders };
    for (const [commandIndex, { text }] of step.commands.entries()) {
      const { verdict, classification } = await classifyWith(judge, { command: text, ...around });
      const label = commandLabel(step.order, commandIndex, step.commands.length);
      lines.push({ label, stepOrder: step.order, commandIndex, command: text, verdict, classification });
    }
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
