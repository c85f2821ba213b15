// A wall clock of its own for one program: libfaketime reads the offset from a file. The machine's clock is never touched, and monotonic time
// goes on as it does after a real jump. In: a file. Out: variables for the program's environment, or nothing where the library is missing.
import { existsSync, writeFileSync } from "node:fs";

export interface Clock {
  readonly env: NodeJS.ProcessEnv;
  /** From within a second on the program's clock is so much ahead, or behind; 0 sets it right. */
  jump(seconds: number): void;
}

const library = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
  .map((machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`)
  .find((file) => existsSync(file));

/** Undefined without libfaketime (Debian package faketime). */
export function clockOf(file: string): Clock | undefined {
  if (library === undefined) return undefined;
  const jump = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`);
  jump(0);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
      NO_FAKE_STAT: "1",
    },
    jump,
  };
}
