// The prompts, each a file of its own, with the SHA-256 that stands in every record of what it was used for. Read once.
// A changed prompt has another hash: old answers are not reused, and the audit log says which text was in force.
import { readFileSync } from "node:fs";
import { textHash } from "../app/context.ts";
import { packagePath } from "../package-root.ts";

export const promptNames = ["classify", "review"] as const;
export type PromptName = (typeof promptNames)[number];

export interface Prompt {
  readonly name: PromptName;
  readonly text: string;
  /** SHA-256 of the file, lower-case hexadecimal. */
  readonly hash: string;
}

const read = (name: PromptName): Prompt => {
  const text = readFileSync(packagePath("src", "llm", "prompts", `${name}.md`), "utf8");
  return { name, text, hash: textHash(text) };
};

const known = new Map<PromptName, Prompt>();

export function promptOf(name: PromptName): Prompt {
  const prompt = known.get(name) ?? read(name);
  known.set(name, prompt);
  return prompt;
}
