// Says where a person has to run a command that the runbook means for another place: a shell on another machine, the prompt of a program,
// another language. An agent or a terminal would run it here, so such a command is a step for a human.
import type { CommandContext, CommandLanguage, RunbookCommand } from "../runbook/types.ts";

const contexts: Readonly<Record<Exclude<CommandContext, "local">, string>> = {
  remote: "in the shell that the step before opened on another machine",
  repl: "at the prompt of the program that the step before opened",
};

const languages: Readonly<Record<Exclude<CommandLanguage, "shell">, string>> = {
  powershell: "in PowerShell",
  sql: "in the database client",
  console: "at the program's own console",
};

/** Undefined for a command of this machine's shell. */
export function placeByHand({ context, language }: RunbookCommand): string | undefined {
  if (context !== undefined && context !== "local") return contexts[context];
  return language === undefined || language === "shell" ? undefined : languages[language];
}
