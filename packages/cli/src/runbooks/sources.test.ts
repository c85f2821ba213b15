import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { Readable } from "node:stream";
import { maxInputLength } from "@dd0c/core";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../command-line.ts";
import { findSources, readSource } from "./sources.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-sources-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (path: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), "# x\n");
};
const runbooks = ["a.md", "b.markdown", "c.TXT", "sub/d.html", "sub/e.htm", "sub/deep/f.erb", "sub/g.adoc", "sub/h.rst"];
for (const path of [...runbooks, "no.json", "sub/no.sh", ".git/no.md", ".hidden.md", "node_modules/x/no.md", "sub/node_modules/no.md"])
  put(path);
mkdirSync(join(folder, "empty"));
symlinkSync(folder, join(folder, "sub/loop"));
symlinkSync(join(folder, "gone"), join(folder, "sub/dangling.md"));

const found = async (...paths: string[]): Promise<readonly string[]> =>
  (await findSources(paths.map((path) => (path === "-" ? path : join(folder, path))))).map(({ path }) =>
    path === "-" ? path : relative(folder, path),
  );

describe("findSources", () => {
  it("finds runbooks below a folder, and nothing hidden, installed or linked", async () => {
    expect(await found("")).toEqual([
      "a.md",
      "b.markdown",
      "c.TXT",
      "sub/d.html",
      "sub/deep/f.erb",
      "sub/e.htm",
      "sub/g.adoc",
      "sub/h.rst",
    ]);
  });

  it("takes what is named, whatever its kind, each once and in the order given", async () => {
    expect(await found("no.json", "-", "sub", "sub/d.html", ".hidden.md")).toEqual([
      "no.json",
      "-",
      "sub/d.html",
      "sub/deep/f.erb",
      "sub/e.htm",
      "sub/g.adoc",
      "sub/h.rst",
      ".hidden.md",
    ]);
  });

  it.each([["gone.md"], ["empty"]])("refuses %s", async (path) => {
    await expect(found(path)).rejects.toThrow(UsageError);
  });

  it("refuses standard input twice", async () => {
    await expect(found("-", "-")).rejects.toThrow(UsageError);
  });
});

describe("readSource", () => {
  it("keeps characters that lie across pieces whole", async () => {
    const bytes = Buffer.from("prüfe — 再起動");
    expect(await readSource({ path: "-" }, Readable.from([...bytes].map((byte) => Buffer.from([byte]))))).toBe("prüfe — 再起動");
  });

  it("stops reading what the parser refuses anyway", async () => {
    let asked = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          asked += 1;
          yield Buffer.alloc(1024 * 1024, "x");
        }
      })(),
    );
    const text = await readSource({ path: "-" }, endless);
    expect(text.length).toBeGreaterThan(maxInputLength);
    expect(asked).toBeLessThan(40);
  });

  it("says what cannot be read", async () => {
    await expect(readSource({ path: join(folder, "gone.md") }, Readable.from([]))).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
