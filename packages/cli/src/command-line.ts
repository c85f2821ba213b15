// What every command of the terminal gets and how it says that it was called wrongly.
import { parseArgs, type ParseArgsConfig } from "node:util";

export interface CommandLine {
  /** Words after the command's name. */
  readonly args: readonly string[];
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
}

/** Wrong usage: the message says what was wrong; `dd0c` adds where help is and exits with 2. */
export class UsageError extends Error {}

/** Options and words in any order; an unknown option is wrong usage. */
export const readOptions = <const O extends NonNullable<ParseArgsConfig["options"]>>(args: readonly string[], options: O) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** Waits where the reader is slower than we are. */
export const write = (stream: NodeJS.WritableStream, text: string): Promise<void> =>
  stream.write(text) ? Promise.resolve() : new Promise((resolve) => stream.once("drain", () => resolve()));
