import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { resolveProgram } from "./resolve-program.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-resolve-"));
const [first, second] = [join(folder, "first"), join(folder, "second")];
for (const dir of [first, second]) mkdirSync(join(dir, "folder"), { recursive: true });
for (const path of [join(first, "tool"), join(second, "tool"), join(second, "only"), join(first, "plain")]) writeFileSync(path, "");
for (const path of [join(first, "tool"), join(second, "tool"), join(second, "only")]) chmodSync(path, 0o755);
chmodSync(join(first, "plain"), 0o644);
symlinkSync(join(second, "only"), join(first, "link"));
symlinkSync("/no/such/file", join(first, "dangling"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("resolveProgram", () => {
  it.each([
    ["tool", join(first, "tool")],
    ["only", join(second, "only")],
    ["link", join(first, "link")],
    [join(second, "tool"), join(second, "tool")],
  ])("finds %s", (name, path) => {
    expect(resolveProgram(name, [first, second])).toEqual({ kind: "found", path });
  });

  it.each([
    ["missing", "PROGRAM_NOT_FOUND"],
    ["plain", "PROGRAM_NOT_FOUND"],
    ["folder", "PROGRAM_NOT_FOUND"],
    ["dangling", "PROGRAM_NOT_FOUND"],
    ["", "PROGRAM_NOT_FOUND"],
    [".", "PROGRAM_NOT_FOUND"],
    ["..", "PROGRAM_NOT_FOUND"],
    ["tool\0", "PROGRAM_NOT_FOUND"],
    ["./tool", "PROGRAM_PATH_RELATIVE"],
    ["first/tool", "PROGRAM_PATH_RELATIVE"],
    ["../first/tool", "PROGRAM_PATH_RELATIVE"],
    ["/no/such/tool", "PROGRAM_NOT_FOUND"],
  ])("refuses %j: %s", (program, code) => {
    expect(resolveProgram(program, [first, second])).toEqual({ kind: "refused", code, program, exitCode: 127 });
  });
});
