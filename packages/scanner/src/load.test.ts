// PostgreSQL's parser is loaded from memory, once, and broken bytes are an error that a later call survives.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { isSqlLoaded, loadSql } from "./load.ts";
import { pgParser } from "./sql/pg-parser.ts";

const wasmPath = createRequire(import.meta.url).resolve("libpg-query/wasm/libpg-query.wasm");

it("refuses broken bytes, then loads from memory and parses", async () => {
  expect(isSqlLoaded()).toBe(false);
  await expect(loadSql(new Uint8Array([1, 2, 3]))).rejects.toThrow();
  await loadSql(new Uint8Array(readFileSync(wasmPath)));
  expect(isSqlLoaded()).toBe(true);
  expect(pgParser()?.parse("select 1")).toMatchObject({ stmts: [{ stmt: { SelectStmt: {} } }] });
  expect(() => pgParser()?.parse("selec 1")).toThrow("syntax error");
  expect(pgParser()?.fingerprint("select 1 where a = 2")).toBe(pgParser()?.fingerprint("select 9 where a = 3"));
});
