import { describe, expect, it } from "vitest";
import { readMaterial } from "./run-material.ts";

const fence = (...commands: readonly string[]): string => `\n   \`\`\`\n${commands.map((each) => `   ${each}`).join("\n")}\n   \`\`\`\n`;

describe("the lines of a run", () => {
  it("are one per command, with a label that a person reads, the product's own risk, and its own variables", async () => {
    const text = `# T\n\n1. Look.\n${fence("ls /a", "cat <file>")}\n2. Think about it.\n\n3. Remove <pod>.\n${fence("kubectl delete pod <pod>")}`;
    const { lines } = await readMaterial(text, "x.md");
    expect(lines.map(({ template: { label, kind, command, templateRisk } }) => [label, kind, command, templateRisk])).toEqual([
      ["1a", "command", "ls /a", "safe"],
      ["1b", "command", "cat <file>", "safe"],
      ["2", "manual", null, null],
      ["3", "command", "kubectl delete pod <pod>", "dangerous"],
    ]);
    expect(lines.map(({ variables }) => variables.map(({ name }) => name))).toEqual([[], ["file"], [], ["pod"]]);
  });

  it("give what belongs to another machine or program to the person", async () => {
    const text = "# T\n\n1. Log in and restart:\n\n```\n$ ssh db1\ndb1$ systemctl stop postgresql\n```\n";
    const { lines } = await readMaterial(text, "x.md");
    const stop = lines.find(({ template }) => template.description.includes("systemctl stop"));
    expect(stop?.template).toMatchObject({ command: null, kind: "manual", templateRisk: null });
    expect(stop?.template.description).toContain("on another machine");
    expect(lines.some(({ template }) => template.command?.includes("systemctl") === true)).toBe(false);
  });

  it("know the condition under which a step applies", async () => {
    const text = `# T\n\n1. Look.\n${fence("df -h")}\n2. If the disk is full, remove the log.\n${fence("rm /var/log/x.log")}`;
    const { lines } = await readMaterial(text, "x.md");
    expect(lines[0]?.conditions).toEqual([]);
    expect(lines[1]?.conditions.join()).toContain("disk is full");
  });

  it("say that there is nothing to do", async () => {
    await expect(readMaterial("# T\n\nNothing here.\n", "x.md")).rejects.toMatchObject({ code: 3 });
  });
});
