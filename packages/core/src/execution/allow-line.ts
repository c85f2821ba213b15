// One line of the agent's local file and one command go in; whether the line covers the command comes out.
// Part of admission: a line raises the ceiling for its own shape only. What a line does not spell out it does not cover.
import type { PlanCommand, Risk } from "@dd0c/scanner";

/** Raises the ceiling for one program in one shape. The server can neither see nor change these lines. */
export interface AllowLine {
  /** Exactly argv[0]. */
  readonly program: string;
  /**
   * The arguments in order: a literal; `*` one argument that is no option; `prefix*` one argument with that prefix;
   * `**` (last only) any number of further arguments.
   */
  readonly arguments: readonly string[];
  /** Every argument that met `*`, `prefix*` or `**` must be a bare option or an absolute path inside; null for no such rule. */
  readonly pathPrefix: string | null;
  readonly maxRisk: Risk;
}

/** True if the line covers the command: program, every argument and every path. A command with assignment prefixes is never covered. */
export function coversCommand(line: AllowLine, command: PlanCommand): boolean {
  const [program, ...args] = command.argv;
  if (program !== line.program || command.env.length > 0) return false;
  const open = openArguments(line.arguments, args);
  if (open === null) return false;
  const prefix = line.pathPrefix;
  return prefix === null || open.every((arg) => isBareOption(arg) || isInside(arg, prefix));
}

/** The arguments that met a wildcard, or null if the shape does not fit. */
function openArguments(shape: readonly string[], args: readonly string[]): readonly string[] | null {
  const open: string[] = [];
  for (const [index, token] of shape.entries()) {
    if (token === "**" && index === shape.length - 1) return [...open, ...args.slice(index)];
    const arg = args[index];
    if (arg === undefined || !fits(token, arg)) return null;
    if (token.endsWith("*")) open.push(arg);
  }
  return args.length === shape.length ? open : null;
}

function fits(token: string, arg: string): boolean {
  if (token === "*") return !arg.startsWith("-");
  return token.endsWith("*") ? arg.startsWith(token.slice(0, -1)) : token === arg;
}

const isBareOption = (arg: string): boolean => /^--?[A-Za-z][A-Za-z-]*$/.test(arg);

/** An absolute path below the prefix without any `.`, `..` or empty segment that could leave it. */
function isInside(arg: string, prefix: string): boolean {
  const folder = prefix.endsWith("/") ? prefix : `${prefix}/`;
  if (!folder.startsWith("/") || !arg.startsWith(folder)) return false;
  return arg
    .slice(folder.length)
    .split("/")
    .every((segment) => segment !== "" && segment !== "." && segment !== "..");
}
