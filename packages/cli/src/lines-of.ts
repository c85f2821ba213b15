// Standard input goes in, its lines come out as they arrive: a program can ask line by line and is answered before it writes the next.
import type { CommandLine } from "./command-line.ts";

/** The complete lines of each piece that arrives; a last line needs no end. */
export async function* linesOf(stdin: CommandLine["stdin"]): AsyncGenerator<readonly string[]> {
  let rest = "";
  for await (const piece of stdin.setEncoding("utf8")) {
    const lines = (rest + String(piece)).split(/\r?\n/);
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest];
}
