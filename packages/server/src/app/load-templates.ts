// The three runbooks that come with the product, as text for this installation: placeholders are filled before anything is parsed.
// A value that a shell would read as more than one word is quoted, so that a data folder with a blank in its name still works.
import { readFileSync } from "node:fs";
import { repositoryPath } from "../package-root.ts";

export interface Template {
  readonly name: string;
  readonly serviceTag: string | null;
}

export interface TemplateValues {
  /** Origin of the demo service. */
  readonly DEMO_URL: string;
  /** Absolute folder of the demo service. */
  readonly DEMO_DIR: string;
}

/** In the order in which they are created; the last one created stands first in lists. */
export const templates: readonly Template[] = [
  { name: "high-load", serviceTag: null },
  { name: "disk-filling-up", serviceTag: "payment-svc" },
  { name: "payment-svc-latency", serviceTag: "payment-svc" },
];

/** One shell word; `tail` is what follows the placeholder up to the next blank. */
const shellWord = (value: string, tail: string): string => {
  const word = `${value}${tail}`;
  return /^[A-Za-z0-9_@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
};

/** Fills `{{NAME}}` in a template's text. Throws for a placeholder without a value. */
export function fillTemplate(text: string, values: TemplateValues): string {
  return text.replaceAll(/\{\{([A-Z_]+)\}\}([A-Za-z0-9_./-]*)/g, (_whole, name: string, tail: string) => {
    const value = (values as unknown as Readonly<Record<string, string | undefined>>)[name];
    if (value === undefined) throw new Error(`template placeholder ${name} has no value`);
    return shellWord(value, tail);
  });
}

export const readTemplate = (template: Template, values: TemplateValues): string =>
  fillTemplate(readFileSync(repositoryPath("templates", `${template.name}.md`), "utf8"), values);
