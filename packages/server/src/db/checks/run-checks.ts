// The data layer's part of `npm run check`: migrations only add, released ones are untouched, and no source changes audit records.
// Run from the repository root: node scripts/run-ts.mjs packages/server/src/db/checks/run-checks.ts. Exit 1 with one line per fault.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { editedMigrations, type MigrationFile, migrationProblems } from "./additive-migrations.ts";
import { auditWriteProblems } from "./audit-writes.ts";

const folder = "packages/server/src/db/migrations";
const sourceShape = /^(packages|scripts|e2e|bench|infra)\/.*\.(ts|tsx|mjs|js|sql|sh|ya?ml)$/;

const git = (...args: string[]): string =>
  execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });

function currentMigrations(): MigrationFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql") && name !== "bootstrap.sql");
  return names.sort().map((name) => ({ name, sql: readFileSync(join(folder, name), "utf8") }));
}

/** Of the last release that this commit descends from; none before the first. */
function releasedMigrations(): MigrationFile[] {
  try {
    const tag = git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*").trim();
    const paths = git("ls-tree", "-r", "--name-only", tag, folder)
      .split("\n")
      .filter((path) => /\/\d{4}_[^/]*\.sql$/.test(path));
    return paths.map((path) => ({ name: path.slice(folder.length + 1), sql: git("show", `${tag}:${path}`) }));
  } catch {
    return [];
  }
}

/** Tracked files and new ones, so that a planted file is found before it is committed. */
function sources(): Array<{ path: string; text: string }> {
  const paths = git("ls-files", "--cached", "--others", "--exclude-standard").split("\n");
  return paths.filter((path) => sourceShape.test(path)).flatMap((path) => readSource(path));
}

function readSource(path: string): Array<{ path: string; text: string }> {
  try {
    return [{ path, text: readFileSync(path, "utf8") }];
  } catch {
    // Deleted in the work tree and not yet in the index.
    return [];
  }
}

const migrations = currentMigrations();
const problems = [
  ...(migrations.length === 0 ? [`no migrations in ${folder}`] : []),
  ...migrationProblems(migrations),
  ...editedMigrations(releasedMigrations(), migrations),
  ...auditWriteProblems(sources()),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
