// Writes the commands of a step as fenced code blocks.
// Commands go in, lines of Markdown come out, each block with a mark longer than any run of marks in it; no byte of a command is changed
// but `&` before an entity's name, which our parser would otherwise decode.
import type { RunbookCommand } from "../types.ts";

/** `together`: neighbours of one language share a block; `apart`: one block each; `prompted`: apart, behind the prompt of where they run. */
export type CodeForm = "together" | "apart" | "prompted";

const TAGS = { shell: "bash", sql: "sql", powershell: "powershell", console: "ruby" } as const;

const languageOf = (command: RunbookCommand): keyof typeof TAGS => command.language ?? "shell";

/** A prompt that says where the command runs; none where no prompt says it. */
const promptOf = (command: RunbookCommand): string => {
  const place = `${command.context ?? "local"} ${languageOf(command)}`;
  const prompts: Readonly<Record<string, string>> = {
    "local shell": "$ ",
    "remote shell": "sh-5.1$ ",
    "local powershell": "PS> ",
    "repl sql": "db=> ",
    "repl console": ">>> ",
  };
  return prompts[place] ?? "";
};

/** Longer than every run of backticks inside, so that nothing in the text closes the block. */
const fenceFor = (text: string): string => "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));

export const writeBlock = (tag: string, text: string): string[] => {
  const fence = fenceFor(text);
  return [`${fence}${tag}`, ...text.split("\n"), fence];
};

const keepEntities = (text: string): string => text.replace(/&(?=(?:amp|lt|gt|quot|apos|nbsp|#39|#34|#x27);)/gi, "&amp;");

const writeOne = (command: RunbookCommand, form: CodeForm): string[] => {
  const prompt = form === "prompted" ? promptOf(command) : "";
  const tag = prompt === "$ " || prompt === "sh-5.1$ " ? "console" : TAGS[languageOf(command)];
  return writeBlock(tag, prompt + keepEntities(command.text));
};

/** Blocks in the order of the commands, with a blank line before each. */
export const writeCode = (commands: readonly RunbookCommand[], form: CodeForm): string[] => {
  if (form !== "together") return commands.flatMap((command) => ["", ...writeOne(command, form)]);
  const runs: RunbookCommand[][] = [];
  for (const command of commands) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && languageOf(run[0]) === languageOf(command)) run.push(command);
    else runs.push([command]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    return first === undefined ? [] : ["", ...writeBlock(TAGS[languageOf(first)], run.map(({ text }) => keepEntities(text)).join("\n"))];
  });
};
