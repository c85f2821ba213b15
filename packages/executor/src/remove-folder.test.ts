import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { removeFolder } from "./remove-folder.ts";

it("removes a folder into which a process still writes", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "dd0c-remove-")), "a");
  mkdirSync(folder);
  const writing = `
    const end = Date.now() + 700;
    for (let i = 0; Date.now() < end; i += 1) {
      try { require("node:fs").writeFileSync(process.argv[1] + "/" + i, ""); } catch { break; }
      if (i === 0) console.log("writing");
    }`;
  const writer = spawn(process.execPath, ["-e", writing, folder], { stdio: ["ignore", "pipe", "inherit"] });
  await once(writer.stdout, "data");
  removeFolder(folder);
  if (writer.exitCode === null) await once(writer, "exit");
  expect(existsSync(folder)).toBe(false);
});
