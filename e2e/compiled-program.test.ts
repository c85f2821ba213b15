// The compiled form of the command line and of the agent, which a cold start reads: whatever is wrong with it, the program is the same, only slower.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root, temporaryFolder } from "./support/product.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const programs = {
  cli: { args: ["scan", "--json", "rm -rf /data"], says: /"risk":\s*"dangerous"/ },
  // It runs under settings of V8 of its own, which have to be in force before its compiled form is read.
  agent: { args: ["--version"], says: /^dd0c-agent \S+\npatterns [0-9a-f]{16}\n/ },
} as const;

/** Says on stderr whether V8 took the compiled form. */
const watch = join(folder.path, "watch.cjs");
mkdirSync(folder.path, { recursive: true });
writeFileSync(join(folder.path, "package.json"), '{"type":"module"}');
writeFileSync(
  watch,
  [
    'const { Script } = require("node:vm");',
    "const { runInThisContext } = Script.prototype;",
    'Script.prototype.runInThisContext = function (...args) { console.error("rejected", this.cachedDataRejected); return runInThisContext.apply(this, args); };',
  ].join("\n"),
);

describe.each(["cli", "agent"] as const)("the compiled form of the %s", (name) => {
  const { args, says } = programs[name];
  const dist = join(root, `packages/${name}/dist`);
  const place = join(folder.path, name);
  const compiled = join(place, "program.compiled");
  mkdirSync(place);
  for (const file of ["main.js", "program.cjs", "program.compiled"]) copyFileSync(join(dist, file), join(place, file));

  /** Whether V8 took the compiled form. The program says what it always says. */
  const rejected = (): string => {
    const { stdout, stderr } = spawnSync(process.execPath, ["--require", watch, join(place, "main.js"), ...args], { encoding: "utf8" });
    expect(stdout).toMatch(says);
    return stderr.trim();
  };

  it("is taken as it was built", () => {
    expect(rejected()).toBe("rejected false");
  });

  it("of another version of V8 is refused, and the program runs from its text", () => {
    const bytes = readFileSync(compiled);
    // The header: a magic number, then the version's hash.
    bytes.writeUInt32LE(bytes.readUInt32LE(4) ^ 1, 4);
    writeFileSync(compiled, bytes);
    expect(rejected()).toBe("rejected true");
  });

  it("of another text is refused", () => {
    copyFileSync(join(dist, "program.compiled"), compiled);
    writeFileSync(join(place, "program.cjs"), `${readFileSync(join(dist, "program.cjs"), "utf8")};`);
    expect(rejected()).toBe("rejected true");
  });

  it("that is missing is not missed", () => {
    rmSync(compiled);
    expect(rejected()).toBe("rejected undefined");
  });
});
