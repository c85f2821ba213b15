// The sandbox and the account, each alone and together: nothing can be written, everything can be seen, and every process stays in reach.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { openExecutor } from "./executor.ts";
import { openJournal } from "./journal.ts";
import { prepareHome } from "./private-home.ts";
import { findStepProcesses, NO_KNOWN_PROCESSES, readProcess } from "./process-table.ts";
import { findSurvivors, stopSurvivors } from "./stop-survivors.ts";
import { isRoot, testAccount } from "./testing/accounts.ts";
import { type Collected, type Fixture, openFixture, run, sh, single, start, type Started } from "./testing/run-fixture.ts";
import type { RunRequest } from "./run-plan.ts";

const limits = { cpuSeconds: 20, memoryBytes: 2 ** 33, processes: 64, openFiles: 256 };
const account = testAccount(2);
const ways = [
  { name: "as the agent's own account", runAs: undefined },
  ...(isRoot ? [{ name: "as another account", runAs: account }] : []),
] as const;
const opened: { close(): void }[] = [];
afterAll(() => opened.forEach((each) => each.close()));
const open = (config: Parameters<typeof openFixture>[0]): Fixture => {
  const fixture = openFixture({ limits, sandbox: "required", ...config });
  opened.push(fixture);
  return fixture;
};
const until = async (condition: () => boolean): Promise<void> => {
  const since = performance.now();
  while (!condition()) {
    if (performance.now() - since > 10_000) throw new Error("not in time");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const pidsOf = ({ stepExecutionId }: Started): number[] => findStepProcesses(stepExecutionId, NO_KNOWN_PROCESSES).map((facts) => facts.pid);
const statesOf = (pids: readonly number[]): readonly string[] => pids.map((pid) => readProcess(pid)?.state ?? "gone");
const namesOf = (pids: readonly number[]): readonly string[] => pids.map((pid) => readFileSync(`/proc/${pid}/comm`, "utf8").trim()).sort();

describe.each(ways)("a command proven to only read, $name", ({ runAs }) => {
  const fixture = open({ runAs });
  const read = (plan: RunRequest["plan"], more: Partial<RunRequest> = {}): Promise<Collected> =>
    run(fixture, plan, { readOnly: true, ...more });
  const everyone = join(fixture.folder, "everyone");
  mkdirSync(everyone);
  chmodSync(everyone, 0o777);
  writeFileSync(join(everyone, "file"), "as it was\n");
  chmodSync(join(everyone, "file"), 0o666);

  it.each([
    ["a new file", 'touch "$0/new"'],
    ["a file that everybody may write", 'echo changed > "$0/file"'],
    ["its mode", 'chmod 600 "$0/file"'],
    ["its disappearance", 'rm -f "$0/file"'],
    ["a link", 'ln -s /etc "$0/link"'],
    ["a file in /tmp", "touch /tmp/dd0c-sandbox-test"],
    ["a start file in HOME", 'echo evil > "$HOME/.bashrc"'],
    ["a setting of the kernel", "echo 1 > /proc/sys/vm/drop_caches"],
    ["a device node", 'mknod "$0/sda" b 8 0'],
    ["a file system mounted writable again", 'mount -o remount,rw,bind / && touch "$0/new"'],
    ["one mounted over it", 'mount -t tmpfs none "$0"'],
  ])("cannot make %s", async (_what, script) => {
    const { result } = await read(single(["/bin/sh", "-c", script, everyone]));
    expect([result.outcome, readFileSync(join(everyone, "file"), "utf8"), existsSync(join(everyone, "new"))]).toEqual([
      "failed",
      "as it was\n",
      false,
    ]);
  });

  it("is told why in words, and the person too", async () => {
    const { result } = await read(single(["touch", join(everyone, "new")]));
    expect(result.note).toBe(
      "It tried to write a file. A command that is proven to only read runs in a sandbox in which nothing can be written (docs/agent.md).",
    );
  });

  it("has few of root's rights, and says where that may matter", async () => {
    const { result } = await read(single(["/usr/sbin/chroot", "/", "true"]));
    expect([result.outcome, result.note?.includes("sandboxExcept in agent.json")]).toEqual([
      "failed",
      isRoot && runAs === undefined ? true : undefined,
    ]);
  });

  it("sees the host as it is: /tmp, processes, the network, its working directory and its home", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dd0c-seen-"));
    chmodSync(folder, 0o755);
    const server = createServer((_, answer) => answer.end("reached\n")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const script = 'ls -d "$1"; pwd; test -d /proc/$2 && echo process; cat "$HOME/.curlrc" && curl -s "http://127.0.0.1:$3/"';
    const seen = await read(single(sh(script, folder, String(process.pid), String(port))), { cwd: everyone });
    server.close();
    rmSync(folder, { recursive: true });
    expect(seen.stdout).toBe(`${folder}\n${everyone}\nprocess\nreached\n`);
  });

  it("has scratch folders of its own that are empty and gone afterwards", async () => {
    const script =
      'ls -A "$TMPDIR" "$HOME/.kube/cache" | grep -v : ; echo kept > "$TMPDIR/x" && cat "$TMPDIR/x" && touch "$HOME/.kube/cache/y"';
    const twice = [await read(single(sh(script))), await read(single(sh(script)))];
    expect(twice.map(({ stdout, result }) => [stdout.trim(), result.outcome])).toEqual([
      ["kept", "ok"],
      ["kept", "ok"],
    ]);
    expect(existsSync(join(fixture.executor.policy.home, ".kube/cache/y"))).toBe(false);
  });

  it("gains no rights by a program that gives some", async () => {
    const { stdout } = await read(single(["grep", "NoNewPrivs", "/proc/self/status"]));
    expect(stdout).toBe("NoNewPrivs:\t1\n");
  });

  it("keeps its name, its status and the end of its pipe", async () => {
    const named = await read(single(["ls", "/no/such/file"]));
    expect([named.stderr.startsWith("ls: "), named.result.exitCode]).toEqual([true, 2]);
    const piped = await read(single(["yes"], ["head", "-n", "1"]));
    expect([piped.stdout, piped.result.outcome]).toEqual(["y\n", "ok"]);
  });

  it("stands still with everything that watches over it, and goes on", async () => {
    const step = start(fixture, single(sh("(setsid sleep 61 &) ; sleep 60 & wait"), ["cat"]), { readOnly: true, cwd: "/" });
    await until(() => namesOf(pidsOf(step)).filter((name) => name === "sleep").length === 2);
    step.handle.stopGroups();
    const moving = (): number => statesOf(pidsOf(step)).filter((state) => state !== "T").length;
    // The one that left its group is found by the search that follows.
    await until(() => moving() === 1);
    step.handle.freeze();
    await until(() => moving() === 0);
    expect(namesOf(pidsOf(step)).filter((name) => name === "bwrap").length).toBeGreaterThan(0);
    step.handle.thaw();
    await until(() => !statesOf(pidsOf(step)).includes("T"));
    expect(await step.handle.stop()).toEqual([]);
    expect([(await step.done).result.outcome, pidsOf(step)]).toEqual(["stopped", []]);
  });

  it("ends at its deadline, though it ignores SIGTERM", async () => {
    const step = start(fixture, single(sh('trap "" TERM; while :; do sleep 0.05; done')), { readOnly: true, timeoutMs: 200, cwd: "/" });
    const { result } = await step.done;
    expect([result.outcome, result.leftRunning, pidsOf(step)]).toEqual(["timed_out", [], []]);
  });

  it("is no longer bound when it is not proven", async () => {
    const { result } = await run(fixture, single(["touch", join(everyone, "approved")]));
    expect([result.outcome, existsSync(join(everyone, "approved"))]).toEqual(["ok", true]);
  });

  it.each(["read-only", "approved"])("%s: survives the agent's kill -9 as a survivor that is found and can be ended", async (kind) => {
    const folder = mkdtempSync(join(tmpdir(), "dd0c-left-"));
    chmodSync(folder, 0o755);
    const script = join(folder, "left-behind.mjs");
    const entry = fileURLToPath(new URL("./testing/left-behind.ts", import.meta.url));
    buildSync({ entryPoints: [entry], outfile: script, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
    const args = [script, folder, String(runAs?.uid ?? 0), kind];
    const agent = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => agent.stdout.once("data", resolve));
    agent.kill("SIGKILL");
    await new Promise((resolve) => agent.once("exit", resolve));
    const journal = await openJournal(join(folder, "journal"));
    const [step] = journal.unfinished();
    if (step === undefined) throw new Error("the journal knows nothing");
    // The sandbox may still have been in the making when its agent died.
    await until(() => namesOf(findSurvivors(step)).includes("sleep"));
    expect(await stopSurvivors(step, 500)).toEqual([]);
    expect(findSurvivors(step)).toEqual([]);
    await journal.close();
    rmSync(folder, { recursive: true });
  });
});

if (isRoot) {
  describe("an account of its own", () => {
    const fixture = open({ runAs: account, sandbox: "off" });
    const { home } = fixture.executor.policy;

    it("is all that a command has: no group of the agent's, no right of root's", async () => {
      const { stdout } = await run(fixture, single(["id"]), { cwd: "/" });
      expect(stdout).toBe(`uid=${account.uid} gid=${account.gid} groups=${account.gid}\n`);
      const status = await run(fixture, single(["grep", "-E", "^(CapEff|CapAmb|Groups)", "/proc/self/status"]), { cwd: "/" });
      expect(status.stdout.replace(/\s+/g, " ")).toBe("Groups: CapEff: 0000000000000000 CapAmb: 0000000000000000 ");
      expect((await run(fixture, single(["cat", "/etc/shadow"]), { cwd: "/" })).result.outcome).toBe("failed");
    });

    it("reads its home, and leaves nothing in it for the next command but scratch files", async () => {
      const script =
        'cat .curlrc && touch .cache/kept "$HOME/.dd0c-tmp/x" && ! touch .bashrc 2>/dev/null && ! rm -f .curlrc 2>/dev/null && echo bound';
      expect((await run(fixture, single(sh(script)), { cwd: home })).stdout).toBe("bound\n");
      expect([existsSync(join(home, ".bashrc")), statSync(join(home, ".cache/kept")).uid]).toEqual([false, account.uid]);
    });

    it("can open its output once more by name", async () => {
      const { stdout, stderr } = await run(fixture, single(sh("echo out > /dev/stdout; echo err > /dev/stderr")), { cwd: "/" });
      expect([stdout, stderr]).toEqual(["out\n", "err\n"]);
    });

    it("is not followed through a link that a command left where a folder was", () => {
      const trap = mkdtempSync(join(tmpdir(), "dd0c-trap-"));
      mkdirSync(join(trap, "home"));
      mkdirSync(join(trap, "prey"), { mode: 0o700 });
      symlinkSync(join(trap, "prey"), join(trap, "home/.cache"));
      writeFileSync(join(trap, "file"), "precious");
      symlinkSync(join(trap, "file"), join(trap, "home/.curlrc"));
      expect(() => prepareHome(join(trap, "home"), account)).toThrow(expect.objectContaining({ code: "EXECUTOR_SETUP_FAILED" }));
      const { uid, mode } = statSync(join(trap, "prey"));
      expect([uid, mode & 0o777, readFileSync(join(trap, "file"), "utf8")]).toEqual([0, 0o700, "precious"]);
      rmSync(trap, { recursive: true });
    });

    it("that cannot reach its home stops the start", () => {
      const closed = mkdtempSync(join(tmpdir(), "dd0c-closed-"));
      const config = { home: join(closed, "home"), programDirs: ["/usr/bin"], lang: "C", allowedNames: [], profile: {}, runAs: account };
      expect(() => openExecutor(config)).toThrow(/cannot be started with its home folder/);
      rmSync(closed, { recursive: true });
    });
  });
}
