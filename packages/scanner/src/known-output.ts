// A pipeline member -> the text that it surely prints, or undefined: `echo` of plain words and `cat` of a here-document.
// Lets `echo 'select 1' | psql` be judged by its text. Says nothing about risk.
import type { CommandNode } from "unbash";
import { hereDocText, isStandardInput } from "./redirects.ts";
import type { InputKind } from "./rule.ts";

/** What `node` writes to its output, when that is certain. */
export function knownOutput(node: CommandNode, _stdin: InputKind): string | undefined {
  if (node.type !== "Command" || node.name === undefined || node.prefix.length > 0) return undefined;
  if (node.name.text === "echo") return echoOutput(node.suffix);
  if (node.name.text !== "cat" || node.suffix.length !== 1) return undefined;
  const only = node.suffix[0];
  return only?.type === "HereDoc" && isStandardInput(only) ? hereDocText(only) : undefined;
}

type Suffix = Extract<CommandNode, { type: "Command" }>["suffix"];

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
