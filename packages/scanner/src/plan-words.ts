// Word node -> its exact text, or why it is not written out. Only syntax counts here: a known variable is still an expansion.
// Used by plan.ts; nothing that a shell would expand may pass.
import type { Word, WordPart } from "unbash";
import { isLoneSurrogate } from "./refuse.ts";
import { expandsTilde, isDisputed } from "./word-text.ts";

/** The word's value when no shell would change it; undefined otherwise. */
export function literalWord(word: Word): string | undefined {
  if (expandsTilde(word.text)) return undefined;
  const parts = word.parts;
  if (parts === undefined) return word.value;
  let text = "";
  for (const part of parts) {
    const literal = literalPart(part);
    if (literal === undefined) return undefined;
    text += literal;
  }
  return isWellFormed(text) ? text : undefined;
}

/** `$'\ud800'` is half a character, which no program can be given. */
function isWellFormed(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isLoneSurrogate(text, text.charCodeAt(i), i)) return false;
  return true;
}

export function literalPart(part: WordPart): string | undefined {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
      return isDisputed(part) ? undefined : part.value;
    case "DoubleQuoted": {
      let text = "";
      for (const child of part.parts) {
        if (child.type !== "Literal" || isDisputed(child)) return undefined;
        text += child.value;
      }
      return text;
    }
    default:
      return undefined;
  }
}

type Reasoning = readonly [code: string, message: string, suggestion?: string];

/** By kind of part, the most telling first. */
const reasons: readonly (readonly [kind: string, reason: Reasoning])[] = [
  ["CommandExpansion", ["SUBSTITUTION", "It inserts the output of another command.", "run the inner command first and fill its output in"]],
  ["ProcessSubstitution", ["PROCESS_SUBSTITUTION", "It reads the output of another command as a file.", "run the inner commands first"]],
  ["SimpleExpansion", ["VARIABLE", "It uses a shell variable.", "make it a variable of the runbook"]],
  ["ParameterExpansion", ["VARIABLE", "It uses a shell variable.", "make it a variable of the runbook"]],
  ["ArithmeticExpansion", ["ARITHMETIC", "It calculates a value.", "write the result"]],
  ["BraceExpansion", ["BRACES", "It uses a brace list.", "write the words out"]],
  ["LocaleString", ["LOCALE_STRING", 'It uses $"...", which depends on the locale.', "use plain quotes"]],
  ["Glob", ["GLOB", "It uses a file name pattern.", "write the names out, select by label (-l app=x), or quote the pattern"]],
  ["ExtendedGlob", ["GLOB", "It uses a file name pattern.", "write the names out, or quote the pattern"]],
];

const tilde: Reasoning = ["TILDE", "~ is the shell's name for a home directory.", "write the whole path"];
const encoding: Reasoning = ["ENCODING", "It contains text that has no certain form, such as half a character."];

/** Code, message and a runnable form for a word that is not written out. */
export function notLiteral(word: Word): Reasoning {
  if (expandsTilde(word.text)) return tilde;
  const kinds = new Set((word.parts ?? []).flatMap(partTypes));
  return reasons.find(([kind]) => kinds.has(kind))?.[1] ?? encoding;
}

function partTypes(part: WordPart): string[] {
  return part.type === "DoubleQuoted" ? part.parts.map((child) => child.type) : [part.type];
}
