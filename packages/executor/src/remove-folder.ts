// Removes a folder in which a process that just ended may still have a child at work. What that child adds between listing and removal is
// listed again: `maxRetries` of rmSync tries the removal again, not the listing. Blocks for two seconds at most.
import { rmSync } from "node:fs";

const tries = 200;
const pauseMs = 10;

export function removeFolder(path: string): void {
  for (let left = tries; ; left -= 1) {
    try {
      return rmSync(path, { recursive: true, force: true });
    } catch (error) {
      if (left === 0) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}
