import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

const BAD = "rm -rf /srv/data";
const commandsOf = (text: string): readonly string[] => {
  const result = parseRunbook(text);
  return result.ok ? result.runbook.steps.flatMap(({ commands }) => commands.map((command) => command.text)) : [];
};
const between = (text: string): string => `# T\n\n1. Run \`df -h\`.\n\n${text}\n\nThen look at the dashboard.\n`;

describe("what a text forbids", () => {
  it.each([
    "Do not, under any circumstances, run `X`.",
    "Ensure you don't accidentally run `X`.",
    "Be careful not to run `X`.",
    "Try not to run `X`.",
    "It is forbidden to run `X`.",
    "You are not allowed to run `X`.",
    "It is never a good idea to run `X`.",
    "There is no need to run `X`.",
    "You don't need to run `X`.",
    "No one should run `X`.",
    "No longer run `X`.",
    "We used to run `X` but no longer do.",
    "Resist the urge to run `X`.",
    "Beware of `X`.",
    "Deprecated: `X`",
    "❌ `X`",
    "🚫 Run `X`",
    "`X`: do not run this.",
    "`X` - NEVER",
    "`X` (don't!)",
    "Running `X` is prohibited.",
    "`X` shouldn't be used.",
    "Nicht `X` ausführen!",
    "Auf keinen Fall `X` ausführen.",
    "No ejecutar `X`.",
    "No ejecute `X` nunca.",
    "Ne pas exécuter `X`.",
    "Ne lancez pas `X`.",
    "Não execute `X`.",
    "Non eseguire `X`.",
    "`X` を実行しないでください。",
    "`X`は実行禁止です。",
    "**Never:**\n- `X`",
    "- Do not:\n  - run `X`\n  - restart the database",
    "Don't:\n\n```sh\nX\n```",
    "Never, ever:\n\n    X",
    "The following is what NOT to run:\n\n```sh\nX\n```",
    "## What not to do\n\n1. Run `X`.",
    "## Never do this\n\n```sh\nX\n```",
    "## Anti-patterns\n\n- Run `X`",
    "```sh\n# never run this in production:\nX\n```",
    "```sh\nX # do NOT run this\n```",
    "**Don&#39;t** run `X`.",
    "<b>Never</b> run `X`.",
    "Ne\u200Bver run `X`.",
    "| Command | Allowed |\n|---|---|\n| `X` | never |",
  ])("is no step: %s", (text) => {
    expect(commandsOf(between(text.replaceAll("X", BAD)))).toEqual(["df -h"]);
  });

  it("is no manual step either", () => {
    const result = parseRunbook("# T\n\n1. Run `df -h`.\n\n## What not to do\n\n1. Restart the database.\n2. Delete the volume.\n");
    expect(result.ok && result.runbook.steps.map(({ description }) => description)).toHaveLength(1);
  });

  it.each([
    "Do not restart until you have run `X`.",
    "Do not continue without running `X`.",
    "Do not run `ls -l /a`; instead run `X`.",
    "Don't use the UI but run `X`.",
    "Don't forget to run `X`.",
    "```sh\n# do not run as root\nX\n```",
    "Run `X` (do not interrupt it).",
    "Run `X` - do not close the terminal.",
    "Run `X`, never as root.",
    "If you don't have to keep the data, run `X`.",
    "If there is no reason to wait run `X`.",
    "When it doesn't run use `X`.",
    "You do not need to stop anything; run `X`.",
    "We no longer use the old tool: run `X`.",
    "If nobody can log in, run `X`.",
    "Ne pas oublier de lancer `X`.",
    "N'oubliez pas de lancer `X`.",
    "Nicht vergessen: `X`",
    "| Command | Last replaced |\n|---|---|\n| `X` | never |",
  ])("and what it does not: %s", (text) => {
    expect(commandsOf(between(text.replaceAll("X", "kubectl get pods -n shop")))).toContain("kubectl get pods -n shop");
  });
});
