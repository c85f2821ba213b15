// The end of a step's output: usually its end of file, but a daemon that the step started may hold the pipe for ever.
// In: both readers, after the last member has ended. Out: their summaries. It must never cut off bytes that are already in the pipe.

import type { OutputReader, StreamSummary } from "./read-output.ts";

const POLL_MS = 50;

export interface DrainedOutput {
  readonly summaries: readonly [stdout: StreamSummary, stderr: StreamSummary];
  /** Something still held a pipe when we stopped listening. */
  readonly wasHeld: boolean;
}

/** @param quietMs both streams have been read empty and have stayed silent for so long: stop listening */
export async function drainOutput(readers: readonly [OutputReader, OutputReader], quietMs: number): Promise<DrainedOutput> {
  let wasHeld = false;
  const since = performance.now();
  const timer = setInterval(() => {
    const quiet = Math.min(performance.now() - since, ...readers.map((reader) => reader.quietMs()));
    if (quiet < quietMs) return;
    wasHeld = true;
    for (const reader of readers) reader.close();
  }, POLL_MS);
  try {
    const [stdout, stderr] = await Promise.all([readers[0].summary, readers[1].summary]);
    return { summaries: [stdout, stderr], wasHeld };
  } finally {
    clearInterval(timer);
  }
}
