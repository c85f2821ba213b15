// Each limit met by a real process: what it costs the command, what the host keeps, and what the person reads.
import { afterAll, describe, expect, it } from "vitest";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandLimits, limitArguments, readOwnLimits } from "./command-limits.ts";
import { isRoot, testAccount } from "./testing/accounts.ts";
import { findStepProcesses, NO_KNOWN_PROCESSES } from "./process-table.ts";
import { type Collected, type Fixture, openFixture, pipeline, planOf, andOr, run, sh, single, start } from "./testing/run-fixture.ts";

const limits: CommandLimits = { cpuSeconds: 1, memoryBytes: 512 << 20, processes: 24, openFiles: 32 };
const fixtures: Fixture[] = [];
const open = (...args: Parameters<typeof openFixture>): Fixture => {
  const fixture = openFixture(...args);
  fixtures.push(fixture);
  return fixture;
};
afterAll(() => {
  for (const fixture of fixtures) fixture.close();
});
const fixture = open({ limits });
const told = ({ result }: Collected): readonly unknown[] => [result.outcome, result.note];

if (isRoot) {
  describe("the number of processes, under an account of its own", () => {
    const runAs = testAccount(1);
    const bound = open({ limits, runAs });

    it("holds a fork bomb, leaves the host able to start processes, and nothing of it survives the stop", async () => {
      const bomb = start(bound, single(sh("f() { f | f & }; f; while :; do sleep 0.05; done")), { cwd: "/", timeoutMs: 20_000 });
      let most = 0;
      for (let look = 0; look < 40 || (most < 2 && look < 1_000); look++) {
        most = Math.max(most, findStepProcesses(bomb.stepExecutionId, NO_KNOWN_PROCESSES).length);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect([most <= 24, most > 1]).toEqual([true, true]);
      expect((await run(fixture, single(["echo", "the host goes on"]))).stdout).toBe("the host goes on\n");
      await bomb.handle.stop();
      await bomb.done;
      expect(findStepProcesses(bomb.stepExecutionId, NO_KNOWN_PROCESSES)).toEqual([]);
    });

    it("is said in words", async () => {
      const children = sh("i=0; while [ $i -lt 40 ]; do sleep 5 & i=$((i+1)); done; wait");
      const done = await run(bound, single(children), { cwd: "/" });
      expect(told(done)).toEqual([
        "failed",
        `It could start no further process. User ${runAs.user} may have 24 processes at once, those of other steps counted (limits.processes in agent.json).`,
      ]);
    });
  });
} else {
  it("is not tested under another account without root: such a start is refused", () => {
    expect(() => openFixture({ limits, runAs: testAccount(1) })).toThrow(expect.objectContaining({ code: "EXECUTOR_SETUP_FAILED" }));
  });
}

describe("processor time", () => {
  it("ends a process that uses too much of it, and says so", async () => {
    const done = await run(fixture, single(sh("while :; do :; done")));
    expect([done.result.members[0]?.signal, ...told(done)]).toEqual([
      "SIGXCPU",
      "failed",
      "A process was ended after 1 seconds of processor time (limits.cpuSeconds in agent.json).",
    ]);
  });

  it("does not count for one that waits", async () => {
    expect(told(await run(fixture, single(["sleep", "1.2"])))).toEqual(["ok", undefined]);
  });
});

describe("memory", () => {
  it("is refused to a process that wants more, and the step says so", async () => {
    const done = await run(fixture, single(["/usr/bin/perl", "-e", '$x = "x" x (1 << 30); print length $x']));
    expect([done.stdout, ...told(done)]).toEqual([
      "",
      "failed",
      "It got no more memory. One process may use 512 MiB (limits.memoryBytes in agent.json).",
    ]);
  });
});

describe("open files", () => {
  it("run out, and the step says so", async () => {
    const many = 'for (1..100) { open($f[$_], "<", "/dev/null") or die "$!\\n" } print "all";';
    const done = await run(fixture, single(["/usr/bin/perl", "-e", many]));
    expect([done.stdout, ...told(done)]).toEqual([
      "",
      "failed",
      "It could open no further file. One process may have 32 files open (limits.openFiles in agent.json).",
    ]);
  });
});

describe("every command of a plan", () => {
  const shown = sh("ulimit -t; ulimit -d; ulimit -v; ulimit -n; ulimit -c");

  it("is held to them, behind a pipe and a condition too, and cannot raise them", async () => {
    const plan = planOf(andOr(pipeline(["true"], shown), { op: "&&", pipeline: pipeline(shown) }), andOr(pipeline(shown)));
    const { stdout } = await run(fixture, plan);
    expect(stdout).toBe("1\n524288\n2097152\n32\n0\n".repeat(3));
  });

  it("keeps its name, its arguments as they are, and its status", async () => {
    const script = sh('printf "<%s>" "$0" "$@"; exit 7', "--", "-n", "--as=1", "", "a b", "é");
    const { stdout, result } = await run(fixture, single(script));
    expect([stdout, result.exitCode]).toEqual(["<sh><--><-n><--as=1><><a b><é>", 7]);
    const { stderr } = await run(fixture, single(["ls", "/no/such/file"]));
    expect(stderr).toMatch(/^ls: /);
  });

  it("still ends with its reader", async () => {
    const { stdout, result } = await run(fixture, single(["yes"], ["head", "-n", "1"]));
    expect([stdout, result.outcome, result.members[0]?.signal]).toEqual(["y\n", "ok", "SIGPIPE"]);
  });

  it("is the file that the folders of the configuration hold first, and no other", async () => {
    const dirs = ["first", "second"].map((name) => join(fixture.folder, name));
    for (const dir of dirs) {
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, "tool"), `#!/bin/sh\necho ${dir}\n`, { mode: 0o755 });
    }
    const two = open({ limits, programDirs: [...dirs, "/usr/bin", "/bin"] });
    expect((await run(two, single(["tool"]), { cwd: dirs[1] ?? "" })).stdout).toBe(`${dirs[0]}\n`);
  });
});

describe("limitArguments", () => {
  const own = readOwnLimits(
    [
      "Limit                     Soft Limit           Hard Limit           Units     ",
      "Max cpu time              unlimited            unlimited            seconds   ",
      "Max processes             40                   20                   processes ",
      "Max open files            16                   30                   files     ",
    ].join("\n"),
  );

  it("asks for no more than the agent may have itself", () => {
    expect(limitArguments(limits, own)).toEqual([
      "--cpu=1:6",
      "--data=536870912",
      "--as=2147483648",
      "--nproc=20",
      "--nofile=30",
      "--core=0",
    ]);
    expect(limitArguments({ ...limits, processes: null }, own).join(" ")).not.toContain("nproc");
    expect(limitArguments({ ...limits, cpuSeconds: 9 }, { "cpu time": 7 })[0]).toBe("--cpu=7:7");
  });

  it("reads this machine's", () => {
    expect(readOwnLimits()["open files"]).toBeGreaterThan(0);
  });
});
