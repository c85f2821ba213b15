// The script of a substitution -> why bash itself does not run it as it is written, if so. Called before such a script is walked.
// bash 5.2 reads a substitution, prints it, and runs what it printed; the printing loses separators behind a here-document.
import { forEachChild, type ParsedScript, type SyntaxNode } from "unbash";

/** `source` is the substitution's own text where that is known, or one that holds it. */
export function substitutionTrap(script: ParsedScript, source: string): string | undefined {
  if (source.startsWith("`")) return backtickTrap(source);
  if (source.startsWith("${")) return "Only some shells read this as a substitution.";
  if (/^[$<>]\(\(/.test(source)) return "Two parentheses at once begin a calculation in some shells, and subshells in others.";
  if (source.includes("<<") && commandBehindDocument(script))
    return "Some shells join the commands behind a here-document in a substitution.";
  if (source.includes("time") && timesCompound(script))
    return "Some shells do not accept time before a compound command in a substitution.";
  return undefined;
}

/** Quotes in backticks in quotes: escaped ones depend on what is around, and braces behind them are expanded before the backticks are seen. */
function backtickTrap(source: string): string | undefined {
  if (source.includes("\\\n")) return "Lines are joined in backticks before anything in them is read.";
  if (source.includes('\\"') || (source.includes('"') && source.includes("{"))) return "Quotes in backticks are read in different ways.";
  return undefined;
}

function commandBehindDocument(script: ParsedScript): boolean {
  let document = Number.POSITIVE_INFINITY;
  let last = -1;
  each(script, (node) => {
    if (node.type === "HereDoc") document = Math.min(document, node.pos);
    else if (node.type === "Statement" || node.type === "Command") last = Math.max(last, node.pos);
  });
  return last > document;
}

function timesCompound(script: ParsedScript): boolean {
  let found = false;
  each(script, (node) => {
    if (node.type === "Pipeline" && node.commands[0]?.type !== "Command") found ||= node.prefixes.some((prefix) => prefix.type === "Time");
  });
  return found;
}

/** Nested substitutions are scripts of their own, and some of them count from elsewhere. */
function each(root: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    visit(node);
    forEachChild(node, (child) => {
      if (child.type !== "Script") stack.push(child);
    });
  }
}
