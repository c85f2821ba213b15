// Pieces of output in, an ordered list per step out. Pieces come live and from a fetch of what was earlier, in any overlap:
// (step, stream, offset) is their identity. Bounded: a page keeps the newest MAX_CHARACTERS per step and says what it left out.
import type { WireOutputChunk } from "@dd0c/protocol/http";

export const MAX_CHARACTERS = 400_000;

/** `dropped`: characters of older output that the page no longer holds; the record on the server is complete. */
export interface StepOutput {
  readonly chunks: readonly WireOutputChunk[];
  readonly characters: number;
  readonly dropped: number;
}

export const EMPTY_OUTPUT: StepOutput = { chunks: [], characters: 0, dropped: 0 };

const identity = (chunk: WireOutputChunk): string => `${chunk.stream}:${chunk.offset}`;

const bounded = (chunks: readonly WireOutputChunk[], dropped: number): StepOutput => {
  let characters = chunks.reduce((sum, chunk) => sum + chunk.text.length, 0);
  let from = 0;
  let lost = dropped;
  while (characters > MAX_CHARACTERS && from < chunks.length - 1) {
    const length = chunks[from]?.text.length ?? 0;
    characters -= length;
    lost += length;
    from += 1;
  }
  return { chunks: from === 0 ? chunks : chunks.slice(from), characters, dropped: lost };
};

/** Live pieces go to the end; those already known change nothing (the same object comes back). */
export const appendOutput = (output: StepOutput, arrived: readonly WireOutputChunk[]): StepOutput => {
  const known = new Set(output.chunks.map(identity));
  const fresh = arrived.filter((chunk) => {
    const id = identity(chunk);
    if (known.has(id)) return false;
    known.add(id);
    return true;
  });
  return fresh.length === 0 ? output : bounded([...output.chunks, ...fresh], output.dropped);
};

/** The fetched history comes first, what arrived live and is not in it after that. */
export const mergeHistory = (output: StepOutput, history: readonly WireOutputChunk[]): StepOutput =>
  appendOutput(appendOutput({ ...EMPTY_OUTPUT, dropped: 0 }, history), output.chunks);
