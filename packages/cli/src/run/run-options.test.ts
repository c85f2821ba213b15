import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UsageError } from "../command-line.ts";
import { exitCodes } from "@dd0c/executor";
import { runHelp } from "./run-help.ts";
import { readRunOptions } from "./run-options.ts";

const plain = { file: "a.md", governance: "strict", dryRun: false, resume: false, folder: null, values: new Map() };

describe("the words behind dd0c run", () => {
  it.each([
    [["a.md"], plain],
    [["--governance", "audit", "a.md"], { ...plain, governance: "audit" }],
    [["a.md", "--dry-run"], { ...plain, dryRun: true }],
    [["a.md", "--resume", "--record", "/x/../y"], { ...plain, resume: true, folder: "/y" }],
    [
      ["a.md", "--var", "a=1", "--var", "b=x=y", "--var", "c="],
      {
        ...plain,
        values: new Map([
          ["a", "1"],
          ["b", "x=y"],
          ["c", ""],
        ]),
      },
    ],
  ])("%j", (args, options) => {
    expect(readRunOptions(args)).toEqual(options);
  });

  it.each([
    [[]],
    [["a.md", "b.md"]],
    [["-"]],
    [["a.md", "--yes"]],
    [["a.md", "--governance", "auto"]],
    [["a.md", "--var", "a"]],
    [["a.md", "--var", "=1"]],
    [["a.md", "--var", "a=1", "--var", "a=2"]],
    [["a.md", "--dry-run", "--resume"]],
  ])("wrong: %j", (args) => {
    expect(() => readRunOptions(args)).toThrow(UsageError);
  });
});

it("the exit codes of help and documentation are those of the program", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../docs/terminal.md"), "utf8");
  for (const { code, meaning } of Object.values(exitCodes)) {
    expect(page).toContain(`| ${code} | ${meaning} |`);
    expect(runHelp).toContain(`${code}  ${meaning}`);
  }
  expect(page.match(/^\| \d+ \|/gm)).toHaveLength(Object.keys(exitCodes).length);
  for (const option of ["--governance", "--var", "--dry-run", "--resume", "--record"]) {
    expect(page).toContain(option);
    expect(runHelp).toContain(option);
  }
});
