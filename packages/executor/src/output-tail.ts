// The end of an output stream, kept while it passes by. In: a callback for pieces. Out: the same callback, and the last masked bytes as text.

import type { OutputCallback } from "./read-output.ts";

const MAX_TAIL_BYTES = 4096;

export interface OutputTail {
  readonly emit: OutputCallback;
  text(): string;
}

export function outputTail(emit: OutputCallback): OutputTail {
  let tail = Buffer.alloc(0);
  return {
    emit: (chunk) => {
      if (chunk.kind === "data") tail = Buffer.concat([tail, chunk.bytes.subarray(-MAX_TAIL_BYTES)]).subarray(-MAX_TAIL_BYTES);
      return emit(chunk);
    },
    text: () => tail.toString("latin1"),
  };
}
