// Output of a command while it runs, on the person's screen. Masked chunks of both streams go in, marked lines come out; nothing in them
// can steer the terminal.
import { StringDecoder } from "node:string_decoder";
import type { OutputChunk, OutputStream } from "../read-output.ts";
import { visible } from "./paint.ts";

const marks: Readonly<Record<OutputStream, string>> = { stdout: "  | ", stderr: "  ! " };

/** Colours are dropped, other escapes are shown; a carriage return begins a line of its own. */
// biome-ignore lint: the escape character is what is looked for
const plain = (text: string): string => visible(text.replace(/\u001b\[[0-9;]*m/g, "").replace(/\r\n?/g, "\n"));

export interface OutputPrinter {
  readonly take: (chunk: OutputChunk) => Promise<void>;
  /** What stands behind the last line end. */
  readonly end: () => Promise<void>;
}

/** @param say - prints whole lines */
export const printOutput = (say: (lines: readonly string[]) => Promise<void>): OutputPrinter => {
  const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  const rests = { stdout: "", stderr: "" };
  const put = async (stream: OutputStream, text: string): Promise<void> => {
    const lines = (rests[stream] + text).split("\n");
    rests[stream] = lines.pop() ?? "";
    if (lines.length > 0) await say(lines.map((line) => marks[stream] + plain(line.replace(/\r$/, ""))));
  };
  return {
    take: (chunk) =>
      put(chunk.stream, chunk.kind === "data" ? decoders[chunk.stream].write(chunk.bytes) : `\n[${chunk.omittedBytes} bytes left out]\n`),
    end: async () => {
      for (const stream of ["stdout", "stderr"] as const) {
        const rest = rests[stream] + decoders[stream].end();
        if (rest !== "") await say([marks[stream] + plain(rest)]);
      }
    },
  };
};
