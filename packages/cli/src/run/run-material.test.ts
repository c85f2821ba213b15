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

  it("know the decisions that the run stops at, and ask about nothing twice", async () => {
    const heading = `## If the database is slow\n\n1. Look there.\n${fence("ls /b")}`;
    const text = `# T\n\n## Steps\n\n1. Look.\n${fence("df -h")}\n2. If the disk is full, remove the log.\n${fence("rm /var/log/x.log")}\n${heading}`;
    const { lines, branches } = await readMaterial(text, "x.md");
    expect(branches).toMatchObject([
      { branchId: "b1", condition: "If the disk is full", check: null, skipIfYes: [], skipIfNo: [2] },
      { branchId: "b2", condition: "If the database is slow", skipIfNo: [3] },
    ]);
    expect(lines.map(({ conditions }) => conditions)).toEqual([[], [], []]);
  });

  it("only show a decision that would lead back: nothing runs twice by an answer", async () => {
    const text = `# T\n\n1. Look.\n${fence("df -h")}\n2. Clear.\n${fence("ls /a")}\n3. If it is still full, go to step 1.\n\n4. Tell the team.\n`;
    const { lines, branches } = await readMaterial(text, "x.md");
    expect([branches, lines.flatMap(({ conditions }) => conditions)]).toEqual([[], []]);
  });

  it("say that there is nothing to do", async () => {
    await expect(readMaterial("# T\n\nNothing here.\n", "x.md")).rejects.toMatchObject({ code: 3 });
  });
});
