import { beforeAll, describe, expect, it } from "vitest";
import { loadSql, scan } from "@dd0c/scanner";
import { scannedTexts, scanStatement, sqlCall } from "./sql-call.ts";

beforeAll(() => loadSql());

describe("scanStatement", () => {
  it.each([
    ["select count(*) from jobs where state = 'stuck';", "safe"],
    ["SELECT pid\n  FROM pg_stat_activity\n WHERE state = 'idle';", "safe"],
    ["show replica status\\G", "safe"],
    ["delete from jobs;", "dangerous"],
    ["select pg_terminate_backend(4711);", "dangerous"],
    ["drop table jobs;", "dangerous"],
    ["update jobs set state = 'new' where id = 4;", "caution"],
    ["select 1; drop table jobs;", "dangerous"],
    ["select * from a; delete from b;", "dangerous"],
    ["with x as (delete from jobs returning *) select * from x;", "dangerous"],
    ["stop replica sql_thread;", "caution"],
  ] as const)("%j is %s", (text, risk) => {
    expect(scanStatement(scan, text).risk).toBe(risk);
  });

  it.each(["select 1; rm -rf /", "select $(rm -rf /) from x", "select * from t; $(reboot)", "delete from jobs' ; rm -rf / ; echo '"])(
    "%j, which is no statement or more than one, is not safe",
    (text) => {
      expect(scanStatement(scan, text).risk).not.toBe("safe");
    },
  );

  it("speaks of the whole text and has no plan", () => {
    const text = "delete from jobs;";
    const { reasons, plan, inverse, notRunnable } = scanStatement(scan, text);
    expect(reasons.map(({ ruleId, span }) => [ruleId, span])).toEqual([["sql.DeleteStmt.all", { start: 0, end: text.length }]]);
    expect([plan, inverse, notRunnable?.code]).toEqual([undefined, undefined, "DATABASE_STATEMENT"]);
  });

  it.each(["kubectl get pods", "selectdb --all", "echo 'select 1 from x'", "for s in a b; do echo $s; done"])(
    "%j is left to the shell",
    (text) => {
      expect(sqlCall(text)).toBeNull();
      expect(scannedTexts(text)).toEqual([text]);
      expect(scanStatement(scan, text)).toEqual(scan(text));
    },
  );
});
