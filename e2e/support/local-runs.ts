// Runbooks on this machine for `dd0c run`: a folder of its own each, the built program in a pseudo terminal or without one, the record on disk.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach } from "vitest";
import { root, temporaryFolder } from "./product.ts";
import { Pty } from "./pty.ts";

export interface Recorded {
  readonly type: string;
  readonly execution: string;
  readonly actor: { readonly type: string; readonly id: string; readonly via: string };
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whole lines only: the walk may be writing its next one, or not yet its first. */
export const eventsOf = (audit: string): readonly Recorded[] =>
  readFileSync(audit, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { event: Recorded }).event);

export const typesOf = (audit: string): readonly string[] => eventsOf(audit).map(({ type }) => type);

/** Without a terminal: what is typed ahead on the standard input must count for nothing. */
export const dd0c = (args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "packages/cli/bin/dd0c.js"), ...args], {
    cwd,
    encoding: "utf8",
    input: "y\ny\ny\n",
    env: { ...process.env, XDG_STATE_HOME: join(cwd, "state"), ...env },
  });
  return { status, stdout, stderr };
};

/** For one test file: everything is ended after each test and removed after all. */
export function localRuns() {
  const folder = temporaryFolder();
  const open: Pty[] = [];
  let count = 0;
  afterEach(() => {
    for (const pty of open.splice(0)) pty.kill("SIGKILL");
  });
  afterAll(folder.remove);

  /** A folder of its own with a runbook; `{HERE}` in the text is that folder. */
  const place = (markdown: string) => {
    const here = join(folder.path, `case-${(count += 1)}`);
    mkdirSync(join(here, "data"), { recursive: true });
    writeFileSync(join(here, "data/a.txt"), "first line\n");
    const file = join(here, "book.md");
    writeFileSync(file, markdown.replaceAll("{HERE}", here));
    const record = join(here, "record");
    const walk = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
      const pty = new Pty(["run", "--record", record, ...args, file], { cwd: here, env: { XDG_STATE_HOME: join(here, "state"), ...env } });
      open.push(pty);
      return pty;
    };
    return { here, file, record, audit: join(record, "audit.jsonl"), walk };
  };

  return { folder, place, verify: (audit: string) => dd0c(["verify-audit", audit], folder.path) };
}
