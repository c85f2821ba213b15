// Where the variables of a runbook stand in one command text. In: the text and the variables with their spellings. Out: spans, left to right.
// Reads placeholders exactly as the parser did when it found the variables; one that belongs to no variable stays as it is.
import type { Placeholder } from "@dd0c/scanner";
import { findPlaceholders } from "../runbook/index.ts";

/** The part of a runbook's variable that is needed to find and fill it. */
export interface TemplateVariable {
  readonly name: string;
  /** Every spelling: `<pod>`, `$POD`, `{{pod}}`, `%POD%`. */
  readonly placeholders: readonly string[];
  /** Resolved by the agent; never filled in by the engine. */
  readonly secret?: boolean;
}

/** Spans of all placeholders that stand for one of the variables, without overlaps. */
export function variableSpans(command: string, variables: readonly TemplateVariable[]): readonly Placeholder[] {
  const names = new Map(variables.flatMap(({ name, placeholders }) => placeholders.map((text) => [text, name] as const)));
  const own = new Set(variables.flatMap(({ name, placeholders }) => placeholders.map((text) => `${text}\n${name}`)));
  return findPlaceholders(command, "shell", new Set(names.keys())).flatMap(({ start, end, text, style, name: written }) => {
    // `...` is one spelling of several variables: what stands before it tells which, and nothing else may.
    const name = own.has(`${text}\n${written}`) ? written : style === "ellipsis" ? undefined : names.get(text);
    return name === undefined ? [] : [{ name, span: { start, end } }];
  });
}

/** The text with each span (left to right) replaced as it stands, whatever that makes of it: for reading, never for running. */
export function replaceSpans(text: string, spans: readonly Placeholder[], by: (placeholder: Placeholder) => string): string {
  return spans.reduceRight((rest, each) => rest.slice(0, each.span.start) + by(each) + rest.slice(each.span.end), text);
}
