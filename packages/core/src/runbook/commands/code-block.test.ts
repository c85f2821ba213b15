import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

const fence = (tag: string, body: string): string => ["# Requests", "", "1. Count them", "", `   \`\`\`${tag}`, body, "   ```"].join("\n");

function commandsOf(text: string): readonly string[] {
  const result = parseRunbook(text);
  return result.ok ? result.runbook.steps.flatMap(({ commands }) => commands.map((command) => command.text)) : [];
}

describe("a fence under the tag of another language", () => {
  it.each(["jsx", "yaml", "json", "toml", "hcl"])("%s: a transcript that opens with its prompt is read", (tag) => {
    expect(commandsOf(fence(tag, "   $ kubectl get csr | grep -c Pending\n   42"))).toEqual(["kubectl get csr | grep -c Pending"]);
  });

  it("what looks like a prompt and asks for nothing stays data", () => {
    expect(commandsOf(fence("perl6", "   $ total = 3"))).toEqual([]);
    expect(commandsOf(fence("yaml", "   cmd: x\n   $ kubectl get csr"))).toEqual([]);
  });
});
