// Time over growing inputs: four times the input may take a few times as long, never the square. Each shape is one that a parser, a table
// or a pattern could make superlinear. The bound is generous, because the machine is shared; the best of several runs counts.
import { expect, it } from "vitest";
import { scan } from "./scan.ts";
import { bestMs } from "../../../bench/best-ms.ts";

const shapes: readonly (readonly [name: string, make: (n: number) => string, n: number])[] = [
  ["plain words", (n) => `ls ${"word ".repeat(n)}`, 2000],
  ["one long word", (n) => `ls ${"a".repeat(n)}`, 10_000],
  ["options of a table", (n) => `grep ${"-i --color=auto ".repeat(n)}x`, 800],
  ["options of no table", (n) => `ls ${"--frob ".repeat(n)}`, 1500],
  ["shortened options", (n) => `sort ${"--ou ".repeat(n)}`, 1500],
  ["one cluster of letters", (n) => `file -${"b".repeat(n)}`, 10_000],
  ["letters of no table", (n) => `rg -${"Y".repeat(n)}`, 10_000],
  ["single quotes", (n) => `echo ${"'a b' ".repeat(n)}`, 1500],
  ["double quotes glued", (n) => `echo ${'"a"'.repeat(n)}`, 2500],
  ["backslashes", (n) => `echo ${"\\a".repeat(n)}`, 4000],
  ["unclosed quotes", (n) => `echo ${"'".repeat(2 * n + 1)}`, 5000],
  ["variables", (n) => `echo ${"$x ".repeat(n)}`, 3000],
  ["parameter expansions", (n) => `echo ${"${x:-a} ".repeat(n)}`, 60],
  ["known variables", (n) => `x=a; ls ${"$x ".repeat(n)}`, 2500],
  ["substitutions side by side", (n) => "echo $(ls) ".repeat(n), 12],
  ["substitutions nested", (n) => `${"echo $(".repeat(n)}ls${")".repeat(n)}`, 7],
  ["quoted substitutions nested", (n) => `${'echo "$('.repeat(n)}ls${')"'.repeat(n)}`, 7],
  ["subshells nested", (n) => `${"( ".repeat(n)}ls${" )".repeat(n)}`, 7],
  ["braces side by side", (n) => `ls ${"{a,b} ".repeat(n)}`, 1500],
  ["braces glued", (n) => `ls ${"{a,b}".repeat(n)}`, 1500],
  ["braces nested", (n) => `ls ${"{a,".repeat(n)}b${"}".repeat(n)}`, 100],
  ["brace with many items", (n) => `ls {${"a,".repeat(n)}b}`, 5000],
  ["globs", (n) => `cat ${"/etc/*shado?/* ".repeat(n)}`, 800],
  ["stars in one word", (n) => `cat /etc/${"*".repeat(n)}`, 5000],
  ["slashes", (n) => `cat ${"/.".repeat(n)}`, 5000],
  ["a here-document", (n) => `cat <<E\n${"line of text\n".repeat(n)}E`, 1200],
  ["a here-document with variables", (n) => `cat <<E\n${"$x\n".repeat(n)}E`, 3000],
  ["here-documents side by side", (n) => "cat <<E\na\nE\n".repeat(n), 40],
  ["pipes", (n) => `cat f${" | grep x".repeat(n)}`, 45],
  ["lists", (n) => "ls; ".repeat(n), 45],
  ["comments", (n) => `# comment\n${"# more\n".repeat(n)}ls`, 2500],
  ["redirections", (n) => `ls ${"2>/dev/null ".repeat(n)}`, 1200],
  ["assignments", (n) => "x=1; ".repeat(n), 45],
  ["arithmetic", (n) => `echo $((1${" + 1".repeat(n)}))`, 200],
  ["tests", (n) => `[[ a == b${" && a == b".repeat(n)} ]]`, 300],
  ["functions", (n) => "f() { ls; }; f; ".repeat(n), 20],
  ["loops nested", (n) => `${"for i in 1; do ".repeat(n)}ls${"; done".repeat(n)}`, 7],
  ["an unknown program", (n) => `frobnicate ${"rm dd of find kubectl aws git ".repeat(n)}`, 400],
  ["an interpreter's program", (n) => `python3 -c '${"print(1); ".repeat(n)}'`, 1500],
  ["an awk program", (n) => `awk '{ ${"x = x + 1; ".repeat(n)} print x }' f`, 800],
  ["getline after getline", (n) => `awk '{ ${"getline x ".repeat(n)} }' f`, 800],
  ["a sed script", (n) => `sed '${"s/a/b/;".repeat(n)}' f`, 1500],
  ["a jq filter", (n) => `jq '${".a | ".repeat(n)}.b' f`, 2500],
  ["find tests", (n) => `find . ${"-name x -o ".repeat(n)}-print`, 800],
  ["fd words", (n) => `fd x ${"-e log ".repeat(n)}`, 1000],
  ["wrappers", (n) => `${"nice ".repeat(n)}ls`, 7],
];

const factor = 4;
/** Linear is 4, quadratic 16; anything below a fraction of a millisecond is noise. */
const maxRatio = 11;
const noiseMs = 1.5;

const scanMs = (text: string, enough: number): number => bestMs(() => scan(text), enough, { least: 5, most: 30 });

it.each(shapes)("%s", { timeout: 30_000 }, (_name, make, n) => {
  scanMs(make(n), Infinity);
  const small = scanMs(make(n), Infinity);
  const large = scanMs(make(factor * n), maxRatio * Math.max(small, noiseMs));
  const ratio = large / Math.max(small, noiseMs);
  expect(ratio, `${small.toFixed(2)} ms for ${n}, ${large.toFixed(2)} ms for ${factor * n}`).toBeLessThan(maxRatio);
  expect(large).toBeLessThan(1000);
});
