// A runbook's text and a command that its author accepts go in, the text with the command at its end comes out: from then on it is a
// command of the source like any other. The fence is longer than any row of backticks in the command, so that nothing of it ends the block.

const longestTicks = (command: string): number => Math.max(0, ...[...command.matchAll(/`+/g)].map(([ticks]) => ticks.length));

export interface WrittenCommand {
  readonly text: string;
  /** First and last line of the command, 1-based. */
  readonly lines: readonly [first: number, last: number];
}

export const writeCommand = (text: string, command: string): WrittenCommand => {
  const fence = "`".repeat(Math.max(3, longestTicks(command) + 1));
  const before = `${text.replace(/\n+$/, "")}\n\n${fence}\n`;
  const first = before.split("\n").length;
  return { text: `${before}${command}\n${fence}\n`, lines: [first, first + command.split("\n").length - 1] };
};
