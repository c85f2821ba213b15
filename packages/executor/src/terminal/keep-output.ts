// Standard output kept whole for the engine, which counts in it or judges it. Chunks go in, the bytes come out; null once something is missing.
import type { OutputChunk } from "../read-output.ts";

export interface KeptOutput {
  readonly take: (chunk: OutputChunk) => Promise<void>;
  readonly bytes: () => Uint8Array | null;
  readonly text: () => string | null;
}

/** More than `maxBytes` is nothing: no part of an output is judged. */
export const keepOutput = (maxBytes = Number.POSITIVE_INFINITY): KeptOutput => {
  const parts: Uint8Array[] = [];
  let count = 0;
  let isWhole = true;
  const bytes = (): Buffer | null => (isWhole ? Buffer.concat(parts) : null);
  return {
    take: async (chunk) => {
      if (chunk.stream !== "stdout" || !isWhole) return;
      count += chunk.kind === "data" ? chunk.bytes.length : 0;
      isWhole = chunk.kind === "data" && count <= maxBytes;
      if (isWhole && chunk.kind === "data") parts.push(chunk.bytes);
      else parts.length = 0;
    },
    bytes,
    text: () => bytes()?.toString("utf8") ?? null,
  };
};
