import { describe, expect, it } from "vitest";
import type { RunbookCommand } from "../runbook/types.ts";
import { placeByHand } from "./place-by-hand.ts";

const command = (fields: Partial<RunbookCommand>): RunbookCommand => ({ text: "x", line: 1, ...fields });

describe("the place of a command", () => {
  it.each<[Partial<RunbookCommand>, string | undefined]>([
    [{}, undefined],
    [{ context: "local", language: "shell" }, undefined],
    [{ context: "remote" }, "in the shell that the step before opened on another machine"],
    [{ context: "repl", language: "sql" }, "at the prompt of the program that the step before opened"],
    [{ context: "local", language: "powershell" }, "in PowerShell"],
    [{ language: "sql" }, "in the database client"],
    [{ language: "console" }, "at the program's own console"],
  ])("%j is %s", (fields, place) => {
    expect(placeByHand(command(fields))).toBe(place);
  });
});
