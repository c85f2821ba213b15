// From a program name to the one file that will be executed.
// In: argv[0] and the configured folders. Out: an absolute path or a refusal. It must never look at the
// working directory or at a PATH variable: both can be changed by what is to be executed.

import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** `exitCode` is what bash would have reported; nothing has been executed. */
export interface ProgramRefusal {
  readonly kind: "refused";
  readonly code: "PROGRAM_NOT_FOUND" | "PROGRAM_PATH_RELATIVE";
  readonly program: string;
  readonly exitCode: 127;
}

export type ResolvedProgram = { readonly kind: "found"; readonly path: string } | ProgramRefusal;

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Finds the file for a program name.
 * @param name argv[0]; with a slash it must be an absolute path, without one it is looked up in `dirs`, first hit wins
 * @param dirs absolute folders, in order
 * @returns the path, or PROGRAM_NOT_FOUND (also for a file that is not executable), or PROGRAM_PATH_RELATIVE
 */
export function resolveProgram(name: string, dirs: readonly string[]): ResolvedProgram {
  const refused = (code: ProgramRefusal["code"]): ProgramRefusal => ({ kind: "refused", code, program: name, exitCode: 127 });
  if (name === "" || name.includes("\0")) return refused("PROGRAM_NOT_FOUND");
  if (name.includes("/")) {
    if (!isAbsolute(name)) return refused("PROGRAM_PATH_RELATIVE");
    return isExecutableFile(name) ? { kind: "found", path: name } : refused("PROGRAM_NOT_FOUND");
  }
  if (name === "." || name === "..") return refused("PROGRAM_NOT_FOUND");
  for (const dir of dirs) {
    const path = join(dir, name);
    if (isExecutableFile(path)) return { kind: "found", path };
  }
  return refused("PROGRAM_NOT_FOUND");
}
