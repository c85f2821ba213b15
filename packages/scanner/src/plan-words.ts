// Word node -> its exact text, or why it is not written out. Only syntax counts here: a known variable is still an expansion.
// Used by plan.ts; nothing that a shell would expand may pass.
import type { Word, WordPart } from "unbash";

/** The word's value when no shell would change it; undefined otherwise. */
export function literalWord(word: Word): string | undefined {
  if (word.text.charCodeAt(0) === 126) return undefined;
  const parts = word.parts;
  if (parts === undefined) return word.value;
  let text = "";
  for (const part of parts) {
    const literal = literalPart(part);
    if (literal === undefined) return undefined;
    text += literal;
  }
  return text;
}

function literalPart(part: WordPart): string | undefined {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
      return part.value;
    case "DoubleQuoted": {
      let text = "";
      for (const child of part.parts) {
        if (child.type !== "Literal") return undefined;
        text += child.value;
      }
      return text;
    }
    default:
      return undefined;
  }
}

/** Code, message and a runnable form for a word that is not written out. */
export function notLiteral(word: Word): [code: string, message: string, suggestion?: string] {
  if (word.text.charCodeAt(0) === 126) return ["TILDE", "~ is the shell's name for a home directory.", "write the whole path"];
  const kinds = new Set((word.parts ?? []).flatMap(partTypes));
  if (kinds.has("CommandExpansion"))
    return ["SUBSTITUTION", "It inserts the output of another command.", "run the inner command first and fill its output in"];
  if (kinds.has("ProcessSubstitution")) return ["PROCESS_SUBSTITUTION", "It reads the output of another command as a file."];
  if (kinds.has("SimpleExpansion") || kinds.has("ParameterExpansion"))
    return ["VARIABLE", "It uses a shell variable.", "make it a variable of the runbook"];
  if (kinds.has("ArithmeticExpansion")) return ["ARITHMETIC", "It calculates a value.", "write the result"];
  if (kinds.has("BraceExpansion")) return ["BRACES", "It uses a brace list.", "write the words out"];
  if (kinds.has("LocaleString")) return ["LOCALE_STRING", 'It uses $"...", which depends on the locale.', "use plain quotes"];
  return ["GLOB", "It uses a file name pattern.", "write the names out, select by label (-l app=x), or quote the pattern"];
}

function partTypes(part: WordPart): string[] {
  return part.type === "DoubleQuoted" ? part.parts.map((child) => child.type) : [part.type];
}
