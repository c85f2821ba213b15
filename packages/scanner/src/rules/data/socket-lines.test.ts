// Lines that a program sends to a port: which only ask, and which do more.
import { expect, it } from "vitest";
import { judgeMemcachedLines, judgeSocketLines } from "./socket-lines.ts";

const risks = (text: string): readonly string[] => judgeSocketLines(text).map(({ risk }) => risk);

it.each([
  ["stats", []],
  ["stats items\r\nquit\r\n", []],
  ["ruok\n", []],
  ["mntr", []],
  ["INFO replication", []],
  ["PING\nINFO\nQUIT", []],
  ["get session:1", []],
  ["flush_all", ["dangerous"]],
  ["stats\nflush_all", ["dangerous"]],
  ["kill", ["dangerous"]],
  ["fLuShAlL", ["dangerous"]],
  ["delete a", ["dangerous"]],
  ["stats reset", ["caution"]],
  ["srst", ["caution"]],
  ["set a 0 0 1\nx", ["caution", "unknown"]],
  ["*1\r\n$8\r\nflushall", ["unknown", "unknown", "dangerous"]],
  ["show tables", ["unknown"]],
  ["", []],
])("%j gives %j", (text, expected) => {
  expect(risks(text)).toEqual(expected);
});

it("knows memcached alone", () => {
  expect(judgeMemcachedLines("stats\nversion\nlru_crawler metadump all")).toEqual([]);
  expect(judgeMemcachedLines("info").map(({ risk }) => risk)).toEqual(["unknown"]);
  expect(judgeMemcachedLines("flush_all 10").map(({ risk }) => risk)).toEqual(["dangerous"]);
});
