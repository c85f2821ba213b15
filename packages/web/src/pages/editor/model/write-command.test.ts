import { describe, expect, it } from "vitest";
import { writeCommand } from "./write-command.ts";

describe("writeCommand", () => {
  it.each([
    ["# T\n\n\n", "df -h", { text: "# T\n\n```\ndf -h\n```\n", lines: [4, 4] }],
    ["# T", "a\nb", { text: "# T\n\n```\na\nb\n```\n", lines: [4, 5] }],
    ["# T", "echo '```'", { text: "# T\n\n````\necho '```'\n````\n", lines: [4, 4] }],
  ])("%j with %j", (text, command, written) => {
    expect(writeCommand(text, command)).toEqual(written);
  });
});
