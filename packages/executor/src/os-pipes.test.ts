import { closeSync, mkdirSync, mkdtempSync, readdirSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openPipeFactory } from "./os-pipes.ts";

const root = mkdtempSync(join(tmpdir(), "dd0c-pipes-test-"));
afterAll(() => rmSync(root, { recursive: true }));

describe("pipe factory", () => {
  it("gives more pipes than it made ahead, each one apart, and leaves no name behind", async () => {
    const parent = join(root, "many");
    const factory = openPipeFactory("/usr/bin/mkfifo", parent);
    const pipes = (await factory.take(100)).map((open) => open("read"));
    pipes.forEach(({ writeFd }, index) => writeSync(writeFd, String(index)));
    const heard = pipes.map(({ readFd }) => {
      const bytes = Buffer.alloc(10);
      return bytes.toString("utf8", 0, readSync(readFd, bytes));
    });
    for (const { readFd, writeFd } of pipes) for (const fd of [readFd, writeFd]) closeSync(fd);
    factory.close();
    expect([heard, readdirSync(parent)]).toEqual([pipes.map((_, index) => String(index)), []]);
  });

  it("removes what dead processes left, and nothing of living ones", async () => {
    const parent = join(root, "shared");
    mkdirSync(join(parent, "4194305-1-dead"), { recursive: true });
    mkdirSync(join(parent, `${process.pid}-1-reused`));
    const first = openPipeFactory("/usr/bin/mkfifo", parent);
    const second = openPipeFactory("/usr/bin/mkfifo", parent);
    expect(readdirSync(parent).length).toBe(2);
    first.close();
    expect((await second.take(1)).length).toBe(1);
    second.close();
  });

  it.each([
    ["a folder that cannot be made", "/usr/bin/mkfifo", join("/dev/null", "x")],
    ["a mkfifo that fails", "/bin/false", join(root, "false")],
    ["a mkfifo that is not there", "/no/such/mkfifo", join(root, "missing")],
  ])("says so: %s", async (_, mkfifo, parent) => {
    await expect((async () => openPipeFactory(mkfifo, parent).take(1))()).rejects.toMatchObject({ code: "EXECUTOR_SETUP_FAILED" });
  });
});
