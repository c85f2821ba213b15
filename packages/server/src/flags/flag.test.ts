// The port against flag files on disk, and the rules of epic 10.1 against the shipped file.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFlags, type FlagName, shippedFlagsFile } from "./flag.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-flags-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const name: FlagName = "parse-rich-text-sources";
const flagFile = (flag: object): string => JSON.stringify({ flags: { [name]: flag } });
const boolean = { state: "ENABLED", variants: { on: true, off: false } };

describe("flag", () => {
  it.each([
    ["a flag that is on", flagFile({ ...boolean, defaultVariant: "on" }), true],
    ["a flag that is off", flagFile({ ...boolean, defaultVariant: "off" }), false],
    ["a disabled flag", flagFile({ ...boolean, state: "DISABLED", defaultVariant: "on" }), false],
    ["a flag of another type", flagFile({ state: "ENABLED", variants: { on: "true" }, defaultVariant: "on" }), false],
    ["a missing flag", JSON.stringify({ flags: {} }), false],
    ["a broken file", "{", false],
    ["no file", undefined, false],
  ])("%s", async (title, text, expected) => {
    const file = join(folder, `${title.replaceAll(" ", "-")}.json`);
    if (text !== undefined) writeFileSync(file, text);
    const flags = createFlags(file);
    expect(await flags.flag(name)).toBe(expected);
    await flags.close();
  });

  it("can be on for some tenants only", async () => {
    const file = join(folder, "targeted.json");
    const targeting = { if: [{ in: [{ var: "targetingKey" }, ["tenant-a"]] }, "on", "off"] };
    writeFileSync(file, flagFile({ ...boolean, defaultVariant: "off", targeting }));
    const flags = createFlags(file);
    expect([await flags.flag(name, "tenant-a"), await flags.flag(name, "tenant-b"), await flags.flag(name)]).toEqual([true, false, false]);
    await flags.close();
  });
});

interface ShippedFlag {
  readonly state: string;
  readonly variants: Readonly<Record<string, boolean>>;
  readonly defaultVariant: string;
  readonly targeting?: unknown;
  readonly metadata: {
    readonly owner?: string;
    readonly introduced?: string;
    readonly ttl?: string;
    readonly destructive?: boolean;
    readonly baked_since?: string;
  };
}

const dayMs = 86_400_000;
const day = (text: string | undefined): number => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? Date.parse(`${text}T00:00:00Z`) : Number.NaN);

/** What epic 10.1 has against a flag on the day of HEAD's commit; empty when nothing. */
const complaints = (flag: ShippedFlag, headMs: number): string[] => {
  const { owner, introduced, ttl, destructive, baked_since } = flag.metadata;
  const full = flag.state === "ENABLED" && flag.variants[flag.defaultVariant] === true;
  return [
    ...(owner ? [] : ["no owner"]),
    ...(typeof destructive === "boolean" ? [] : ["does not say whether it is destructive"]),
    ...(day(ttl) - day(introduced) <= 14 * dayMs && day(ttl) > day(introduced) ? [] : ["ttl is not within 14 days of its introduction"]),
    ...(full && headMs > day(ttl) + dayMs ? ["expired and still on for everybody"] : []),
    ...(full && destructive === true && !(headMs - day(baked_since) >= 2 * dayMs) ? ["destructive and on without 48 hours at 10 %"] : []),
  ];
};

describe("shipped flags", () => {
  const head = Date.parse(execFileSync("git", ["log", "-1", "--format=%cI"], { cwd: import.meta.dirname, encoding: "utf8" }).trim());
  const shipped = Object.entries((JSON.parse(readFileSync(shippedFlagsFile, "utf8")) as { flags: Record<string, ShippedFlag> }).flags);

  it.each(shipped)("%s has an owner, a time to live and no overdue rollout", (_name, flag) => {
    expect(complaints(flag, head)).toEqual([]);
  });

  it("notices each breach", () => {
    const metadata = { owner: "a", introduced: "2026-01-01", ttl: "2026-01-10", destructive: false };
    const flag = { ...boolean, defaultVariant: "on", metadata };
    const at = Date.parse("2026-01-05T00:00:00Z");
    expect(complaints(flag, at)).toEqual([]);
    expect(complaints(flag, Date.parse("2026-01-12T00:00:00Z"))).toEqual(["expired and still on for everybody"]);
    expect(complaints({ ...flag, metadata: { ...metadata, ttl: "2026-01-20" } }, at)).toEqual([
      "ttl is not within 14 days of its introduction",
    ]);
    expect(complaints({ ...flag, metadata: { ...metadata, destructive: true } }, at)).toEqual([
      "destructive and on without 48 hours at 10 %",
    ]);
    expect(complaints({ ...flag, metadata: { ...metadata, destructive: true, baked_since: "2026-01-03" } as never }, at)).toEqual([]);
    expect(complaints({ ...flag, metadata: {} }, at)).toHaveLength(3);
  });
});
