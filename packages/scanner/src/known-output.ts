// A pipeline member -> the text that it surely prints, or undefined: `echo` of plain words, `printf` of one text, `cat` of a here-document.
// Lets `echo 'select 1' | psql` be judged by its text. Says nothing about risk.
import type { CommandNode } from "unbash";
import { hereDocText, isStandardInput } from "./redirects.ts";
import type { InputKind } from "./rule.ts";

/** What `node` writes to its output, when that is certain. */
export function knownOutput(node: CommandNode, _stdin: InputKind): string | undefined {
  if (node.type !== "Command" || node.name === undefined || node.prefix.length > 0) return undefined;
  const name = node.name.value;
  return Object.hasOwn(printers, name) ? printers[name]?.(node.suffix) : undefined;
}

type Suffix = Extract<CommandNode, { type: "Command" }>["suffix"];

const printers: Readonly<Record<string, (suffix: Suffix) => string | undefined>> = {
  echo: echoOutput,
  printf: printfOutput,
  cat: catOutput,
};

function catOutput(suffix: Suffix): string | undefined {
  const [only, ...others] = suffix;
  return only?.type === "HereDoc" && others.length === 0 && isStandardInput(only) ? hereDocText(only) : undefined;
}

function echoOutput(suffix: Suffix): string | undefined {
  const words: string[] = [];
  for (const item of suffix) {
    if (item.type !== "Word") return undefined;
    const parts = item.parts;
    const literal = parts === undefined ? item.value : quotedLiteral(parts);
    if (literal === undefined || literal.includes("\\") || literal.startsWith("-") || literal.startsWith("~")) return undefined;
    words.push(literal);
  }
  return `${words.join(" ")}\n`;
}

const escapes: Readonly<Record<string, string>> = { "\\n": "\n", "\\r": "\r", "\\t": "\t" };

/** One text without directives, whose only escapes are line ends and tabs. */
function printfOutput(suffix: Suffix): string | undefined {
  const [only, ...others] = suffix;
  if (only?.type !== "Word" || others.length > 0) return undefined;
  const text = only.parts === undefined ? only.value : quotedLiteral(only.parts);
  if (text === undefined || /^[-~]|[%*?[]|\\(?![nrt])/.test(text)) return undefined;
  const quoted = only.parts?.every((part) => part.type === "SingleQuoted" || part.type === "DoubleQuoted") === true;
  return quoted || !text.includes("\\") ? text.replaceAll(/\\[nrt]/g, (code) => escapes[code] ?? code) : undefined;
}

type Parts = NonNullable<Extract<Suffix[number], { type: "Word" }>["parts"]>;

function quotedLiteral(parts: Parts): string | undefined {
  let text = "";
  for (const part of parts) {
    if (part.type === "Literal" || part.type === "SingleQuoted") text += part.value;
    else if (part.type === "DoubleQuoted" && part.parts.every((child) => child.type === "Literal")) {
      for (const child of part.parts) text += child.type === "Literal" ? child.value : "";
    } else return undefined;
  }
  return text;
}
