// `{a,b}` written with plain text -> the words that bash makes of it; undefined for every other form (ranges, nesting, expansions).
import type { WordPart } from "unbash";
import type { Arg } from "./arg.ts";
import type { Span } from "./types.ts";

const maxWords = 32;

/** The expansion of a word that consists of literals and exactly one simple brace list. */
export function expandBraces(parts: readonly WordPart[], span: Span): readonly Arg[] | undefined {
  const at = parts.findIndex((part) => part.type === "BraceExpansion");
  const brace = parts[at];
  if (brace?.type !== "BraceExpansion" || brace.parts !== undefined) return undefined;
  const before = literalText(parts.slice(0, at));
  const after = literalText(parts.slice(at + 1));
  const items = listItems(brace.text);
  if (before === undefined || after === undefined || items === undefined) return undefined;
  return items.map((item) => {
    const text = before + item + after;
    return { shape: "literal", text, head: text, dash: text.startsWith("-"), span };
  });
}

function literalText(parts: readonly WordPart[]): string | undefined {
  let text = "";
  for (const part of parts) {
    if (part.type !== "Literal" || part.value.includes("~")) return undefined;
    text += part.value;
  }
  return text;
}

function listItems(text: string): readonly string[] | undefined {
  const inner = text.slice(1, -1);
  if (!inner.includes(",") || /[^A-Za-z0-9_./:@%+=,-]/.test(inner)) return undefined;
  const items = inner.split(",");
  return items.length <= maxWords && !items.includes("") ? items : undefined;
}
