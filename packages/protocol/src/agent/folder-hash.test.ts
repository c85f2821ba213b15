import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { folderHash } from "./folder-hash.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-hash-"));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

describe("the hash of a program", () => {
  const parts = ["main.js", "chunk.mjs", "program.cjs", "program.compiled", "main.ts", "parser.wasm"];
  beforeEach(() => parts.forEach((name) => put(name, "as it was")));

  it.each(parts)("is another one when %s is", (name) => {
    const before = folderHash(folder);
    put(name, "AS it was");
    expect(folderHash(folder)).not.toBe(before);
  });

  it.each(["program.cjs.map", "main.test.ts", "notes.md"])("stays the same whatever %s says: it is not run", (name) => {
    const before = folderHash(folder);
    put(name, "anything");
    expect(folderHash(folder)).toBe(before);
  });
});
