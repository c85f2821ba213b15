import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { executeStep } from "./execute-step.ts";
import { type Journal, openJournal } from "./journal.ts";
import { stopSurvivors } from "./stop-survivors.ts";
import { command, openFixture, sh, single } from "./testing/run-fixture.ts";

const fixture = openFixture();
afterAll(() => fixture.close());

const options = { newId: () => "journal-1", clock: () => new Date("2026-01-02T03:04:05Z") };
let folder = "";
const newFolder = (): string => {
  folder = mkdtempSync(join(fixture.folder, "journal-"));
  return folder;
};
const file = (): string => join(folder, "journal.jsonl");

async function withJournal<T>(work: (journal: Journal) => Promise<T> | T): Promise<T> {
  const journal = await openJournal(folder, options);
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}

describe("records", () => {
  it("come back in order after a reopen", async () => {
    newFolder();
    await withJournal(async (journal) => {
      await journal.append({ type: "received", stepExecutionId: "a", detail: { digest: "x" } });
      await journal.append({ type: "refused", stepExecutionId: "a", code: "DIGEST_MISMATCH" });
      await Promise.all(["b", "c", "d"].map((id) => journal.append({ type: "spawning", stepExecutionId: id })));
      await journal.append({ type: "outcome_unknown", stepExecutionId: "b" });
      await journal.append({ type: "acknowledged", stepExecutionId: "b", upTo: 6 });
    });
    await withJournal((journal) => {
      expect(journal.journalId).toBe("journal-1");
      expect(journal.recordsOf("a")).toEqual([
        { seq: 2, at: "2026-01-02T03:04:05.000Z", type: "received", stepExecutionId: "a", detail: { digest: "x" } },
        { seq: 3, at: "2026-01-02T03:04:05.000Z", type: "refused", stepExecutionId: "a", code: "DIGEST_MISMATCH" },
      ]);
      expect(["a", "b", "c", "d", "e"].map((id) => [journal.hasStarted(id), journal.isKnown(id)])).toEqual([
        [false, true],
        [true, true],
        [true, true],
        [true, true],
        [false, false],
      ]);
      expect(journal.unacknowledged().map((record) => [record.seq, record.type])).toEqual([
        [2, "received"],
        [3, "refused"],
        [5, "spawning"],
        [6, "spawning"],
        [7, "outcome_unknown"],
      ]);
      expect(journal.unfinished()).toEqual([
        { stepExecutionId: "c", processes: [], survivors: [] },
        { stepExecutionId: "d", processes: [], survivors: [] },
      ]);
    });
  });

  it("gives each journal an id of its own", async () => {
    const ids = await Promise.all(
      [0, 1].map(async () => {
        const journal = await openJournal(mkdtempSync(join(fixture.folder, "journal-")));
        await journal.close();
        return journal.journalId;
      }),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it("refuses a second spawning record and a second claim", async () => {
    newFolder();
    await withJournal(async (journal) => {
      expect([journal.claim("a"), journal.claim("a"), journal.claim("b")]).toEqual([true, false, true]);
      await journal.append({ type: "spawning", stepExecutionId: "a" });
      await expect(journal.append({ type: "spawning", stepExecutionId: "a" })).rejects.toThrow("at most once");
    });
    await withJournal((journal) => expect([journal.claim("a"), journal.claim("b")]).toEqual([false, true]));
  });
});

describe("damage", () => {
  const fill = async (): Promise<void> => {
    newFolder();
    await withJournal(async (journal) => {
      for (const id of ["a", "b", "c"]) await journal.append({ type: "spawning", stepExecutionId: id });
    });
  };

  it.each([
    ["half a record", '{"seq":5,"at":"2026'],
    ["a whole record without its newline", '{"seq":5,"at":"x","type":"spawning","stepExecutionId":"d","hash":"00"}'],
    ["zeros after a power loss", "\0".repeat(100)],
  ])("cuts %s at the end and says so", async (_, tail) => {
    await fill();
    appendFileSync(file(), tail);
    await withJournal((journal) => expect(["a", "b", "c", "d"].map((id) => journal.hasStarted(id))).toEqual([true, true, true, false]));
    const last = readFileSync(file(), "utf8").trimEnd().split("\n").at(-1) ?? "";
    expect(JSON.parse(last)).toMatchObject({ seq: 5, type: "tail_cut", cutBytes: tail.length });
    await withJournal((journal) => expect(journal.hasStarted("c")).toBe(true));
  });

  it.each([
    ["a changed byte in the middle", (text: string) => text.replace('"stepExecutionId":"b"', '"stepExecutionId":"x"')],
    ["a removed record", (text: string) => text.split("\n").toSpliced(2, 1).join("\n")],
    [
      "two records exchanged",
      (text: string) =>
        text
          .split("\n")
          .toSpliced(1, 2, ...text.split("\n").slice(1, 3).reverse())
          .join("\n"),
    ],
    ["a changed byte in the last whole record", (text: string) => text.replace('"stepExecutionId":"c"', '"stepExecutionId":"x"')],
    ["a removed first record", (text: string) => text.slice(text.indexOf("\n") + 1)],
    ["rubbish in the middle", (text: string) => text.replace("\n", "\nrubbish\n")],
  ])("refuses %s", async (_, change) => {
    await fill();
    writeFileSync(file(), change(readFileSync(file(), "utf8")));
    await expect(openJournal(folder)).rejects.toMatchObject({ code: "JOURNAL_CORRUPT" });
  });
});

/** A disk of one megabyte; mounting needs root. */
describe.skipIf(process.getuid?.() !== 0)("a full disk", () => {
  const filler = (): string => join(folder, "filler");
  const fill = (): void => {
    for (let size = 1 << 16; size >= 1; size /= 2)
      try {
        for (;;) appendFileSync(filler(), Buffer.alloc(size));
      } catch {
        // No room for so many any more; perhaps for fewer.
      }
  };
  const spawning = (id: number) => ({ type: "spawning", stepExecutionId: `step-${id}` }) as const;
  beforeAll(() => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", newFolder()]);
  });
  afterAll(() => {
    execFileSync("umount", [folder]);
  });

  it("refuses records, and takes them again when there is room, without a trace of the half ones", async () => {
    await withJournal(async (journal) => {
      await journal.append(spawning(0));
      fill();
      // The last page of the file still has room for some.
      const refused: number[] = [];
      for (let id = 1; id <= 60; id += 1) await journal.append(spawning(id)).catch(() => refused.push(id));
      expect(refused.length).toBeGreaterThan(10);
      expect(refused.every((id) => journal.recordsOf(`step-${id}`).length === 0 && !journal.claim(`step-${id}`))).toBe(true);
      rmSync(filler());
      await journal.append(spawning(61));
      expect(journal.hasStarted("step-61")).toBe(true);
    });
    await withJournal((journal) => {
      expect([0, 61].map((id) => journal.hasStarted(`step-${id}`))).toEqual([true, true]);
      expect(journal.unfinished().length).toBeLessThan(60);
    });
  });
});

it("has one owner at a time", async () => {
  newFolder();
  await withJournal(() => expect(openJournal(folder)).rejects.toMatchObject({ code: "JOURNAL_LOCKED" }));
  await withJournal((journal) => expect(journal.journalId).toBe("journal-1"));
});

describe("executeStep", () => {
  const request = (stepExecutionId: string, argv: readonly string[]) => ({
    stepExecutionId,
    plan: single(command(argv)),
    cwd: fixture.folder,
    timeoutMs: 10_000,
    onOutput: () => undefined,
  });

  it("records before it spawns, names the process, records the result", async () => {
    newFolder();
    await withJournal(async (journal) => {
      const handle = await executeStep(journal, fixture.executor, request("step-1", ["true"]));
      if (handle.kind === "refused") throw new Error(handle.code);
      const result = await handle.result;
      const at = "2026-01-02T03:04:05.000Z";
      const identity = { pid: expect.any(Number), startTime: expect.any(Number), bootId: fixture.executor.bootId };
      expect(journal.recordsOf("step-1")).toEqual([
        { seq: 2, at, type: "spawning", stepExecutionId: "step-1" },
        { seq: 3, at, type: "spawned", stepExecutionId: "step-1", processes: [{ ...identity, member: 0, argvSha256: expect.any(String) }] },
        { seq: 4, at, type: "finished", stepExecutionId: "step-1", result },
      ]);
      expect(journal.unfinished()).toEqual([]);
    });
  });

  it("never runs an id twice, at once or after a restart", async () => {
    newFolder();
    const append = sh('echo x >> "$1"', join(folder, "effects"));
    await withJournal(async (journal) => {
      const handles = await Promise.all([1, 2, 3].map(() => executeStep(journal, fixture.executor, request("once", append))));
      expect(handles.map((handle) => (handle.kind === "refused" ? handle.code : handle.kind))).toEqual([
        "running",
        "DUPLICATE_STEP",
        "DUPLICATE_STEP",
      ]);
      for (const handle of handles) if (handle.kind === "running") await handle.result;
    });
    await withJournal(async (journal) => {
      expect(await executeStep(journal, fixture.executor, request("once", append))).toMatchObject({ code: "DUPLICATE_STEP" });
    });
    expect(readFileSync(join(folder, "effects"), "utf8")).toBe("x\n");
  });

  it("journals a refusal and keeps to it", async () => {
    newFolder();
    await withJournal(async (journal) => {
      expect(await executeStep(journal, fixture.executor, request("no", ["no-such-program"]))).toMatchObject({ code: "PROGRAM_NOT_FOUND" });
      expect(journal.recordsOf("no")).toMatchObject([{ type: "refused", code: "PROGRAM_NOT_FOUND" }]);
    });
    await withJournal(async (journal) => {
      expect(await executeStep(journal, fixture.executor, request("no", ["true"]))).toMatchObject({ code: "DUPLICATE_STEP" });
    });
  });

  it("starts a step once that was refused and was received again, as another attempt, after that", async () => {
    newFolder();
    await withJournal(async (journal) => {
      await journal.append({ type: "received", stepExecutionId: "edited", detail: { attempt: "1" } });
      expect(await executeStep(journal, fixture.executor, request("edited", ["no-such-program"]))).toMatchObject({
        code: "PROGRAM_NOT_FOUND",
      });
      await journal.append({ type: "received", stepExecutionId: "edited", detail: { attempt: "2" } });
      const handle = await executeStep(journal, fixture.executor, request("edited", ["true"]));
      if (handle.kind === "refused") throw new Error(handle.code);
      expect(await handle.result).toMatchObject({ outcome: "ok" });
      await journal.append({ type: "received", stepExecutionId: "edited", detail: { attempt: "3" } });
      expect(await executeStep(journal, fixture.executor, request("edited", ["true"]))).toMatchObject({ code: "DUPLICATE_STEP" });
    });
  });
});

describe("kill -9 of the writer", () => {
  const bundle = join(tmpdir(), `dd0c-journal-writer-${process.pid}.mjs`);
  beforeAll(async () => {
    const entry = fileURLToPath(new URL("./testing/journal-writer.ts", import.meta.url));
    await build({ entryPoints: [entry], outfile: bundle, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
  });
  afterAll(() => rmSync(bundle, { force: true }));

  async function killAfterRecords(child: ChildProcess, count: number): Promise<number> {
    let seen = "";
    const exit = new Promise((resolve) => child.on("exit", resolve));
    for await (const chunk of child.stdout ?? []) {
      seen += String(chunk);
      if (seen.split("\n").length > count) child.kill("SIGKILL");
    }
    await exit;
    return Number(seen.slice(0, seen.lastIndexOf("\n")).split("\n").at(-1));
  }

  it("loses no record that was confirmed, and finds what still runs", async () => {
    newFolder();
    const child = spawn(process.execPath, [bundle, folder], { stdio: ["ignore", "pipe", "inherit"] });
    const confirmed = await killAfterRecords(child, 50);
    expect(confirmed).toBeGreaterThan(50);
    await withJournal(async (journal) => {
      expect(journal.unacknowledged().length).toBeGreaterThanOrEqual(confirmed - 1);
      expect([journal.hasStarted("crash-long"), journal.isKnown(`crash-${confirmed - 4}`)]).toEqual([true, true]);
      const [unfinished] = journal.unfinished();
      const { processes } = unfinished!;
      expect(unfinished).toEqual({ stepExecutionId: "crash-long", processes, survivors: processes.map(({ pid }) => pid) });
      expect(processes.length).toBe(1);
      expect(await stopSurvivors(unfinished!, 1000)).toEqual([]);
      expect(journal.unfinished()).toEqual([{ stepExecutionId: "crash-long", processes, survivors: [] }]);
      await journal.append({ type: "outcome_unknown", stepExecutionId: "crash-long" });
      expect(journal.unfinished()).toEqual([]);
    });
  });
});
