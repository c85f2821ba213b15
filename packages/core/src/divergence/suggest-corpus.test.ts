// Every runbook of the corpus in every format, every step, every kind of change: what is suggested gives exactly those commands, by a reading of its own.
// What cannot be written is no suggestion; how many can is held, so that refusing everything would not pass.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../runbook/index.ts";
import { parsedText, versionRows } from "../test/version-rows.ts";
import { rewrites } from "./rewrite-source.ts";
import { applySpans, joinLines, spansOf } from "./source-lines.ts";
import type { SuggestedChange, VersionStep } from "./suggestion.ts";
import { isMeant } from "./verify-rewrite.ts";

const corpus = join(dirname(fileURLToPath(import.meta.url)), "../../corpus");
const files = ["pasted", "pasted-blind"].flatMap((folder) =>
  readdirSync(join(corpus, folder))
    .filter((name) => /\.(?:md|txt|html)$/.test(name) && name !== "README.md")
    .map((name) => join(corpus, folder, name)),
);

const commandsOf = (text: string): readonly (string | null)[] => versionRows(text).map(({ command }) => command);

/** The commands that a change means, counted out by hand from the rows. */
function wanted(rows: readonly VersionStep[], at: number, kind: SuggestedChange["kind"]): readonly (string | null)[] {
  const all = rows.map(({ command }) => command);
  if (kind === "remove") return all.toSpliced(at, 1);
  if (kind === "edit") return all.with(at, `${all[at]} --extra=1`);
  if (kind === "add") return all.toSpliced(at + 1, 0, "uptime --pretty");
  return [all[at] ?? null, ...all.toSpliced(at, 1)];
}

function changeOf(kind: SuggestedChange["kind"], { stepId, command }: VersionStep): SuggestedChange {
  if (kind === "remove") return { kind, step_ids: [stepId] };
  if (kind === "edit") return { kind, step_id: stepId, from: command ?? "", to: `${command} --extra=1` };
  return kind === "add" ? { kind, after: stepId, command: "uptime --pretty" } : { kind, step_id: stepId, after: null };
}

const tried = { remove: 0, edit: 0, add: 0, reorder: 0 };
const written = { remove: 0, edit: 0, add: 0, reorder: 0 };

function check(source: string, rows: readonly VersionStep[], at: number, kind: SuggestedChange["kind"]): void {
  const parsed = parsedText(source);
  const change = changeOf(kind, rows[at] as VersionStep);
  tried[kind] += 1;
  const input = { source, parsed, find: (id: string) => rows.find(({ stepId }) => stepId === id) };
  for (const lines of rewrites(change, input)) {
    const text = applySpans(source, spansOf(source, lines));
    expect(text).toBe(joinLines(lines));
    const again = parseRunbook(text);
    if (!again.ok || !isMeant(change, parsed, again.runbook, rows)) continue;
    written[kind] += 1;
    expect(commandsOf(text)).toEqual(wanted(rows, at, kind));
    return;
  }
}

describe("what is suggested for a runbook of the corpus", () => {
  it.each(files)("%s", (file) => {
    const source = readFileSync(file, "utf8");
    if (!parseRunbook(source).ok) return;
    const rows = versionRows(source);
    // First, middle and last: all of them take a minute, and hold as well.
    for (const at of new Set([0, rows.length >> 1, rows.length - 1])) {
      const row = rows[at] as VersionStep;
      check(source, rows, at, "remove");
      if (row.command !== null) check(source, rows, at, "edit");
      check(source, rows, at, "add");
      if (at > 0) check(source, rows, at, "reorder");
    }
  });

  it("is something for most steps", () => {
    const share = (kind: keyof typeof tried): number => Math.round((100 * written[kind]) / tried[kind]);
    const least = { edit: 75, remove: 50, add: 25, reorder: 15 };
    for (const kind of ["edit", "remove", "add", "reorder"] as const) expect([kind, share(kind) >= least[kind]]).toEqual([kind, true]);
  });
});
