// Two grammars and bash read the same texts: unbash as the scanner walks it, tree-sitter-bash, and bash itself by what it prints and by the
// calls that it makes of stub programs. Where the grammars disagree, a text is unknown or dangerous, or bash shows that our reading is right.
import { loadSql, scan } from "@dd0c/scanner";
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { callsIn, prettyPrinted } from "./grammars/bash-oracle.ts";
import { compareTexts, isFinding, isUnproved, lax, type ReadText } from "./grammars/compare.ts";
import { comparable, expectedCalls } from "./grammars/expected-calls.ts";
import { differenceOf, sameMeaning } from "./grammars/shape.ts";
import { shellText } from "./grammars/shell-text.ts";
import { labelledTexts, runbookTexts } from "./grammars/texts.ts";
import { mistakes } from "./grammars/tree-sitter-mistakes.ts";
import { loadTreeSitter } from "./grammars/tree-sitter-shape.ts";
import { unbashShape } from "./grammars/unbash-shape.ts";

vi.setConfig({ testTimeout: 120_000 });

let treeSitter: ReadText;
beforeAll(async () => {
  await loadSql();
  treeSitter = await loadTreeSitter();
});

describe("the comparison sees", () => {
  it.each([
    ["a word that one has", "ls a b", "ls a"],
    ["a word that is cut", "ls 'a b'", "ls a b"],
    ["a command that one has", "ls; rm a", "ls"],
    ["a redirection that one has", "ls >f", "ls"],
    ["another descriptor", "ls 2>f", "ls >f"],
    ["a here-document that ends elsewhere", "cat <<E\na\nE\nls\n", "cat <<E\na\nE\nls\nE\n"],
    ["a substitution that one has", 'ls "$(id)"', "ls '$(id)'"],
  ])("%s", (_, first, second) => {
    expect(sameMeaning(unbashShape(first), unbashShape(second))).toBe(false);
    expect(differenceOf(unbashShape(first), treeSitter(second))).not.toBe(undefined);
    expect([sameMeaning(unbashShape(first), unbashShape(first)), differenceOf(unbashShape(first), treeSitter(first))]).toEqual([
      true,
      undefined,
    ]);
  });

  it("the calls that bash makes", () => {
    const texts = ["ls 'a b' | wc -l && id `id -u`", "f() { ls z; }; f; [ -f x ]", "cat <<E\n$(ls -a)\nE\n", "! id || ls"];
    expect(callsIn(texts).map(comparable)).toEqual(texts.map((text) => comparable(expectedCalls(text) ?? [])));
    expect(callsIn(["ls\n'rm' \\\nx"])).toEqual([[["ls"], ["rm", "x"]]]);
  });

  it("what bash accepts", () => {
    expect(prettyPrinted(["ls   a;id", "ls ("])).toEqual(["ls a; id\n\n", undefined]);
  });
});

describe("texts that bash reads otherwise than our parser", () => {
  it.each([
    ["a name behind a continued line", "x=-delete; find . $\\\nx"],
    ["the same in quotes", 'x=a; ls "$\\\nx"'],
    ["a name that goes on behind a continued line", "a=x; ab=-delete; find . $a\\\nb"],
    ["a quoted name that does", 'a=x; ab=-delete; find . "$a\\\nb"'],
    ["the same in a here-document", "a=x; ab=y; cat <<E\n$a\\\nb\nE\n"],
    ["a backslash at the end", "ls \\"],
    ["an extended glob, which is a syntax error by default", "cat <<E @(a|b)\nrm x\nE\n"],
    ["a process substitution that touches a word", "ls a>(cat)"],
    ["the same in a loop", "for i in a>(cat) b; do echo x; done"],
    ["the same in an array", "a=(b>(cat)); ls"],
    ["commands behind a here-document in a substitution", "ls $(if cat <<E\nE\nthen id; fi; wc)"],
    ["a command on its line", 'ls "$(id\ncat <<E & wc\nE\n)"'],
    ["time before a compound command in a substitution", "ls $(time { id; })"],
    ["a continued line within quotes within backticks", "ls `echo 'a\\\nb'`"],
    ["a comment that is continued in backticks", "ls `echo a #\\\nid`"],
    ["a continued line within quotes within a here-document's substitution", "cat <<E\n$(echo 'a\\\nb')\nE\n"],
    ["a single backtick in a here-document", "cat <<E\n`\nE\n"],
    ["two parentheses at once", "((true <<E\n) \nE\n)"],
    ["the same in a substitution", "ls $((id) )"],
    ["a lone negation in the background", "!& ls"],
    ["a word that touches a closing redirection", "ls; >&-rm ls"],
    ["a name behind a continued line and braces", "x=-delete; find . {a,b}$\\\nx"],
    ["a descriptor in front of a continued line", "ls 2\\\n>/dev/null"],
    ["escaped quotes within backticks", 'ls "${u:-`echo \\"c d\\"`}"'],
    ["braces and quotes within backticks", 'ls "`echo "a" {a,b}`"'],
    ["a loop with one parenthesis", "for (i=0; i<2; i++)); do ls; done"],
    ["a substitution that only some shells have", "ls ${ id; }"],
    ["an operand on the next line", "[[ a <\n b ]]"],
    ["a redirection whose target is the descriptor of the next", "ls > {fd}>f"],
    ["time behind a pipe and an empty line", "ls |\n\ntime wc"],
  ])("%s", (_, text) => {
    expect(scan(text).risk).not.toBe("safe");
    expect(scan(text).risk).not.toBe("caution");
  });

  it.each([
    "ls \\\n -la",
    "[[ a == a* ]] && ls",
    "diff <(ls) <(id)",
    "for i in a b; do echo $i; done",
    "ls $(cat <<E\na\nE\n)",
    "time { ls; id; }",
    "ls `id -u`",
    "cat <<E\n`id -u`\nE\n",
    "(ls; (id))",
    "! ls",
    "ls 2>&-",
    "ls | time wc",
  ])("their neighbour %j stays safe", (text) => {
    expect(scan(text).risk).toBe("safe");
  });
});

describe("texts that people wrote", () => {
  it("are read alike, or bash shows that our reading is right", () => {
    const labelled = labelledTexts();
    const runbooks = runbookTexts();
    if (runbooks.length === 0) console.info("../shared/corpus is absent: only packages/scanner/corpus is compared");
    const compared = compareTexts([...labelled, ...runbooks], treeSitter, { about: "disputed", run: false });
    expect(compared.filter(isFinding)).toEqual([]);
    expect(compared.filter(isUnproved)).toEqual([]);
    const agreed = compared.filter(({ trees, risk }) => trees === "agree" && lax(risk)).length;
    expect(agreed).toBeGreaterThan(0.99 * compared.filter(({ risk }) => lax(risk)).length);
  });
});

describe("generated texts", () => {
  it("that pass are read alike, or bash shows that our reading is right; the calls of 2,000 are ours", () => {
    const texts = [...new Set(fc.sample(shellText, { seed: 20_261_121, numRuns: 8_600 }))];
    const compared = compareTexts(texts, treeSitter, { about: "all", run: true });
    expect(compared.filter(isFinding)).toEqual([]);
    expect(compared.filter(({ ran }) => ran).length).toBeGreaterThan(2_000);
    expect(compared.filter(isUnproved).length).toBeLessThan(0.002 * texts.length);
    expect(compared.filter(({ trees, risk }) => trees !== "agree" && lax(risk)).length).toBeGreaterThan(400);
  });
});

describe("a reviewed class of disagreement", () => {
  it.each(mistakes)("$name: its example is read otherwise by tree-sitter-bash, and bash makes our calls of it", ({ mark, example }) => {
    expect(example).toMatch(mark);
    const [compared] = compareTexts([example], treeSitter, { about: "all", run: true });
    expect(compared).toMatchObject({ risk: "safe", bash: "confirms", ran: true });
    expect(compared?.trees).not.toBe("agree");
  });
});
