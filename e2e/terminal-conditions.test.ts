// Conditions of a runbook in a walk: the built program in a pseudo terminal and without one; declared checks, keys, and what is on record.
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dd0c, eventsOf, localRuns, typesOf } from "./support/local-runs.ts";

const { place, verify } = localRuns();

const decisions = (word: string, last = "Look once more: `ls {HERE}`"): string =>
  `# Pods\n\n## Steps\n\n1. Look: \`cat {HERE}/data/a.txt\`\n2. If the output contains "${word}", look at the files: \`ls {HERE}/data\`\n3. Otherwise look above: \`ls {HERE}/..\`\n4. ${last}\n`;

describe("a condition", () => {
  const answered = (audit: string) => eventsOf(audit).find(({ type }) => type === "execution.branch_answered");
  const skipped = (audit: string) => eventsOf(audit).filter(({ type }) => type === "step.skipped");

  it.each([
    ["first", "yes", 3],
    ["CrashLoop", "no", 2],
  ])(
    "with a declared check about %j is answered %s by what was printed, without anybody, and with its hash on record",
    (word, answer, left) => {
      const { here, file, audit, record } = place(decisions(word));
      const args = ["run", "--governance", "audit", "--record", record, file];
      const { status, stdout } = dd0c(args, here);
      expect([status, stdout]).toEqual([0, expect.stringContaining(`${answer}, by what the step before printed. Left out: ${left}.`)]);
      const stdoutHash = (eventsOf(audit).find(({ type }) => type === "step.executed")?.data["result"] as { stdoutHash: string })
        .stdoutHash;
      expect(answered(audit)?.data).toMatchObject({ answer, by: "check", looked_at: { stdout_hash: stdoutHash, exit_code: 0 } });
      expect(skipped(audit).map(({ data }) => data["reason"])).toEqual([expect.stringContaining(`was answered ${answer}`)]);
      expect(verify(audit).status).toBe(0);
    },
  );

  it("that nobody declared a check for is answered by a key, with a note, once", async () => {
    const { walk, audit } = place(decisions("x").replace('If the output contains "x"', "If it looks red"));
    const pty = walk(["--governance", "audit"]);
    await pty.see("If it looks red");
    await pty.see("Yes leaves out step 3; no leaves out step 2.");
    await pty.see("\n> ");
    pty.press("\r");
    await pty.see("Please answer with y, n, q");
    await pty.answer("n");
    await pty.answer("all green", "What did you see?");
    await pty.see("Left out: 2.");
    expect(await pty.ended).toBe(0);
    expect(pty.screen.match(/If it looks red$/gm)).toHaveLength(1);
    expect(answered(audit)).toMatchObject({ actor: { type: "user", via: "cli" }, data: { answer: "no", note: "all green" } });
    expect(typesOf(audit).filter((type) => type === "step.executed")).toHaveLength(3);
  });

  it("needs a person where its check cannot judge the output: without a terminal nothing more runs, and --resume asks", async () => {
    const { here, file, audit, record, walk } = place(
      `# T\n\n## Steps\n\n1. Look: \`cat {HERE}/data/a.txt\`\n2. If number >= 50, look at the files: \`ls {HERE}/data\`\n3. Look again: \`ls {HERE}\`\n`,
    );
    const alone = dd0c(["run", "--governance", "audit", "--record", record, file], here);
    expect(alone).toMatchObject({ status: 4, stderr: expect.stringContaining("The condition in front of step 2") as string });
    expect(typesOf(audit).filter((type) => type === "step.executed")).toHaveLength(1);
    expect(typesOf(audit).at(-1)).toBe("execution.branch_asked");
    const pty = walk(["--resume", "--governance", "audit"]);
    await pty.see("The output is not one plain number.");
    await pty.answer("q");
    expect(await pty.ended).toBe(5);
    const again = walk(["--resume", "--governance", "audit"]);
    await again.answer("y");
    await again.answer("", "What did you see?");
    expect(await again.ended).toBe(0);
    expect(typesOf(audit).filter((type) => type === "step.executed")).toHaveLength(3);
    expect(verify(audit).status).toBe(0);
  });

  it("is shown by --dry-run where the walk would stop at it, with what each answer leaves out", () => {
    const { here, file, record } = place(decisions("first"));
    const { status, stdout } = dd0c(["run", "--dry-run", "--governance", "audit", file], here);
    expect(status).toBe(0);
    const words = stdout.replaceAll(/\s+/g, " ");
    expect(words.match(/condition If the output contains "first"/g)).toHaveLength(1);
    expect(words).toContain(
      "Answered by what the step before printed; by you where that cannot be. Yes leaves out step 3; no leaves out step 2.",
    );
    expect(existsSync(record)).toBe(false);
  });
});
