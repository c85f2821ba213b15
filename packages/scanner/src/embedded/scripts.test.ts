import { describe, expect, it } from "vitest";
import { inspectAwkProgram } from "./awk-program.ts";
import { inspectSedScript } from "./sed-script.ts";

const worst = (findings: readonly { risk: string }[]) => findings.map(({ risk }) => risk).join(",") || "safe";

describe("sed scripts", () => {
  it.each([
    ["p", "safe"],
    ["5,10p", "safe"],
    ["$!d", "safe"],
    ["0~3d", "safe"],
    ["/a/,+3p", "safe"],
    ["\\,/var,p", "safe"],
    ["s/[0-9]*/x/gp", "safe"],
    ["s|/var/log||;s/a/b/I", "safe"],
    ["/start/{n;p;q}", "safe"],
    ["y/abc/xyz/", "safe"],
    [":a;N;$!ba;s/\\n/ /g", "safe"],
    ["1i\\\nhello", "safe"],
    ["w out", "caution"],
    ["5w out", "caution"],
    ["s/a/b/gw out", "caution"],
    ["s/a/b/;w x", "caution"],
    ["s/a/b/e", "dangerous"],
    ["s/a/b/ge", "dangerous"],
    ["1e rm x", "dangerous"],
    ["r /etc/shadow", "caution"],
    ["r /etc/issue", "safe"],
    ["s/a/b/w /dev/stdout", "safe"],
    ["w /dev/null", "safe"],
    ["w /dev/nullx", "caution"],
    ["s/a/b/w /dev/stdout\nw out", "caution"],
    ["s/[/]/x/", "unknown"],
    ["s/a/b", "unknown"],
    ["s/a/b/k", "unknown"],
    ["k", "unknown"],
    ["{p;e rm\n}", "dangerous"],
    ["a\\\ntext\nw out", "caution"],
    ["b end;w out", "caution"],
    ["# comment\nw out", "caution"],
  ])("%s -> %s", (script, expected) => {
    expect(worst(inspectSedScript(script))).toBe(expected);
  });
});

describe("awk programs", () => {
  it.each([
    ["{print $1, $NF}", "safe"],
    ["NR>1 && $5 > 80 {print $6}", "safe"],
    ["/a\\/b/ {c++} END {print c/2}", "safe"],
    ["{a[$1]++} END {for (k in a) if (a[k] > 3) print a[k], k}", "safe"],
    ['{print ($1 > 3) ? "x" : "y"}', "safe"],
    ["function f(x) { return x*2 } { print f($1) }", "safe"],
    ['{ print "a|b > c" }', "safe"],
    ['{print "bad" > "/dev/stderr"}', "caution"],
    ['{print $1 > "x"}', "caution"],
    ['{print(1)(2) > "x"}', "caution"],
    ['{if ($1 > 3) print $1 >> "x"}', "caution"],
    ['{print > "/dev/stderr" "x"}', "caution"],
    ['BEGIN{while(("ls" | getline x) > 0) print x}', "dangerous"],
    ['BEGIN{while((getline x < "f") > 0) print x}', "caution"],
    ['BEGIN{getline x[1] < "f"}', "caution"],
    ["/RX:/{getline; print $3}", "safe"],
    ["{while ((getline line) > 0) n++} END{print n}", "safe"],
    ['{print > "/dev/null"}', "safe"],
    ['{print > "/dev/stdout"; print > "x"}', "caution"],
    ['{print > "/dev/null" "x"}', "caution"],
    ['BEGIN{system("id")}', "dangerous"],
    ['BEGIN{system ("id")}', "dangerous"],
    ['{print $1,\n $2 > "x"}', "caution"],
    ['{print ENVIRON["X"]}', "caution"],
    ["BEGIN{foo(1)}", "unknown"],
    ["BEGIN{@f(1)}", "unknown"],
    ['length /"/ ; system("rm") ; x = "', "unknown"],
    ['{print "a', "unknown"],
    ['(x) / "/ ; system(1) ; "', "unknown"],
  ])("%s -> %s", (program, expected) => {
    expect(worst(inspectAwkProgram(program))).toBe(expected);
  });
});
