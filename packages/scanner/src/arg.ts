// One word of a command as its program will see it, as far as that is known before running.
// Made by words.ts from the syntax tree; read by the option parser and by the rules. Never guesses: what is
// not written out in the text is said to be unknown by its shape.
import type { Span } from "./types.ts";

/**
 * literal: `text` is exactly the argument.
 * one:     exactly one argument that begins with `head`; the rest is unknown (`"$NS"`, `app-"$x"`, `~/x`).
 * glob:    one or more arguments that all begin with `head` (`/var/log/*.log`).
 * many:    any number of arguments, none included, with any content (`$x`, `$(cmd)`, input of xargs).
 */
export type ArgShape = "literal" | "one" | "glob" | "many";

export interface Arg {
  readonly shape: ArgShape;
  /** The exact value when literal, otherwise the source form (for messages, never for decisions). */
  readonly text: string;
  /** What the argument surely begins with; equals `text` when literal. */
  readonly head: string;
  /** The argument, or one that it expands to, may begin with `-` and so become an option. */
  readonly dash: boolean;
  readonly span: Span;
  /** `text` with variables that hold the output of a command replaced by that command; absent when there are none. */
  readonly filled?: string;
  /** Offset of `text[0]` in the scanned text when the two run in parallel (no escapes between), for spans of nested scripts. */
  readonly origin?: number;
}

export function literalArg(text: string, span: Span): Arg {
  return { shape: "literal", text, head: text, dash: text.charCodeAt(0) === 45, span };
}

/** An argument list of which nothing is known, such as what xargs reads. */
export function unknownArgs(text: string, span: Span): Arg {
  return { shape: "many", text, head: "", dash: true, span };
}

/** An argument that is one word but not known further, such as what `xargs -I{}` puts in place of `{}`. */
export function unknownArg(text: string, head: string, span: Span): Arg {
  return { shape: "one", text, head, dash: head === "" || head.startsWith("-"), span };
}

/** `arg` without its first `count` known characters. */
export function dropHead(arg: Arg, count: number): Arg {
  const head = arg.head.slice(count);
  const rest = {
    shape: arg.shape,
    text: arg.shape === "literal" ? head : arg.text,
    head,
    dash: head.startsWith("-") || (head === "" && arg.shape !== "literal"),
    span: arg.span,
  };
  return arg.origin === undefined ? rest : { ...rest, origin: arg.origin + count };
}

/** Several words joined by blanks, as a program that hands them to a shell does. One word stays itself. */
export function joinArgs(args: readonly Arg[], span: Span): Arg {
  const only = args[0];
  if (args.length === 1 && only !== undefined) return only;
  const text = args.map((arg) => arg.text).join(" ");
  if (args.every((arg) => arg.shape === "literal")) return { shape: "literal", text, head: text, dash: text.startsWith("-"), span };
  return { shape: "one", text, head: "", dash: true, span };
}
