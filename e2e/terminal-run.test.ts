// `dd0c run` as a person uses it: the built program in a pseudo terminal, real commands, the record on disk; and as a script does, without one.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dd0c, eventsOf, localRuns, typesOf } from "./support/local-runs.ts";

const { folder, place, verify } = localRuns();

const disk = `# Room on the disk

## Prerequisites

- The owner knows

## Steps

1. Look at the file.

   \`\`\`
   cat {HERE}/data/<name>.txt
   \`\`\`

2. Keep a copy.

   \`\`\`
   cp {HERE}/data/<name>.txt {HERE}/data/copy.txt
   \`\`\`

3. Remove it.

   \`\`\`
   rm {HERE}/data/<name>.txt
   \`\`\`

4. Show all of it.

   \`\`\`
   echo {HERE}/data/*
   \`\`\`

5. Tell the owner.
`;

describe("a walk in a terminal", () => {
  it("confirms, asks for values, asks for approval, makes the name be typed, takes reports, and leaves a record that holds", async () => {
    const { walk, here, audit } = place(disk);
    const pty = walk([]);
    await pty.see("The owner knows");
    await pty.answer("y");
    await pty.see("Step 1 of 5");
    await pty.answer("a", "name = ");
    await pty.see(`cat ${here}/data/a.txt`);
    await pty.see("safe");
    await pty.answer("y");
    await pty.see("| first line");
    await pty.see("Step 2 of 5");
    expect(await pty.see("\n> ")).toContain("caution");
    // Enter alone, words and other keys run nothing.
    for (const wrong of ["", "yes", "ok", "z"]) {
      pty.press(`${wrong}\r`);
      await pty.see("Please answer with");
      await pty.see("> ");
    }
    expect(existsSync(join(here, "data/copy.txt"))).toBe(false);
    pty.press("y\r");
    await pty.see("would undo this");
    await pty.answer("y");
    await pty.see("Step 3 of 5");
    await pty.see("dangerous");
    await pty.answer("y");
    await pty.see("would undo this");
    await pty.answer("y");
    await pty.answer("data", "name: ");
    await pty.see("NOT RUN");
    expect(existsSync(join(here, "data/a.txt"))).toBe(true);
    await pty.answer("y");
    await pty.answer("y");
    await pty.answer(join(here, "data/a.txt"), "name: ");
    await pty.see("Step 4 of 5");
    expect(existsSync(join(here, "data/a.txt"))).toBe(false);
    await pty.see("by hand");
    await pty.see("because");
    await pty.answer("d");
    await pty.answer("it shows copy.txt", "What happened?");
    await pty.see("Tell the owner.");
    await pty.answer("s");
    await pty.answer("", "Why is it skipped?");
    await pty.see("verify-audit");
    expect(await pty.ended).toBe(0);
    expect(verify(audit)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: \d+ events/) as string });
    const events = eventsOf(audit);
    const human = events.filter(({ type }) =>
      ["step.approved", "step.reported", "step.skipped", "execution.preflight_confirmed"].includes(type),
    );
    expect(human.length).toBe(6);
    for (const { actor } of human) expect(actor).toMatchObject({ type: "user", via: "cli" });
    expect(events.filter(({ type }) => type === "step.executed").length).toBe(3);
    const bytes = readFileSync(audit);
    bytes[bytes.indexOf("first") === -1 ? 400 : 401] = 0x7a;
    writeFileSync(audit, bytes);
    expect(verify(audit)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^BROKEN/) as string });
  });

  it("keeps to 80 columns beside the commands, and needs neither colour nor cursor", async () => {
    const { walk } = place(disk);
    const pty = walk([], { TERM: "dumb", NO_COLOR: "1" });
    await pty.answer("y");
    await pty.answer("a", "name = ");
    await pty.answer("y");
    await pty.answer("x");
    await pty.answer("enough", "Why does it end here?");
    expect(await pty.ended).toBe(5);
    expect(pty.bytes).not.toContain("\u001b[3");
    expect(pty.bytes).not.toContain("\u001b[1m");
    const wide = pty.screen.split("\n").filter((line) => line.length > 80 && !line.includes(folder.path));
    expect(wide).toEqual([]);
    expect(pty.screen).toContain("not reached");
  });

  it("does not take keys that were pressed before the question for its answer", async () => {
    const { walk, here } = place("# T\n\n1. Wait:\n\n```\nsleep 2\n```\n\n2. Remove:\n\n```\nrm {HERE}/data/a.txt\n```\n");
    const pty = walk([]);
    await pty.answer("y");
    await pty.see("running");
    pty.press("y\ry\ry");
    await pty.see("Step 2 of 2");
    await pty.see("\n> ");
    await new Promise((wait) => setTimeout(wait, 300));
    pty.press("\r");
    await pty.see("Please answer with");
    expect(existsSync(join(here, "data/a.txt"))).toBe(true);
  });

  it("masks secrets in the output, and shows what could steer the terminal", async () => {
    const { walk, here } = place("# T\n\n1. Look:\n\n```\ncat {HERE}/data/a.txt\n```\n");
    writeFileSync(join(here, "data/a.txt"), "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\u001b[2Jgone\n");
    const pty = walk([]);
    await pty.answer("y");
    expect(await pty.ended).toBe(0);
    expect(pty.bytes).not.toContain("wJalrXUtnFEMI");
    expect(pty.bytes).not.toContain("\u001b[2J");
    expect(pty.screen).toContain("\\u{1b}[2Jgone");
  });

  it("stops a command by Ctrl-C and asks what comes next; Ctrl-C at a question leaves the run for later", async () => {
    const { walk, audit } = place("# T\n\n1. Wait:\n\n```\nsleep 60\n```\n");
    const pty = walk([]);
    await pty.answer("y");
    await pty.see("running");
    await new Promise((wait) => setTimeout(wait, 300));
    pty.press("\u0003");
    await pty.see("ended after");
    await pty.see("\n> ");
    pty.press("\u0003");
    expect(await pty.ended).toBe(130);
    expect(pty.screen).toContain("--resume");
    expect(typesOf(audit).at(-1)).toBe("execution.paused");
  });
});

const undoable = `# Rename

1. Move it away.

   \`\`\`
   mv {HERE}/data/a.txt {HERE}/data/b.txt && cat {HERE}/data/flag
   \`\`\`

2. Look.

   \`\`\`
   ls {HERE}/data
   \`\`\`

## Rollback

- Move it back: \`mv {HERE}/data/b.txt {HERE}/data/a.txt\`
`;

describe("a step that failed", () => {
  it("can be undone, tried again as a new attempt, and be left as it is; each is asked about", async () => {
    const { walk, here, audit } = place(undoable);
    const pty = walk([]);
    const back = `mv ${here}/data/b.txt ${here}/data/a.txt`;
    expect(await pty.see("\n> ")).toContain(`undo      ${back}`);
    pty.press("y\r");
    await pty.see("! cat:");
    await pty.see("FAILED");
    await pty.see("[r] undo it");
    await pty.answer("r");
    await pty.see("Undoing step 1");
    await pty.see(back);
    expect(existsSync(join(here, "data/b.txt"))).toBe(true);
    await pty.answer("y");
    await pty.see("Step 1 was undone.");
    expect(existsSync(join(here, "data/a.txt"))).toBe(true);
    const after = await pty.see("\n> ");
    expect(after).not.toContain("[r]");
    pty.press("t\r");
    await pty.see("Step 1 of 2, once more");
    await pty.answer("y");
    await pty.see("FAILED");
    await pty.answer("g");
    await pty.see("Step 2 of 2");
    await pty.answer("y");
    expect(await pty.ended).toBe(1);
    expect(verify(audit).status).toBe(0);
    const types = typesOf(audit);
    expect(types.filter((type) => type === "step.approved").length).toBe(4);
    expect(types).toEqual(expect.arrayContaining(["step.rolled_back", "step.retry_requested", "runbook.trust_downgraded"]));
  });

  it("ends well when the second attempt does", async () => {
    const { walk, here } = place(undoable);
    const pty = walk([]);
    await pty.answer("y");
    await pty.see("FAILED");
    await pty.answer("r");
    await pty.answer("y");
    await pty.see("was undone");
    writeFileSync(join(here, "data/flag"), "up");
    await pty.answer("t");
    await pty.answer("y");
    await pty.see("Step 2 of 2");
    await pty.answer("y");
    expect(await pty.ended).toBe(0);
  });
});

describe("a read that failed", () => {
  it("is looked at, and can be tried with other values, which then count for later steps", async () => {
    const text = "# T\n\n1. Look:\n\n```\ncat {HERE}/data/<name>.txt\n```\n\n2. Count:\n\n```\nwc -l {HERE}/data/<name>.txt\n```\n";
    const { walk, here, audit } = place(text);
    const pty = walk(["--governance", "audit"]);
    await pty.answer("b", "name = ");
    await pty.see(`cat ${here}/data/b.txt`);
    await pty.see("runs by itself");
    await pty.see("! cat:");
    await pty.see("look at what it says");
    await pty.answer("v");
    await pty.answer("a", "name = ");
    await pty.see("| first line");
    await pty.see(`wc -l ${here}/data/a.txt`);
    expect(await pty.ended).toBe(0);
    expect(verify(audit).status).toBe(0);
    expect(typesOf(audit)).not.toContain("runbook.trust_downgraded");
  });
});

describe("a walk that somebody else ends", () => {
  it("ends the running command, records how, and can be resumed", async () => {
    const { walk, audit, record, file, here } = place("# T\n\n1. Wait:\n\n```\nsleep 30\n```\n");
    const pty = walk([]);
    const pid = await pty.pid();
    await pty.answer("y");
    await pty.see("running");
    while (!typesOf(audit).includes("step.accepted")) await new Promise((wait) => setTimeout(wait, 20));
    process.kill(pid, "SIGHUP");
    expect(await pty.ended).toBe(129);
    const executed = eventsOf(audit).find(({ type }) => type === "step.executed");
    expect(executed?.data).toMatchObject({ succeeded: false, result: { members: [{ signal: "SIGTERM" }] } });
    const again = dd0c(["run", "--resume", "--governance", "audit", "--record", record, file], here);
    expect(again).toMatchObject({ status: 4, stderr: expect.stringContaining("step 1") as string });
  });
});

describe("--resume", () => {
  const slow = "# T\n\n1. Slow:\n\n```\nsleep 30\n```\n\n2. Look:\n\n```\nls {HERE}/data\n```\n";

  /** Runs, and is no zombie that nobody has fetched yet. */
  const isAlive = (pid: number): boolean => {
    try {
      return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return false;
    }
  };

  /** Ended by kill -9 while the command runs; `orphan`: is the command ended too? */
  const killedMidStep = async (text: string, orphan: "lives" | "dies") => {
    const spot = place(text);
    const pty = spot.walk([]);
    const pid = await pty.pid();
    await pty.answer("y");
    await pty.see("running");
    while (!typesOf(spot.audit).includes("step.accepted")) await new Promise((wait) => setTimeout(wait, 20));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
    expect(children.length).toBe(1);
    process.kill(pid, "SIGKILL");
    await pty.ended;
    if (orphan === "dies") for (const child of children) process.kill(child, "SIGKILL");
    return spot;
  };

  it("after kill -9 in the middle of a step leaves the outcome to the person, and never runs it again by itself", async () => {
    const { walk, audit, here, file, record } = await killedMidStep(slow, "dies");
    const alone = dd0c(["run", "--resume", "--governance", "audit", "--record", record, file], here);
    expect(alone).toMatchObject({ status: 4, stderr: expect.stringContaining("What became of step 1") as string });
    const pty = walk(["--resume"]);
    const question = await pty.see("\n> ");
    expect(question).toContain("It is not run again by itself");
    expect(question).not.toContain("[t]");
    pty.press("d\r");
    await pty.answer("it slept", "What did you see?");
    await pty.see("Step 2 of 2");
    await pty.answer("y");
    expect(await pty.ended).toBe(0);
    expect(verify(audit).status).toBe(0);
    const types = typesOf(audit);
    expect(types.filter((type) => type === "step.dispatched").length).toBe(2);
    expect(types).toEqual(expect.arrayContaining(["step.outcome_unknown", "step.reported"]));
  });

  it("finds a command that outlived the walk, and ends it when the person says so", async () => {
    const { walk, audit } = await killedMidStep(slow, "lives");
    const pty = walk(["--resume"]);
    const pid = Number(/process (\d+)/.exec(await pty.see(/still runs \(process \d+\)/))?.[1]);
    expect(isAlive(pid)).toBe(true);
    await pty.answer("k");
    await pty.see("OUTCOME UNKNOWN");
    expect(isAlive(pid)).toBe(false);
    await pty.answer("f");
    await pty.answer("ended by me", "What did you see?");
    await pty.see("Step 1 failed");
    await pty.answer("x");
    await pty.answer("", "Why does it end here?");
    expect(await pty.ended).toBe(5);
    expect(typesOf(audit).filter((type) => type === "step.dispatched").length).toBe(1);
  });

  it("cuts a torn last line, refuses a changed record, and two walks at once", async () => {
    const { walk, here, file, record, audit } = place(slow);
    const first = walk([]);
    await first.answer("q");
    expect(await first.ended).toBe(5);
    const whole = readFileSync(audit);
    writeFileSync(audit, Buffer.concat([whole, Buffer.from('{"event":{"actor"')]));
    const second = walk(["--resume"]);
    await second.see("Step 1 of 2");
    await second.see("\n> ");
    expect(readFileSync(audit).equals(whole)).toBe(true);
    const third = dd0c(["run", "--resume", "--governance", "audit", "--record", record, file], here);
    expect(third).toMatchObject({ status: 6, stderr: expect.stringContaining("another terminal") as string });
    second.press("q\r");
    expect(await second.ended).toBe(5);
    const changed = Buffer.from(whole);
    changed[300] = changed[300] === 0x61 ? 0x62 : 0x61;
    writeFileSync(audit, changed);
    expect(dd0c(["run", "--resume", "--governance", "audit", "--record", record, file], here)).toMatchObject({
      status: 6,
      stderr: expect.stringContaining("verify-audit") as string,
    });
  });

  it("finds the newest unfinished run of the file by itself, and goes on with the text that it began with", () => {
    const { here, file } = place("# T\n\n1. Look:\n\n```\nls {HERE}/data\n```\n\n2. Remove:\n\n```\nrm {HERE}/data/a.txt\n```\n");
    expect(dd0c(["run", "--governance", "audit", file], here).status).toBe(4);
    writeFileSync(file, "# Other\n\n1. Remove all:\n\n```\nrm -rf /\n```\n");
    const again = dd0c(["run", "--resume", "--governance", "audit", file], here);
    expect(again.status).toBe(4);
    expect(again.stdout).toContain("has changed since");
    expect(again.stdout).toContain("a.txt");
    expect(again.stdout).not.toContain("rm -rf /");
    expect(readdirSync(join(here, "state/dd0c/runs")).length).toBe(1);
  });
});

describe("without a terminal", () => {
  it("runs what is proven to only read under audit, and stops where a person is needed", () => {
    const { here, file, record, audit } = place(
      "# T\n\n1. Look:\n\n```\ncat {HERE}/data/a.txt\n```\n\n2. Remove:\n\n```\nrm {HERE}/data/a.txt\n```\n",
    );
    const run = dd0c(["run", "--governance", "audit", "--record", record, file], here);
    expect(run.status).toBe(4);
    expect(run.stdout).toContain("| first line");
    expect(run.stderr).toContain("needs a person");
    expect(run.stderr).toContain("--resume");
    expect(existsSync(join(here, "data/a.txt"))).toBe(true);
    expect(typesOf(audit)).toContain("step.auto_executed");
    expect(verify(audit).status).toBe(0);
  });

  it.each([
    ["strict", "# T\n\n1. Look:\n\n```\nls\n```\n", []],
    ["a prerequisite", "# T\n\n## Prerequisites\n\n- VPN is on\n\n## Steps\n\n1. Look:\n\n```\nls\n```\n", ["--governance", "audit"]],
  ])("begins nothing: %s", (_name, text, args) => {
    const { here, file, record } = place(text);
    expect(dd0c(["run", "--record", record, ...args, file], here)).toMatchObject({
      status: 4,
      stderr: expect.stringContaining("no terminal") as string,
    });
    expect(existsSync(record)).toBe(false);
  });

  it("asks nobody for a value, and takes one from --var only as a plain word", () => {
    const text = "# T\n\n1. Look:\n\n```\nls {HERE}/<where>\n```\n";
    const none = place(text);
    const withoutValue = dd0c(["run", "--governance", "audit", "--record", none.record, none.file], none.here);
    expect(withoutValue).toMatchObject({ status: 4, stderr: expect.stringContaining("--var") as string });
    const good = place(text);
    const withValue = dd0c(["run", "--governance", "audit", "--record", good.record, "--var", "where=data", good.file], good.here);
    expect(withValue).toMatchObject({ status: 0, stdout: expect.stringContaining("| a.txt") as string });
    const bad = place(text);
    const withBlank = dd0c(["run", "--governance", "audit", "--record", bad.record, "--var", "where=data; rm x", bad.file], bad.here);
    expect(withBlank).toMatchObject({ status: 4, stdout: "" });
    expect(existsSync(bad.record)).toBe(false);
  });

  it("tells scripts apart what happened by the exit code", () => {
    const { here, file } = place("# T\n\nNothing to do here.\n");
    expect(dd0c(["run", file], here).status).toBe(3);
    expect(dd0c(["run"], here).status).toBe(2);
    expect(dd0c(["run", join(here, "missing.md")], here).status).toBe(2);
    expect(dd0c(["run", "--governance", "none", file], here).status).toBe(2);
    expect(dd0c(["run", "--resume", file], here).status).toBe(2);
    const known = place("# T\n\n1. Look:\n\n```\nls\n```\n");
    expect(dd0c(["run", "--var", "nope=1", known.file], known.here)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no variable nope") as string,
    });
  });
});

describe("--dry-run", () => {
  it("says of every step what would happen and why, and does nothing", () => {
    const { here, file } = place(disk);
    const { status, stdout, stderr } = dd0c(["run", "--dry-run", "--governance", "audit", file], here);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const words of [
      "The owner knows",
      "asks for  name",
      "It runs by itself",
      "It asks you before it runs",
      "asks you to type",
      "By hand",
      "You do it",
    ])
      expect(stdout).toContain(words);
    expect(dd0c(["run", "--dry-run", "--var", "name=a", file], here).stdout).toContain(`type ${here}/data/a.txt`);
    expect(existsSync(join(here, "state"))).toBe(false);
    expect(readdirSync(join(here, "data"))).toEqual(["a.txt"]);
  });
});
