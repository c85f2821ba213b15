// Reads the commands of a paragraph for the walk: those that are wanted come back, the rest is kept as mentions for the author to decide.
// Lines go in; the walk gets mentions and warnings. What the text advises against is neither.

import { findCommands } from "../commands/find-commands.ts";
import { speaksToModel } from "../commands/forbidding.ts";
import type { PlacedCommand } from "../commands/statement.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import { adviseAgainst, isRefused, type Walk } from "./walk.ts";

const UNSURE = "It is not clear that this is to be run.";

/** Sure enough to be run with the step whose text holds it. */
export function isSure(command: PlacedCommand): boolean {
  return command.confidence >= 0.7;
}

export function readProse(
  walk: Walk,
  lines: readonly SourceLine[],
  isWanted: (command: PlacedCommand) => boolean = isSure,
): readonly PlacedCommand[] {
  const { commands, advisedAgainst, mentions } = findCommands(lines);
  adviseAgainst(walk, advisedAgainst);
  if (isRefused(walk)) {
    adviseAgainst(
      walk,
      commands.map(({ line }) => line),
    );
    return [];
  }
  if (speaksToModel(joinText(lines))) {
    const [line] = rangeOf(lines);
    walk.warnings.push({
      code: "SPEAKS_TO_A_MODEL",
      message: "This passage gives orders to whoever reads the page by machine; it is no step.",
      line,
    });
    return [];
  }
  const unsure = commands.filter((command) => !isWanted(command));
  walk.mentions.push(...mentions, ...unsure.map((command) => ({ command, reason: UNSURE })));
  return commands.filter(isWanted);
}
