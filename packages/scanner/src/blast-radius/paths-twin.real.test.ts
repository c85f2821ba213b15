// Twins of rm, chmod and mv beside the programs themselves: what the twin lists first is what is gone, changed or replaced afterwards.
// Runs the machine's own coreutils and findutils in a folder that is made for it.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { twinOf } from "../test/twin-of.ts";
import { scan } from "../scan.ts";
import type { Plan } from "../types.ts";
import { readTwin } from "./read-twin.ts";
import type { Radius } from "./types.ts";

let folder = "";

const files = [
  "tree/a",
  "tree/b c",
  "tree/sub/d",
  "tree/sub/.hidden",
  "lone",
  "other",
  "full/lone",
  "full/keep",
  "star*",
  "starry",
  "odd/x\nf y",
];
const links: readonly (readonly [path: string, to: string])[] = [
  ["tree/out", "../full"],
  ["link-to-tree", "tree"],
  ["link-to-file", "lone"],
  ["broken", "nowhere"],
];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dd0c-twin-"));
  for (const path of ["tree/sub", "full", "empty", "odd"]) mkdirSync(join(folder, path), { recursive: true });
  for (const path of files) writeFileSync(join(folder, path), path);
  for (const path of files) chmodSync(join(folder, path), 0o644);
  for (const [path, to] of links) symlinkSync(to, join(folder, path));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every path below the folder with its inode and mode. */
function snapshot(): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) =>
    relative(folder, join(entry.parentPath, entry.name)),
  );
  return new Map(
    paths.map((path) => {
      const { ino, mode } = lstatSync(join(folder, path));
      return [path, `${ino} ${mode}`];
    }),
  );
}

function run(plan: Plan): { readonly stdout: string; readonly exitCodes: readonly (number | null)[] } {
  const results = plan.lists.map(({ first }) => {
    const [program = "", ...args] = first.members[0]?.argv ?? [];
    return spawnSync(program, args, { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"] } });
  });
  return { stdout: results.map(({ stdout }) => stdout).join(""), exitCodes: results.map(({ status }) => status) };
}

function look(text: string): Radius | undefined {
  const twin = twinOf(text);
  if (twin === undefined) throw new Error(`no twin: ${text}`);
  return readTwin(twin.reading, { ...run(twin.plan), truncated: false });
}

function act(text: string): void {
  const { plan } = scan(text);
  if (plan === undefined) spawnSync("bash", ["-c", text], { cwd: folder });
  else run(plan);
}

/** How many of the paths that were there are gone or are something else now; what only moved counts once, with what is in it. */
function touched(before: ReadonlyMap<string, string>): number {
  const after = snapshot();
  return [...before].filter(([path, state]) => after.get(path) !== state).length;
}

describe("rm", () => {
  it.each([
    ["rm -rf tree", 7],
    ["rm -rf tree lone", 8],
    ["rm -rf tree/", 7],
    ["rm -rf link-to-tree", 1],
    ["rm -rf empty 'star*'", 2],
    ["rm -f lone other", 2],
    ["rm -f lone tree", 1],
    ["rm -f broken link-to-file", 2],
    ["rm 'star*'", 1],
  ])("%s", (text, count) => {
    const before = snapshot();
    expect(look(text)?.count).toBe(count);
    expect(snapshot()).toEqual(before);
    act(text);
    expect(touched(before)).toBe(count);
  });

  it("counts a name with a line break at least once", () => {
    const before = snapshot();
    expect(look("rm -rf odd")?.count).toBeGreaterThanOrEqual(2);
    act("rm -rf odd");
    expect(touched(before)).toBe(2);
  });

  it("is not known where a path is missing", () => {
    expect(look("rm -f lone nowhere")).toBeUndefined();
  });
});

describe("patterns", () => {
  it.each([
    ["rm -f tree/*", 2 + 1],
    ["rm -rf ./tree/*", 6],
    ["rm -rf tree/sub/*", 1],
    ["rm -rf link-to-tree/*", 6],
    ["rm -rf link*", 2],
    ["rm -rf ./tree* lone*", 8],
    ["rm -f star*", 2],
    ["rm -f 'star*'*", 1],
    ["rm -f tree/sub/.h*", 1],
    ["rm -f tree/?", 1],
    ["rm -f nothing*", 0],
    ["rm -rf f* lone", 4],
    ["chmod 600 tree/*c lone", 2],
    ["chmod 700 tree/s*", 1],
  ])("%s", (text, count) => {
    const before = snapshot();
    expect([...before.keys()].length).toBe(20);
    expect(look(text)?.count).toBe(count);
    act(text);
    expect(touched(before)).toBe(count);
  });
});

describe("chmod", () => {
  it.each([
    ["chmod 600 lone other", 2],
    ["chmod 600 link-to-file", 1],
    ["chmod -R g+w,o+w tree", 6],
    ["chmod 711 link-to-tree", 1],
    ["chmod -R g+w,o+w link-to-tree", 6],
  ])("%s", (text, count) => {
    const before = snapshot();
    expect(look(text)?.count).toBe(count);
    act(text);
    expect(touched(before)).toBe(count);
  });

  it("is not known for a link that leads nowhere only where chmod fails too", () => {
    expect(look("chmod 600 broken")?.count ?? 0).toBe(0);
  });
});

describe("mv", () => {
  it.each([
    ["mv lone fresh", 1],
    ["mv lone other", 2],
    ["mv lone full", 2],
    ["mv lone full/", 2],
    ["mv other full", 1],
    ["mv lone other full", 3],
    ["mv lone other empty", 2],
    ["mv -n lone other", 1],
    ["mv 'star*' full/", 1],
    ["mv tree/a .", 1],
    ["mv full/lone .", 2],
    ["mv lone ./other", 2],
    ["mv empty tree", 1],
    ["mv other link-to-tree/a", 2],
    ["mv other full//lone", 2],
    ["mv other ./tree/../lone", 2],
    ["mv lone link-to-tree/sub", 1],
    ["mv other starry ./link-to-tree/", 2],
  ])("%s", (text, count) => {
    expect(look(text)?.count).toBe(count);
    const before = snapshot();
    const standing = [...before.keys()].length;
    act(text);
    // What was replaced is the difference of what stood there; what moved stands elsewhere under the same inode.
    if (!text.includes("-n"))
      expect(standing - snapshot().size).toBe(count - text.split(" ").filter((word) => isSource(word, text)).length);
  });

  it("is not known where the destination is a link", () => {
    expect(look("mv lone link-to-tree")).toBeUndefined();
    expect(look("mv lone broken")).toBeUndefined();
  });

  it("is not known where a source or the folder is missing", () => {
    expect(look("mv nowhere lone")).toBeUndefined();
    expect(look("mv lone other nowhere")).toBeUndefined();
    expect(existsSync(join(folder, "lone"))).toBe(true);
  });
});

/** Of `mv A B C DESTINATION`, the words between. */
const isSource = (word: string, text: string): boolean => {
  const words = text.split(" ").slice(1);
  return words.includes(word) && words.lastIndexOf(word) < words.length - 1;
};
