// rm, chmod, chown, chgrp with file name patterns -> find by the same patterns. Such a text has no plan, so that a person runs it: this is what
// they can look at before. Patterns of * and ? in the last part of a path, as a shell without special options expands them.
import { type Command, type ParsedScript, parse, type Word, type WordPart } from "unbash";
import { literalPart, literalWord } from "../plan-words.ts";
import { exactly, listPaths, type PathCommand, printEntry, readPathCommand } from "./paths-twin.ts";
import { expandsTilde } from "../word-text.ts";
import type { Draft } from "./types.ts";

interface Pattern {
  readonly folder: string;
  /** As find's -name reads it. */
  readonly name: string;
}

/** What stands for a pattern while options are read; no scanned text holds this character. */
const standIn = (at: number): string => `/\u0000${at}`;

export function patternsTwin(text: string): Draft | undefined {
  const words = plainWords(text);
  if (words === undefined) return undefined;
  const patterns = new Map<string, Pattern>();
  const argv: string[] = [];
  for (const [at, word] of words.entries()) {
    const literal = literalWord(word);
    const pattern = literal === undefined ? patternOf(word) : undefined;
    if (literal === undefined && pattern === undefined) return undefined;
    if (pattern !== undefined) patterns.set(standIn(at), pattern);
    argv.push(literal ?? standIn(at));
  }
  const command = readPathCommand(argv);
  return command === undefined ? undefined : listBoth(command, patterns);
}

/** The words of a text that is one command without assignments and redirections. */
function plainWords(text: string): readonly Word[] | undefined {
  const command = onlyCommand(parse(text));
  if (command?.name === undefined || command.prefix.length > 0 || command.redirects.length > 0) return undefined;
  const words = command.suffix.filter((item) => item.type === "Word");
  return words.length === command.suffix.length ? [command.name, ...words] : undefined;
}

function onlyCommand({ commands, errors = [] }: ParsedScript): Command | undefined {
  const [statement, ...more] = commands;
  if (errors.length > 0 || more.length > 0 || statement === undefined || statement.background === true) return undefined;
  return statement.command.type === "Command" ? statement.command : undefined;
}

/** Undefined unless the word is plain text with * and ? in what stands behind its last slash. */
function patternOf(word: Word): Pattern | undefined {
  const signs = (word.parts ?? []).map(signsOf);
  if (expandsTilde(word.text) || signs.includes(undefined)) return undefined;
  const all = signs.flatMap((part) => part ?? []);
  const slash = all.findLastIndex(({ char }) => char === "/");
  const [folder, name] = [all.slice(0, slash + 1), all.slice(slash + 1)];
  if (folder.some(({ isWild }) => isWild)) return undefined;
  const path = folder.map(({ char }) => char).join("");
  return isOperand(path, name) && !meetsDots(name) ? { folder: withoutSlashes(path), name: name.map(asFindReads).join("") } : undefined;
}

interface Sign {
  readonly char: string;
  readonly isWild: boolean;
}

function signsOf(part: WordPart): readonly Sign[] | undefined {
  const isWild = part.type === "Glob";
  const text = isWild ? part.text : literalPart(part);
  if (text === undefined || (isWild && !/^[*?]+$/.test(text))) return undefined;
  return [...text].map((char) => ({ char, isWild }));
}

const asFindReads = ({ char, isWild }: Sign): string => (isWild ? char : exactly(char));

/** Whatever it expands to, no program takes it for an option, and find takes the folder for a path. */
const isOperand = (folder: string, [first]: readonly Sign[]): boolean =>
  first !== undefined && !folder.includes("\n") && (folder === "" ? !first.isWild && first.char !== "-" : /^[^-(),!]/.test(folder));

/** `.*` and the like: shells do not agree whether they mean the folder itself and the one above. */
function meetsDots(name: readonly Sign[]): boolean {
  const pattern = name.map(({ char, isWild }) => (!isWild ? (char === "." ? "\\." : "x") : char === "*" ? ".*" : ".")).join("");
  return name[0]?.char === "." && [".", ".."].some((dots) => new RegExp(`^${pattern}$`).test(dots));
}

const withoutSlashes = (folder: string): string => (folder === "" ? "." : /^\/+$/.test(folder) ? "/" : folder.replace(/\/+$/, ""));

function listBoth(command: PathCommand, patterns: ReadonlyMap<string, Pattern>): Draft | undefined {
  const written = command.paths.filter((path) => !patterns.has(path));
  const first = written.length === 0 ? [] : [listPaths(command, written)];
  const rest = command.paths.flatMap((path) => (patterns.has(path) ? [listPattern(command, patterns.get(path))] : []));
  const commands = [...first, ...rest].filter((argv) => argv !== undefined);
  const isWhole = commands.length === first.length + rest.length && rest.length === patterns.size;
  return isWhole ? { commands, reading: { kind: "paths", link: null } } : undefined;
}

/** A chmod of folders follows links that it is given, which find would not do with links that it finds. */
function listPattern({ name, isRecursive }: PathCommand, pattern: Pattern | undefined): readonly string[] | undefined {
  if (pattern === undefined || (isRecursive && name === "chmod")) return undefined;
  const start = ["find", "-H", pattern.folder, "-mindepth", "1"];
  const isMatch = ["-name", pattern.name, ...(pattern.name.startsWith(".") ? [] : ["!", "-name", ".*"])];
  const inside = `${pattern.folder === "/" ? "" : exactly(pattern.folder)}/*/*`;
  if (isRecursive) return [...start, "(", "-path", inside, "-o", ...isMatch, ")", ...printEntry, "-o", "-prune"];
  return [...start, "-maxdepth", "1", ...isMatch, ...(name === "rm" ? ["!", "-type", "d"] : []), ...printEntry];
}
