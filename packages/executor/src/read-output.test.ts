import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { OutputChunk } from "./read-output.ts";
import { andOr, openFixture, pipeline, planOf, run, sh, single } from "./testing/run-fixture.ts";

const fixture = openFixture({ maxStreamBytes: 1000 });
afterAll(() => fixture.close());

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("output of a step", () => {
  it("keeps head and tail, says what is missing, and hashes everything", async () => {
    const all = Array.from({ length: 1000 }, (_, index) => `${index + 1}\n`).join("");
    const { result, stdout } = await run(fixture, single(["seq", "1000"]));
    expect(stdout).toBe(`${all.slice(0, 500)}[${all.length - 1000} bytes left out]${all.slice(-500)}`);
    expect([result.truncated, result.stdoutBytes, result.stdoutSha256]).toEqual([true, all.length, sha256(all)]);
  });

  it("hashes what was masked, not what was secret", async () => {
    const { result, stdout } = await run(fixture, single(["printf", "user=app\npassword=hunter2\n"]));
    expect([stdout, result.stdoutSha256]).toEqual([
      "user=app\npassword=[masked:password]\n",
      sha256("user=app\npassword=[masked:password]\n"),
    ]);
  });

  it("masks a secret that arrives in two writes", async () => {
    const { stdout, stderr } = await run(
      fixture,
      single(sh("printf 'password=hun'; sleep 0.1; echo ter2; printf 'DB_PASS' >&2; sleep 0.1; echo 'WORD: x9' >&2")),
    );
    expect([stdout, stderr]).toEqual(["password=[masked:password]\n", "DB_PASSWORD: [masked:password]\n"]);
  });

  it("arrives in the order in which it was written, with offsets per stream", async () => {
    const chunks: OutputChunk[] = [];
    const onOutput = async (chunk: OutputChunk) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      chunks.push(chunk);
    };
    const step = (word: string) => sh(`echo ${word}; sleep 0.05; echo ${word} >&2; sleep 0.05`);
    await run(fixture, planOf(andOr(pipeline(step("a"))), andOr(pipeline(step("bb")))), { onOutput });
    expect(chunks.map((chunk) => (chunk.kind === "data" ? [chunk.stream, chunk.offset, chunk.bytes.toString()] : chunk.kind))).toEqual([
      ["stdout", 0, "a\n"],
      ["stderr", 0, "a\n"],
      ["stdout", 2, "bb\n"],
      ["stderr", 2, "bb\n"],
    ]);
  });

  it("is shown while the program runs", async () => {
    // The program goes on only when somebody has seen its first line.
    const seen = join(mkdtempSync(join(fixture.folder, "seen-")), "seen");
    const waits = sh('echo first; until [ -e "$1" ]; do sleep 0.02; done; echo last', seen);
    const { result } = await run(fixture, single(waits), { onOutput: () => writeFileSync(seen, ""), timeoutMs: 20_000 });
    expect([result.outcome, result.stdoutBytes]).toEqual(["ok", "first\nlast\n".length]);
  });

  it("takes a flood without keeping it", async () => {
    const before = process.memoryUsage().rss;
    const { result } = await run(fixture, single(["head", "-c", "60000000", "/dev/zero"]));
    expect([result.outcome, result.stdoutBytes, result.truncated]).toEqual(["ok", 60_000_000, true]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });
});
