// An account of its own for tests, without an entry anywhere: nothing else on the machine runs as this number. Test code only.

import type { RunAs } from "../host-guard.ts";

/** Only root can start commands as somebody else. */
export const isRoot = process.getuid?.() === 0;

/** Vitest runs files side by side: each takes a number of its own, because the kernel counts processes per account. */
export function testAccount(offset: number): RunAs {
  const id = 54_000 + (process.pid % 1000) * 10 + offset;
  return { user: `user${id}`, uid: id, gid: id };
}
