// Renders again whenever a file changes, until it is told to stop.
// Paths and a render function go in; it returns when the signal fires. Files are compared by size and time of change, because editors
// replace files, folders gain some, and notifications of the system miss both.
import { stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { findSources } from "./sources.ts";

const INTERVAL_MS = 200;

/** What a change would change: names, sizes, times; of what cannot be read, the reason. */
const stateOf = async (paths: readonly string[]): Promise<string> => {
  try {
    const sources = await findSources(paths);
    const states = await Promise.all(
      sources.map(async ({ path }) => {
        const { size, mtimeMs, ino } = await stat(path);
        return `${path}\0${String(size)}\0${String(mtimeMs)}\0${String(ino)}`;
      }),
    );
    return states.join("\n");
  } catch (error) {
    return error instanceof Error ? error.message : "unreadable";
  }
};

/** @param render - must not throw for a broken file; it is called once at the start and after every change, never twice at a time */
export const watchSources = async (paths: readonly string[], render: () => Promise<void>, signal: AbortSignal): Promise<void> => {
  let before: string | null = null;
  while (!signal.aborted) {
    const now = await stateOf(paths);
    if (now !== before) {
      before = now;
      await render();
    }
    await wait(INTERVAL_MS, undefined, { signal }).catch(() => undefined);
  }
};
