// The command line's compiled form, which a cold start reads: whatever is wrong with it, the program is the same, only slower.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { root, temporaryFolder } from "./support/product.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const dist = join(root, "packages/cli/dist");
const compiled = join(folder.path, "program.compiled");
mkdirSync(folder.path, { recursive: true });
for (const name of ["main.js", "program.cjs", "program.compiled"]) copyFileSync(join(dist, name), join(folder.path, name));
writeFileSync(join(folder.path, "package.json"), '{"type":"module"}');

/** Whether V8 took the compiled form, and what the program says. */
const verdict = () => {
  const script = [
    'const { Script } = require("node:vm");',
    "const { runInThisContext } = Script.prototype;",
    'Script.prototype.runInThisContext = function (...args) { console.error("rejected", this.cachedDataRejected); return runInThisContext.apply(this, args); };',
  ].join("\n");
  const watch = join(folder.path, "watch.cjs");
  writeFileSync(watch, script);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", watch, join(folder.path, "main.js"), "scan", "--json", "rm -rf /data"],
    {
      encoding: "utf8",
    },
  );
  return { rejected: stderr.trim(), risk: (JSON.parse(stdout) as { readonly risk: string }).risk };
};

it("is taken as it was built", () => {
  expect(verdict()).toEqual({ rejected: "rejected false", risk: "dangerous" });
});

it("of another version of V8 is refused, and the program runs from its text", () => {
  const bytes = readFileSync(compiled);
  // The header: a magic number, then the version's hash.
  bytes.writeUInt32LE(bytes.readUInt32LE(4) ^ 1, 4);
  writeFileSync(compiled, bytes);
  expect(verdict()).toEqual({ rejected: "rejected true", risk: "dangerous" });
});

it("of another text is refused", () => {
  copyFileSync(join(dist, "program.compiled"), compiled);
  writeFileSync(join(folder.path, "program.cjs"), `${readFileSync(join(dist, "program.cjs"), "utf8")};`);
  expect(verdict()).toEqual({ rejected: "rejected true", risk: "dangerous" });
});

it("that is missing is not missed", () => {
  rmSync(compiled);
  expect(verdict()).toEqual({ rejected: "rejected undefined", risk: "dangerous" });
});
