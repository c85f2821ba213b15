// The options of `ddoc-parse` and `dd0c parse`, checked: what contradicts itself is wrong usage.
// Words of the command line go in, options come out.
import { readOptions, UsageError } from "../command-line.ts";

export type Form = "pretty" | "json" | "markdown" | "lint" | "lint_json" | "draft" | "draft_json";

export interface ParseCommandOptions {
  readonly paths: readonly string[];
  readonly form: Form;
  readonly maxWarnings: number;
  readonly watch: boolean;
}

/** @throws UsageError */
export const readParseOptions = (args: readonly string[], name: string): ParseCommandOptions => {
  const { values, positionals } = readOptions(args, {
    json: { type: "boolean" },
    markdown: { type: "boolean" },
    lint: { type: "boolean" },
    "max-warnings": { type: "string" },
    watch: { type: "boolean" },
    distil: { type: "boolean" },
  });
  if (positionals.length === 0) throw new UsageError(`${name} takes files or folders, or - for standard input.`);
  const watch = values.watch === true;
  if (watch && positionals.includes("-")) throw new UsageError("Standard input cannot be watched; name a file.");
  const asked = { json: values.json === true, markdown: values.markdown === true, lint: values.lint === true };
  const form = values.distil === true ? draftForm(asked) : formOf(asked);
  if (values["max-warnings"] !== undefined && values.lint !== true) throw new UsageError("--max-warnings belongs to --lint.");
  return { paths: positionals, form, maxWarnings: readCount(values["max-warnings"] ?? "0"), watch };
};

interface Asked {
  readonly json: boolean;
  readonly markdown: boolean;
  readonly lint: boolean;
}

/** A draft is Markdown unless JSON is asked for. */
const draftForm = ({ json, markdown, lint }: Asked): Form => {
  if (lint || (json && markdown)) throw new UsageError("--distil prints Markdown, or JSON with --json; leave --lint out.");
  return json ? "draft_json" : "draft";
};

const formOf = ({ json, markdown, lint }: Asked): Form => {
  if (markdown && (json || lint)) throw new UsageError("--markdown stands alone: leave --json and --lint out.");
  if (lint) return json ? "lint_json" : "lint";
  if (markdown) return "markdown";
  return json ? "json" : "pretty";
};

const readCount = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError("--max-warnings takes a number of warnings, for example --max-warnings 10.");
  return Number(text);
};
