// docs/blast-radius.md says what has a twin: each row of its first table is what the program answers.
import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { twinText } from "../test/twin-of.ts";

beforeAll(() => loadSql());

const page = readFileSync("docs/blast-radius.md", "utf8");
const [, section = ""] = page.split("## What has a twin");
const rows = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| `(.+?)` \| `(.+?)` \|$/gm)].map(
  ([, command = "", twin = ""]) => [command, twin] as const,
);

it("the page has rows", () => expect(rows.length).toBeGreaterThan(15));

it.each(rows)("%s", (command, twin) => {
  expect(twinText(command)?.startsWith(twin)).toBe(true);
});
