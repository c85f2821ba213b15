// Stub programs for the differential test: each records what it was given, then writes and ends as it was told.
// In: a folder and, per program, a behaviour. Out: executable stubs, and what they recorded. Test code only.

import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface StubBehaviour {
  readonly readsStdin: boolean;
  readonly exitCode: number;
  /** Ends by this signal instead. */
  readonly signal?: string;
}

export interface StubRecord {
  readonly argv: readonly string[];
  readonly env: readonly string[];
  /** Null for a program that does not read. */
  readonly stdin: string | null;
}

/** Variables whose values are recorded. */
export const RECORDED_NAMES = ["GREETING", "LC_TEST"] as const;

/** It records before it writes (tee -p goes on recording when its reader is gone), so that a record never depends on who dies first. */
const STUB = `#!/bin/sh
root=\${0%/bin/*}; name=\${0##*/}; record=$root/record/$name
. "$root/conf/$name"
for argument; do printf '%s\\0' "$argument"; done >"$record.argv"
printf '%s\\0' "\${GREETING-(unset)}" "\${LC_TEST-(unset)}" >"$record.env"
if [ "$reads" = 1 ]; then /usr/bin/tee -p "$record.stdin"; fi
printf 'err %s\\n' "$name" >&2
printf 'out %s\\n' "$name"
if [ "$signal" ]; then kill -s "$signal" $$; fi
exit "$code"
`;

/** Makes `folder`/bin with one stub per name. */
export function makeStubs(folder: string, stubs: ReadonlyMap<string, StubBehaviour>): void {
  for (const part of ["bin", "conf", "record"]) mkdirSync(join(folder, part), { recursive: true });
  const script = join(folder, "stub");
  writeFileSync(script, STUB);
  chmodSync(script, 0o755);
  for (const [name, { readsStdin, exitCode, signal }] of stubs) {
    symlinkSync(script, join(folder, "bin", name));
    writeFileSync(join(folder, "conf", name), `reads=${readsStdin ? 1 : 0} code=${exitCode} signal=${signal ?? ""}\n`);
  }
}

function readFields(path: string): readonly string[] {
  return readFileSync(path, "utf8").split("\0").slice(0, -1);
}

/** Undefined for a program that was not started. */
export function readRecord(folder: string, name: string): StubRecord | undefined {
  const base = join(folder, "record", name);
  if (!existsSync(`${base}.argv`)) return undefined;
  const stdin = existsSync(`${base}.stdin`) ? readFileSync(`${base}.stdin`, "utf8") : null;
  return { argv: readFields(`${base}.argv`), env: readFields(`${base}.env`), stdin };
}
