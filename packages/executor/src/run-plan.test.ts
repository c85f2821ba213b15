import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { runPlan } from "./run-plan.ts";
import { andOr, command, openFixture, pipeline, planOf, run, sh, single } from "./testing/run-fixture.ts";

const fixture = openFixture();
afterAll(() => fixture.close());

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const exited = (argv0: string, exitCode: number) => ({ argv0, exitCode, signal: null, started: true });
const killed = (argv0: string, signal: string) => ({ argv0, exitCode: null, signal, started: true });
const skipped = (argv0: string) => ({ argv0, exitCode: null, signal: null, started: false });

describe("one command", () => {
  it("reports everything about a plain success", async () => {
    const { result, stdout, stderr } = await run(fixture, single(["printf", "%s|", "", "-n", "a b", "$HOME", "*", "ü\n"]));
    expect({ ...result, durationMs: 0 }).toEqual({
      exitCode: 0,
      outcome: "ok",
      members: [exited("printf", 0)],
      stdoutSha256: sha256("|-n|a b|$HOME|*|ü\n|"),
      stderrSha256: sha256(""),
      stdoutBytes: 20,
      stderrBytes: 0,
      durationMs: 0,
      truncated: false,
      leftRunning: [],
    });
    expect([stdout, stderr]).toEqual(["|-n|a b|$HOME|*|ü\n|", ""]);
  });

  it.each([
    ["stdout and stderr apart", {}, "out\n", "err\n"],
    ["stderr joined to stdout", { stderr: "stdout" }, "out\nerr\n", ""],
    ["stdout joined to stderr", { stdout: "stderr" }, "", "out\nerr\n"],
    ["stdout dropped", { stdout: "null" }, "", "err\n"],
    ["stderr dropped", { stderr: "null" }, "out\n", ""],
    ["both exchanged", { stdout: "stderr", stderr: "stdout" }, "err\n", "out\n"],
    ["stderr joined, stdout dropped", { stdout: "null", stderr: "stdout" }, "err\n", ""],
    ["both dropped", { stdout: "null", stderr: "null" }, "", ""],
  ] as const)("wires sinks: %s", async (_, sinks, stdout, stderr) => {
    const collected = await run(fixture, single(command(sh("echo out; echo err >&2"), sinks)));
    expect([collected.stdout, collected.stderr]).toEqual([stdout, stderr]);
  });

  it("keeps the order of writes to a joined stream", async () => {
    const { stdout } = await run(fixture, single(command(sh("for i in 1 2 3 4 5; do echo o$i; echo e$i >&2; done"), { stderr: "stdout" })));
    expect(stdout).toBe("o1\ne1\no2\ne2\no3\ne3\no4\ne4\no5\ne5\n");
  });

  it.each([
    ["nothing for the first member", { kind: "inherit" }, ""],
    ["nothing at all", { kind: "null" }, ""],
    ["a text", { kind: "text", text: "a\n\0ü'\"\n" }, "a\n\0ü'\"\n"],
    ["an empty text", { kind: "text", text: "" }, ""],
    ["a text larger than a pipe", { kind: "text", text: "x".repeat(300_000) }, "x".repeat(300_000)],
  ] as const)("gives standard input: %s", async (_, stdin, expected) => {
    const { result, stdout } = await run(fixture, single(command(["cat"], { stdin })));
    expect([result.outcome, stdout === expected]).toEqual(["ok", true]);
  });

  it("does not mind a program that leaves its input unread", async () => {
    const plan = single(command(["true"], { stdin: { kind: "text", text: "x".repeat(5_000_000) } }));
    expect((await run(fixture, plan)).result.outcome).toBe("ok");
  });

  it.each([
    ["an exit code", sh("exit 7"), [], 7, "failed", exited("/bin/sh", 7)],
    ["an answer", sh("exit 1"), [[1]], 1, "answer", exited("/bin/sh", 1)],
    ["another code than the answer", sh("exit 2"), [[1]], 2, "failed", exited("/bin/sh", 2)],
    ["a signal", sh("kill -KILL $$"), [], 137, "failed", killed("/bin/sh", "SIGKILL")],
    ["a last member's SIGPIPE", sh("kill -PIPE $$"), [], 141, "failed", killed("/bin/sh", "SIGPIPE")],
  ] as const)("reports %s", async (_, argv, answerCodes, exitCode, outcome, member) => {
    const { result } = await run(fixture, single(argv), { answerCodes });
    expect([result.exitCode, result.outcome, result.members]).toEqual([exitCode, outcome, [member]]);
  });
});

describe("pipelines", () => {
  it("joins members and takes the last status", async () => {
    const { result, stdout } = await run(fixture, single(["printf", "b\na\nb\n"], ["sort"], ["uniq", "-c"], ["wc", "-l"]));
    expect([result.outcome, stdout.trim(), result.members.length]).toEqual(["ok", "2", 4]);
  });

  it.each([
    ["an earlier failure fails the step, not the status", [sh("exit 3"), ["true"]], [], 0, "failed"],
    ["an earlier answer does not", [sh("exit 1"), ["true"]], [[1], []], 0, "ok"],
    ["an earlier SIGPIPE does not", [sh("kill -PIPE $$"), ["true"]], [], 0, "ok"],
    ["an earlier SIGPIPE reported by a wrapper does not", [sh("exit 141"), ["true"]], [], 0, "ok"],
    ["an earlier SIGTERM does", [sh("kill -TERM $$"), ["true"]], [], 0, "failed"],
    ["the last one's answer is the step's", [["true"], sh("exit 1")], [[], [1]], 1, "answer"],
  ] as const)("%s", async (_, members, answerCodes, exitCode, outcome) => {
    const { result } = await run(fixture, single(...members), { answerCodes });
    expect([result.exitCode, result.outcome]).toEqual([exitCode, outcome]);
  });

  it("ends an endless producer with its consumer", async () => {
    for (let round = 0; round < 10; round++) {
      const { result, stdout, stderr } = await run(fixture, single(["yes"], ["head", "-1"]));
      expect([result.outcome, stdout, stderr, result.members]).toEqual(["ok", "y\n", "", [killed("yes", "SIGPIPE"), exited("head", 0)]]);
      expect(result.durationMs).toBeLessThan(2000);
    }
  });

  it("ends a producer whose consumer reads from elsewhere", async () => {
    const { result, stdout } = await run(fixture, single(["yes"], command(["cat"], { stdin: { kind: "text", text: "own\n" } })));
    expect([result.outcome, stdout, result.members[0]]).toEqual(["ok", "own\n", killed("yes", "SIGPIPE")]);
  });

  it("gives end of file to the reader of a member whose output goes elsewhere", async () => {
    const { stdout, stderr } = await run(fixture, single(command(sh("echo gone; echo err >&2"), { stdout: "null" }), ["wc", "-c"]));
    expect([stdout.trim(), stderr]).toEqual(["0", "err\n"]);
  });

  it("carries stderr through the pipe when joined", async () => {
    const { stdout, stderr } = await run(fixture, single(command(sh("echo out; echo err >&2"), { stderr: "stdout" }), ["sort"]));
    expect([stdout, stderr]).toEqual(["err\nout\n", ""]);
  });

  it("moves 200 MB between processes and to us without loss or growth", async () => {
    const before = process.memoryUsage().rss;
    const { result, stdout } = await run(fixture, single(["head", "-c", "200000000", "/dev/zero"], ["cat"], ["wc", "-c"]));
    expect([result.outcome, stdout.trim()]).toEqual(["ok", "200000000"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it("starts members as real pipes, each in a group of its own", async () => {
    const probe = 'test -p /dev/stdin && echo pipe; test "$(ps -o pgid= -p $$ | tr -d " ")" = $$ && echo leader; cat';
    const { stdout } = await run(fixture, single(sh('test "$(ps -o pgid= -p $$ | tr -d " ")" = $$ && echo first'), sh(probe)));
    expect(stdout).toBe("pipe\nleader\nfirst\n");
  });
});

describe("lists", () => {
  const ok = pipeline(["true"]);
  const no = pipeline(sh("exit 4"));
  const say = (word: string) => pipeline(["echo", word]);
  it.each([
    ["a && b", planOf(andOr(ok, { op: "&&", pipeline: say("b") })), "b\n", 0, "ok"],
    ["x && b", planOf(andOr(no, { op: "&&", pipeline: say("b") })), "", 4, "failed"],
    ["a || b", planOf(andOr(ok, { op: "||", pipeline: say("b") })), "", 0, "ok"],
    ["x || b", planOf(andOr(no, { op: "||", pipeline: say("b") })), "b\n", 0, "ok"],
    ["x && b || c", planOf(andOr(no, { op: "&&", pipeline: say("b") }, { op: "||", pipeline: say("c") })), "c\n", 0, "ok"],
    ["a || b && c", planOf(andOr(ok, { op: "||", pipeline: say("b") }, { op: "&&", pipeline: say("c") })), "c\n", 0, "ok"],
    ["b; c", planOf(andOr(say("b")), andOr(say("c"))), "b\nc\n", 0, "ok"],
    ["x; c is failed: nobody looked at x", planOf(andOr(no), andOr(say("c"))), "c\n", 0, "failed"],
    ["x || b; c is not", planOf(andOr(no, { op: "||", pipeline: say("b") }), andOr(say("c"))), "b\nc\n", 0, "ok"],
    [
      "x; and-or of the next list does not look back",
      planOf(andOr(no), andOr(say("b"), { op: "||", pipeline: say("c") })),
      "b\n",
      0,
      "failed",
    ],
  ] as const)("%s", async (_, plan, stdout, exitCode, outcome) => {
    const collected = await run(fixture, plan);
    expect([collected.stdout, collected.result.exitCode, collected.result.outcome]).toEqual([stdout, exitCode, outcome]);
  });

  it("keeps members that were skipped, in order", async () => {
    const plan = planOf(andOr(no, { op: "&&", pipeline: pipeline(["echo", "b"], ["cat"]) }, { op: "||", pipeline: say("c") }));
    expect((await run(fixture, plan)).result.members).toEqual([exited("/bin/sh", 4), skipped("echo"), skipped("cat"), exited("echo", 0)]);
  });

  it("stops before the next pipeline when the caller says so", async () => {
    const { result, stdout } = await run(fixture, planOf(andOr(say("a")), andOr(say("b"))), { mayContinue: () => false });
    expect([result.outcome, result.exitCode, stdout, result.members[1]]).toEqual(["stopped", 0, "a\n", skipped("echo")]);
  });
});

describe("refusals", () => {
  const base = { stepExecutionId: "refused-1", cwd: "/", timeoutMs: 1000, onOutput: () => undefined };
  it.each([
    ["PROGRAM_NOT_FOUND", { plan: single(["true"], ["no-such-program-here"]) }],
    ["PROGRAM_PATH_RELATIVE", { plan: single(["./true"]) }],
    ["ENV_NAME_NOT_ALLOWED", { plan: single(command(["true"], { env: [["LD_PRELOAD", "x"]] })) }],
    ["ENV_NAME_NOT_ALLOWED", { plan: single(["true"]), env: { OTHER: "x" } }],
    ["ENV_INVALID", { plan: single(["true"]), env: { GREETING: "a\0b" } }],
    ["CWD_NOT_FOUND", { plan: single(["true"]), cwd: "/no/such/folder" }],
    ["CWD_NOT_FOUND", { plan: single(["true"]), cwd: "." }],
    ["PLAN_INVALID", { plan: { lists: [] } }],
    ["PLAN_INVALID", { plan: single() }],
    ["PLAN_INVALID", { plan: single([]) }],
    ["PLAN_INVALID", { plan: single(["echo", "a\0b"]) }],
    ["STEP_ID_INVALID", { plan: single(["true"]), stepExecutionId: "a\0b" }],
  ] as const)("%s executes nothing", (code, request) => {
    expect(runPlan(fixture.executor, { ...base, ...request })).toMatchObject({ kind: "refused", code });
  });
});

describe("callbacks", () => {
  it("runs nothing when the record before the spawn fails", async () => {
    const marker = `${fixture.folder}/must-not-exist`;
    const onSpawning = () => Promise.reject(new Error("disk full"));
    await expect(run(fixture, single(["touch", marker]), { onSpawning })).rejects.toMatchObject({ code: "RUN_CALLBACK_FAILED" });
    expect(readdirSync(fixture.folder)).not.toContain("must-not-exist");
  });

  it("names each process once it exists", async () => {
    const seen: unknown[] = [];
    const onSpawned = async (processes: readonly unknown[]) => void seen.push(...processes);
    const { result } = await run(fixture, single(["true"], ["cat"]), { onSpawned });
    const identity = { pid: expect.any(Number), startTime: expect.any(Number), bootId: fixture.executor.bootId };
    expect([result.outcome, seen]).toEqual([
      "ok",
      [
        { ...identity, member: 0, argvSha256: sha256("true") },
        { ...identity, member: 1, argvSha256: sha256("cat") },
      ],
    ]);
  });

  it("ends the processes when nobody takes their output", async () => {
    const onOutput = () => Promise.reject(new Error("stream gone"));
    await expect(run(fixture, single(["yes"]), { onOutput })).rejects.toMatchObject({ code: "RUN_CALLBACK_FAILED" });
  });

  it("makes the writer wait for a slow caller", async () => {
    let taken = 0;
    const onOutput = async (chunk: { kind: string; bytes?: Buffer }) => {
      taken += chunk.bytes?.length ?? 0;
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const { result } = await run(fixture, single(["yes"]), { onOutput, timeoutMs: 400 });
    expect([result.outcome, result.stdoutBytes < 10_000_000, taken > 0]).toEqual(["timed_out", true, true]);
  });
});

it("leaks no file descriptor", async () => {
  const plan = single(["yes"], ["head", "-1"], command(["cat"], { stdin: { kind: "text", text: "x" } }));
  await run(fixture, plan);
  const before = readdirSync("/proc/self/fd").length;
  for (let round = 0; round < 20; round++) await run(fixture, plan);
  expect(readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before);
});
