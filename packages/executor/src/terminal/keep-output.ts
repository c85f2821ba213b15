// Standard output of a look-up, kept whole for the engine that counts in it. Chunks go in, the text comes out; null once something is missing.
import type { OutputChunk } from "../read-output.ts";

export interface KeptOutput {
  readonly take: (chunk: OutputChunk) => Promise<void>;
  readonly text: () => string | null;
}

export const keepOutput = (): KeptOutput => {
  const parts: Uint8Array[] = [];
  let isWhole = true;
  return {
    take: async (chunk) => {
      if (chunk.stream !== "stdout") return;
      if (chunk.kind === "data") parts.push(chunk.bytes);
      else isWhole = false;
    },
    text: () => (isWhole ? Buffer.concat(parts).toString("utf8") : null),
  };
};
