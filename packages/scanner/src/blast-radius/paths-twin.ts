// rm, chmod, chown, chgrp -> find over the same paths, following links exactly where the program would.
// Changes nothing and asks for names only. Options that make the program skip, ask or follow otherwise have no twin.
import { programName } from "../registry.ts";
import { hasOption, type OptionTable, optionTable, readOptions } from "./read-options.ts";
import type { Draft } from "./types.ts";

interface PathProgram {
  readonly table: OptionTable;
  /** Operands that stand before the paths: a mode, an owner. */
  readonly leading: 0 | 1;
  /** Options of find before the paths, and its tests behind them. */
  readonly find: (isRecursive: boolean, isLinkItself: boolean) => { readonly links: "-P" | "-H"; readonly tests: readonly string[] };
}

const notLinks = ["!", "-type", "l"];
const quiet = "-v|--verbose -f|--force";
const recursive = "-R|--recursive";
const changeNotes = "-c|--changes -v|--verbose -f|--silent|--quiet --preserve-root";

const removal: PathProgram = {
  table: optionTable({ dropFlags: `-r|-R|--recursive ${quiet} --preserve-root` }),
  leading: 0,
  // A folder is not removed without -r; a link is removed as a link.
  find: (isRecursive) => ({ links: "-P", tests: isRecursive ? [] : ["-maxdepth", "0", "!", "-type", "d"] }),
};

const mode: PathProgram = {
  table: optionTable({ dropFlags: `${recursive} ${changeNotes}` }),
  leading: 1,
  // Links given as operands are followed, links met on the way are left alone.
  find: (isRecursive) => ({ links: "-H", tests: [...(isRecursive ? [] : ["-maxdepth", "0"]), ...notLinks] }),
};

const owner: PathProgram = {
  table: optionTable({ dropFlags: `${recursive} ${changeNotes} -h|--no-dereference` }),
  leading: 1,
  // With -R links themselves change owner; without it what they lead to, unless -h.
  find: (isRecursive, isLinkItself) => {
    if (isRecursive) return { links: "-P", tests: [] };
    return isLinkItself ? { links: "-P", tests: ["-maxdepth", "0"] } : { links: "-H", tests: ["-maxdepth", "0", ...notLinks] };
  },
};

const programs: ReadonlyMap<string, PathProgram> = new Map([
  ["rm", removal],
  ["chmod", mode],
  ["chown", owner],
  ["chgrp", owner],
]);

/** Type letter and path, one entry per line. */
export const printEntry: readonly string[] = ["-printf", "%y %p\\n"];

/** A word that find takes for a path, and that names neither the root nor a folder by its dots. */
export const isPath = (path: string): boolean => /^[^-(),!]/.test(path) && !/^\/+$|(^|\/)\.{1,2}\/*$/.test(path) && !path.includes("\n");

/** What a command does to paths, before anything is known about them. */
export interface PathCommand {
  readonly name: string;
  readonly paths: readonly string[];
  readonly isRecursive: boolean;
  /** Where links are followed, and find's tests. */
  readonly find: ReturnType<PathProgram["find"]>;
}

/** Undefined for another program, or an option that is not understood. */
export function readPathCommand([word = "", ...args]: readonly string[]): PathCommand | undefined {
  const name = programName(word) ?? "";
  const program = programs.get(name);
  const read = program === undefined ? undefined : readOptions(args, program.table, "gnu");
  if (program === undefined || read === undefined || read.operands.length <= program.leading) return undefined;
  const isRecursive = hasOption(read, "-r") || hasOption(read, "-R");
  return { name, paths: read.operands.slice(program.leading), isRecursive, find: program.find(isRecursive, hasOption(read, "-h")) };
}

/** The listing of paths that are written out; undefined where one of them is no path for find, or leads elsewhere. */
export function listPaths({ isRecursive, find }: PathCommand, paths: readonly string[]): readonly string[] | undefined {
  // Behind a slash a link is followed, or the program refuses: only for a folder and all in it the answer is the same.
  if (!paths.every((path) => isPath(path) && (isRecursive || !path.endsWith("/")))) return undefined;
  return ["find", find.links, ...paths, ...find.tests, ...printEntry];
}

export function pathsTwin(argv: readonly string[]): Draft | undefined {
  const command = readPathCommand(argv);
  const list = command === undefined ? undefined : listPaths(command, command.paths);
  return list === undefined ? undefined : { commands: [list], reading: { kind: "paths", link: null } };
}

/** A text that find's patterns take letter by letter. */
export const exactly = (text: string): string => text.replaceAll(/[\\*?[\]]/g, "\\$&");
