// mv -> find over what is moved, and over what already stands where it goes and would be replaced.
// Where the destination may be a link to a folder the reader is told to say nothing.
import { exactly, isPath, printEntry } from "./paths-twin.ts";
import { hasOption, optionTable, readOptions } from "./read-options.ts";
import type { Draft } from "./types.ts";

const table = optionTable({ dropFlags: "-f|--force -v|--verbose -n|--no-clobber" });

export function moveTwin([, ...args]: readonly string[]): Draft | undefined {
  const read = readOptions(args, table, "gnu");
  const [destination, ...backwards] = read?.operands.toReversed() ?? [];
  const sources = backwards.toReversed().map((path) => path.replace(/(?<=[^/])\/+$/, ""));
  if (read === undefined || destination === undefined || sources.length === 0 || !sources.every(isPath)) return undefined;
  const moved = ["find", "-P", ...sources, "-maxdepth", "0", ...printEntry];
  // With -n and -f together the last one counts; without -n something may be replaced.
  if (hasOption(read, "-n") && !hasOption(read, "-f")) return { commands: [moved], reading: { kind: "paths", link: null } };
  const replaced = replacedBy(sources, destination);
  return replaced === undefined ? undefined : { commands: [moved, replaced.argv], reading: { kind: "paths", link: replaced.link } };
}

interface Replaced {
  readonly argv: readonly string[];
  readonly link: string | null;
}

function replacedBy(sources: readonly string[], destination: string): Replaced | undefined {
  if (!/^[^-(),!]/.test(destination) || destination.includes("\n")) return undefined;
  const names = sources.map((path) => path.slice(path.lastIndexOf("/") + 1));
  const isFolder = sources.length > 1 || /(^|\/)(\.{1,2})?$/.test(destination);
  return isFolder ? { argv: entriesOf(destination, names), link: null } : entryOrInside(destination, names[0] ?? "");
}

const anyOf = (tests: readonly (readonly string[])[]): readonly string[] => [
  "(",
  ...tests.flatMap((test, at) => (at === 0 ? test : ["-o", ...test])),
  ")",
];

function entriesOf(folder: string, names: readonly string[]): readonly string[] {
  const inside = folder.endsWith("/") ? folder : `${folder}/`;
  return ["find", "-H", inside, "-mindepth", "1", "-maxdepth", "1", ...anyOf(names.map((name) => ["-name", exactly(name)])), ...printEntry];
}

/** One source: the destination is a file that is replaced, a folder into which it goes, or nothing yet. */
function entryOrInside(destination: string, name: string): Replaced {
  // As find writes it: the folder as given, one slash, the name.
  const slash = destination.lastIndexOf("/");
  const folder = slash < 0 ? "." : destination.slice(0, slash).replace(/\/+$/, "");
  const path = `${folder}/${destination.slice(slash + 1)}`;
  const found = anyOf([
    ["-path", exactly(path), "!", "-type", "d"],
    ["-path", exactly(`${path}/${name}`)],
  ]);
  const leaveOthers = ["-o", "!", "-path", exactly(path), "-prune"];
  return {
    argv: ["find", "-H", folder === "" ? "/" : folder, "-mindepth", "1", "-maxdepth", "2", ...found, ...printEntry, ...leaveOthers],
    link: path,
  };
}
