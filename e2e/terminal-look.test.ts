// Looking first in a walk: the built program in a pseudo terminal, real chmod, mv, stat and find, the record on disk.
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { localRuns, typesOf } from "./support/local-runs.ts";

const { place: placeText, verify } = localRuns();

/** A runbook of one command; `{HERE}` in it is its folder. */
const place = (command: string) => placeText(`# T\n\n1. Do it:\n\n\`\`\`\n${command}\n\`\`\`\n`);

describe("looking first", () => {
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  it("is one key under strict: the card then has the number and the way back, and undoing restores what was captured", async () => {
    const { walk, here, audit } = place("chmod 640 {HERE}/data/a.txt");
    const file = join(here, "data/a.txt");
    chmodSync(file, 0o604);
    const pty = walk([]);
    const card = await pty.see("[l] look first");
    expect(card).toContain("Not looked at");
    expect(card).toContain(`stat -L -c %a ${file}`);
    expect(card).toContain("There is no known way back.");
    await pty.answer("l");
    const looked = await pty.see(`undo      chmod 604 ${file}`);
    expect(looked).toContain("looking first");
    await pty.see("1 path, counted at");
    expect(modeOf(file)).toBe("604");
    await pty.answer("y");
    await pty.see("counting once more");
    expect(await pty.ended).toBe(0);
    expect(modeOf(file)).toBe("640");
    expect(verify(audit).status).toBe(0);
    expect(typesOf(audit).filter((type) => type === "step.look_granted").length).toBe(3);
  });

  it("goes by itself under audit, and nothing runs when the set grew after the answer", async () => {
    const { walk, here, audit } = place("mv {HERE}/data/a.txt {HERE}/data/b.txt");
    const pty = walk(["--governance", "audit"]);
    await pty.see("1 path, counted at");
    writeFileSync(join(here, "data/b.txt"), "somebody's work");
    await pty.answer("y");
    await pty.see("NOT RUN: it was 1 path");
    await pty.see("2 paths, counted at");
    expect(readFileSync(join(here, "data/b.txt"), "utf8")).toBe("somebody's work");
    await pty.answer("s");
    await pty.answer("", "skipped?");
    expect(await pty.ended).toBe(0);
    expect(verify(audit).status).toBe(0);
    expect(typesOf(audit)).not.toContain("runbook.trust_downgraded");
  });
});
