import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

const commandsOf = (text: string): readonly (readonly [line: number, text: string])[] => {
  const result = parseRunbook(text);
  return result.ok ? result.runbook.steps.flatMap(({ commands }) => commands.map((command) => [command.line, command.text] as const)) : [];
};
const block = (body: string, tag = "sh"): string => `# T\n\n1. Do it:\n\n\`\`\`${tag}\n${body}\n\`\`\`\n`;
const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${String(index)}`).join("\n");

describe("where a statement ends", () => {
  it.each<[what: string, body: string]>([
    ["a word in quotes", "cat <<'END OF FILE' > x\nrm -rf /srv\nEND OF FILE"],
    ["a word quoted in part", 'cat <<E"O"F > x\nrm -rf /srv\nEOF'],
    ["an escaped word", "cat <<\\EOF > x\nrm -rf /srv\nEOF"],
    ["a mark as the word", "cat > x <<!\nrm -rf /srv\n!"],
    ["letters of any language", "cat > x <<ENDÉ\nrm -rf /srv\nENDÉ"],
    ["the word with something behind it on its line", "cat > x <<E=F\nrm -rf /srv\nE=F"],
    ["the word further in is text", "cat > x <<EOF\n  EOF\nrm -rf /srv\nEOF"],
    ["more lines than a statement may have", `cat > x <<EOF\n${numbered(1_500)}\nrm -rf /srv\nEOF`],
    ["a document that nothing ends", "cat > x <<EOF\nrm -rf /srv\nmore"],
    ["inside a substitution in quotes", "git commit -m \"$(cat <<'EOF'\nit's\nrm -rf /srv\nEOF\n)\""],
    ["the line goes on before the document", "cat <<EOF \\\n  > x\nrm -rf /srv\nEOF"],
    ["a pipe in front of the document", "cat <<EOF |\nrm -rf /srv\nEOF\nsort"],
    ["two documents", "diff <(cat <<A) - <<B\nrm -rf /srv\nA\nrm -rf /srv\nB"],
    ["a long string", `psql -c "\n${numbered(300)}\nrm -rf /srv\n"`],
    ["a long loop", `for i in 1 2; do\n${numbered(300)}\nrm -rf /srv\ndone`],
    ["the body of a function", "clean() {\n  rm -rf /srv\n}"],
    ["the body of a function named so", "function clean {\n  rm -rf /srv\n}"],
  ])("is behind all of it: %s", (_what, body) => {
    const found = commandsOf(block(`${body}\n`));
    expect(found.map(([line]) => line)).toEqual([6]);
    expect(found[0]?.[1].split("\n").at(-1)).not.toBe("");
    expect(found.some(([, text]) => text.startsWith("rm"))).toBe(false);
  });

  it.each<[what: string, body: string, commands: readonly string[], tag?: string]>([
    ["blanks in front of an invisible character", "kubectl get pods   \u200B", ["kubectl get pods"]],
    ["bits are shifted", "echo $((1<<2))\nls -l\n2\ndf -h", ["echo $((1<<2))", "ls -l", "df -h"]],
    ["the command behind a document", "cat > x <<EOF\na\nEOF\ndf -h", ["cat > x <<EOF\na\nEOF", "df -h"]],
    [
      "an apostrophe in words opens nothing for long",
      `echo don't\n${"df -h\n".repeat(50)}`,
      ["echo don't", ...Array<string>(50).fill("df -h")],
    ],
    ["a word that goes on in the next line", "rm -rf /srv/da\\\nta/old", ["rm -rf /srv/da ta/old"]],
    ["an option in the next line", "rm -rf /srv\\\n--verbose", ["rm -rf /srv --verbose"]],
    ["PowerShell's comment", "<#\nRemove-Item C:\\x -Recurse\n#>\nGet-Process x", ["Get-Process x"], "powershell"],
    [
      "PowerShell's string",
      "$x = @'\nRemove-Item C:\\x\n'@\nGet-Process x",
      ["$x = @'\nRemove-Item C:\\x\n'@", "Get-Process x"],
      "powershell",
    ],
  ])("%s", (_what, body, commands, tag) => {
    expect(commandsOf(block(body, tag)).map(([, text]) => text)).toEqual(commands);
  });

  it.each<[what: string, text: string]>([
    ["in an item of plain text, over a blank line", "1. Write the file:\ncat > /tmp/x <<EOF\na\n\nrm -rf /srv\nEOF\n2. Check it.\n"],
    ["in an e-mail", "From: a@x\nTo: b@x\nSubject: do\nDate: x\n\n1. Run\n\n   cat > x <<EOF\n   rm -rf /srv\n   EOF\n"],
    ["below words of an e-mail", "From: a@x\nTo: b@x\nSubject: do\nDate: x\n\n1. Run\n   cat > x <<EOF\n   rm -rf /srv\n   EOF\n"],
    ["in a paragraph", "Run:\n\ncat > /tmp/x <<EOF\n\nrm -rf /srv\nEOF\n\nThen look.\n"],
  ])("a here-document outside a code block: %s", (_what, text) => {
    const found = commandsOf(text).map(([, command]) => command);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^cat > \S+ <<EOF\n[^]*rm -rf \/srv\nEOF$/);
  });
});
