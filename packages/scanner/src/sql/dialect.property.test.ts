// The strict lexer and its judge against generated texts: total, deterministic, and no disguise by quotes, comments or spacing makes a
// change safe. Time grows no faster than the text.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { parseMongo } from "../rules/data/mongo/parse-mongo.ts";
import { judgePsqlCommand, splitPsqlScript } from "../rules/data/psql-script.ts";
import { redisLines } from "../rules/data/redis-commands.ts";
import { loadSql } from "../load.ts";
import { bestMs } from "../../../../bench/best-ms.ts";
import { scanDialect } from "./scan-dialect.ts";
import { scanPostgresql } from "./scan-postgresql.ts";

beforeAll(() => loadSql());

const dialects = [
  "mysql",
  "sqlite",
  "duckdb",
  "clickhouse",
  "cql",
  "tsql",
  "snowflake",
  "bigquery",
  "trino",
  "influxql",
  "cypher",
] as const;
const pieces = fc.constantFrom(
  "'",
  '"',
  "`",
  "[",
  "]",
  "\\",
  "--",
  "-- ",
  "#",
  "/*",
  "*/",
  "/*!",
  ";",
  "\n",
  " ",
  "(",
  ")",
  "$$",
  "$1",
  "@x",
  ":=",
  "//",
  "select",
  "drop table t",
  "into outfile",
  "sleep",
  "1",
  "N'",
  "E'",
  "go",
  "\\G",
  "\\!",
  ",",
  ".",
  "=",
  "é",
);
const soup = fc.array(pieces, { maxLength: 40 }).map((list) => list.join(""));
const casing = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((flags) => [...text].map((char, i) => (flags[i] === true ? char.toUpperCase() : char)).join(""));
const blank = fc.constantFrom(" ", "\n", "\t", " /* x */ ", " -- y\n");
const changes = [
  "drop table t",
  "truncate table t",
  "delete from t",
  "insert into t values (1)",
  "update t set a = 1",
  "grant select on t to b",
  "alter table t add a int",
];

describe.each(dialects)("%s", (dialect) => {
  it("gives the same verdict twice, whatever the text", () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { fingerprint: _, ...verdict } = scanDialect(dialect, text);
        const { fingerprint: __, ...again } = scanDialect(dialect, text);
        expect(again).toEqual(verdict);
      }),
      { numRuns: 200 },
    );
  });

  it("no casing, spacing or neighbour makes a change safe", () => {
    const disguised = fc
      .constantFrom(...changes)
      .chain(casing)
      .chain((text) =>
        fc.array(blank, { minLength: 8, maxLength: 8 }).map((blanks) =>
          text
            .split(" ")
            .map((word, i) => word + (blanks[i] ?? " "))
            .join(""),
        ),
      );
    fc.assert(
      fc.property(disguised, fc.constantFrom("%", "select 1; %", "%; select 1", "select 'a;b'; %", 'select "x" ; %'), (change, frame) => {
        const sql = frame.replace("%", () => change);
        expect({ sql, risk: scanDialect(dialect, sql).risk }).not.toEqual({ sql, risk: "safe" });
      }),
      { numRuns: 300 },
    );
  });
});

const time = (run: () => unknown): number => bestMs(run, 0, { most: 3 });

const fillers: readonly (readonly [name: string, make: (n: number) => string])[] = [
  ["parentheses", (n) => `select ${"(".repeat(n)}1${")".repeat(n)}`],
  ["open parentheses", (n) => `select ${"(".repeat(n)}`],
  ["quotes", (n) => `select ${"'a' ".repeat(n)}`],
  ["doubled quotes", (n) => `select '${"''".repeat(n)}'`],
  ["comments", (n) => `select ${"/**/".repeat(n)} 1`],
  ["open comments", (n) => `select ${"/*".repeat(n)}`],
  ["statements", (n) => "select 1;".repeat(n)],
  ["changes in reads", (n) => `select ${"delete ".repeat(n)}`],
  ["explains", (n) => `${"explain ".repeat(n)}select 1`],
  ["calls", (n) => `select ${"lower(".repeat(n)}1${")".repeat(n)}`],
  ["dots", (n) => `drop table ${"a.".repeat(n)}b`],
  ["dollars", (n) => `select ${"$$a$$ ".repeat(n)}`],
  ["operators", (n) => `select 1${" + 1".repeat(n)}`],
  ["unions", (n) => `select 1${" union select 1".repeat(n)}`],
  ["backslashes", (n) => `select '${"\\\\".repeat(n)}'`],
];

describe("growth", () => {
  it.each(fillers)("%s: 16 KB takes no more than 60 ms in any dialect, and more is unknown at once", (_name, make) => {
    const unit = make(2).length - make(1).length;
    const sql = make(Math.floor(16_000 / unit));
    for (const dialect of dialects) expect(time(() => scanDialect(dialect, sql))).toBeLessThan(60);
    expect(time(() => scanPostgresql(sql))).toBeLessThan(120);
    expect(time(() => scanPostgresql(make(200_000)))).toBeLessThan(20);
  });

  it("psql scripts, mongo scripts and redis lines take time in proportion", () => {
    for (const text of ["\\x ".repeat(20_000), "'".repeat(64_000), "$a$".repeat(20_000), "\\d `\n".repeat(10_000)]) {
      expect(time(() => splitPsqlScript(text))).toBeLessThan(100);
      expect(time(() => judgePsqlCommand(text, () => undefined))).toBeLessThan(20);
      expect(time(() => parseMongo(text))).toBeLessThan(20);
      expect(time(() => redisLines(text))).toBeLessThan(100);
    }
    for (const text of ["db" + ".a".repeat(8_000), "(".repeat(16_000), "{a:".repeat(5_000), "db.a.find(".repeat(1_500), "/*".repeat(8_000)])
      expect(time(() => parseMongo(text))).toBeLessThan(60);
  });
});
