// What must hold for every text: the scan is total and deterministic, additions and wrappers never lower a risk, quoting does not matter,
// spans lie inside the text, and time grows no faster than the text.
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { compareRisk } from "./risk.ts";
import { quoteWord } from "./quote.ts";
import { scan } from "./scan.ts";
import { bestMs } from "../../../bench/best-ms.ts";

const piece = fc.constantFrom(
  "ls",
  "rm",
  "-rf",
  "/x",
  "cat",
  "grep",
  "find",
  "-delete",
  "kubectl",
  "get",
  "pods",
  "echo",
  "$x",
  "${x}",
  "${x:-",
  "}",
  "$(",
  ")",
  "`",
  '"',
  "'",
  "$'",
  "\\",
  "\n",
  ";",
  "&&",
  "||",
  "|",
  "|&",
  "&",
  ">",
  "<",
  ">>",
  "<<E",
  "<<<",
  "2>&1",
  "/dev/null",
  "E",
  "if",
  "then",
  "fi",
  "for",
  "in",
  "do",
  "done",
  "while",
  "case",
  "esac",
  ";;",
  "{",
  "}",
  "(",
  "((",
  "))",
  "[[",
  "]]",
  "!",
  "=",
  "a=",
  "*",
  "?",
  "~",
  "#",
  " ",
  " ",
  " ",
  "\t",
  "é",
  "\u200b",
  "\r",
  "{a,b}",
  "<(",
  ">(",
  "function",
  "coproc",
  "time",
  "sudo",
  "bash -c",
  "eval",
  "xargs",
  "-I{}",
  "-exec",
  "+",
);
const shellish = fc.array(piece, { maxLength: 24 }).map((parts) => parts.join(""));
const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), shellish);

const known = [
  "ls",
  "ls -la /tmp",
  "cat f | grep x",
  "find . -name x",
  "kubectl get pods",
  "echo hi",
  "rm x",
  "rm -rf /x",
  "kubectl delete pod x",
  "sort -o a b",
  "ls > f",
  "sudo ls",
  "frobnicate",
  "curl http://x | bash",
  "kubectl scale deploy/a --replicas=1",
] as const;
const command = fc.constantFrom(...known);

vi.setConfig({ testTimeout: 60_000 });

describe("every text", () => {
  // A backslash as the last character: the parser's node runs over the end of the text.
  it.each(["((\\", "(( \\", "$((\\", "((a\\", "echo $((\\", "ls; ((1 + \\", "$(([[\\\n<<<`$'($((\\"])(
    "%j has its reasons inside the text",
    (value) => {
      const { risk, reasons } = scan(value);
      expect(risk).not.toBe("safe");
      expect(reasons.filter(({ span }) => span.start < 0 || span.end > value.length || span.start > span.end)).toEqual([]);
    },
  );

  it("gives a verdict, always the same, with spans inside the text", () => {
    fc.assert(
      fc.property(text, (value) => {
        const verdict = scan(value);
        expect(scan(value)).toEqual(verdict);
        expect(verdict.reasons.length).toBeGreaterThan(0);
        expect((verdict.plan === undefined) !== (verdict.notRunnable === undefined)).toBe(true);
        expect(verdict.reasons.filter(({ span }) => span.start < 0 || span.end > value.length || span.start > span.end)).toEqual([]);
        expect(verdict.reasons.some((reason) => reason.risk === verdict.risk)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it("is not safe with `touch x` behind it", () => {
    fc.assert(
      fc.property(fc.oneof(shellish, command), (value) => {
        fc.pre(scan(value).risk === "safe" && !value.endsWith("\\"));
        expect(scan(`${value}\ntouch x`).risk).not.toBe("safe");
      }),
      { numRuns: 2000, maxSkipsPerRun: 1000 },
    );
    fc.assert(
      fc.property(
        command,
        fc.constantFrom("; touch x", " && touch x", " | tee x", "\ntouch x", " || touch x", " & touch x"),
        (value, added) => {
          expect(scan(value + added).risk).not.toBe("safe");
        },
      ),
    );
  });
});

const directWrappers: readonly ((inner: string) => string)[] = [
  (c) => `env ${c}`,
  (c) => `timeout 5 ${c}`,
  (c) => `nice -n 5 ${c}`,
  (c) => `nohup ${c}`,
  (c) => `command ${c}`,
  (c) => `exec ${c}`,
  (c) => `busybox ${c}`,
  (c) => `stdbuf -oL ${c}`,
  (c) => `setsid ${c}`,
];

const wrappers: readonly ((inner: string) => string)[] = [
  (c) => `sh -c ${quoteWord(c)}`,
  (c) => `bash -lc ${quoteWord(c)}`,
  (c) => `eval ${quoteWord(c)}`,
  (c) => `ssh h ${quoteWord(c)}`,
  (c) => `watch ${quoteWord(c)}`,
  (c) => `( ${c} )`,
  (c) => `{ ${c}; }`,
  (c) => `if true; then ${c}; fi`,
  (c) => `for i in 1 2; do ${c}; done`,
  (c) => `while true; do ${c}; done`,
  (c) => `f() { ${c}; }; f`,
  (c) => `echo $( ${c} )`,
  (c) => `echo "\${x:-$( ${c} )}"`,
  (c) => `cat <( ${c} )`,
  (c) => `! { ${c}; }`,
  (c) => `time ( ${c} )`,
  (c) => `( ${c} ) &`,
  (c) => `true && { ${c}; }`,
  (c) => `ls | ( ${c} )`,
  (c) => `kubectl exec pod -- sh -c ${quoteWord(c)}`,
  // A delimiter of its own for each: the inner document would end the outer one.
  (c) => `cat <<E${c.length}\n$( ${c} )\nE${c.length}`,
  (c) => `trap ${quoteWord(c)} EXIT`,
];

describe("wrapping", () => {
  it("never lowers a risk, up to four layers deep", () => {
    fc.assert(
      fc.property(
        command,
        fc.array(fc.constantFrom(...directWrappers), { maxLength: 2 }),
        fc.array(fc.constantFrom(...wrappers), { minLength: 1, maxLength: 4 }),
        (inner, direct, layers) => {
          const outer = [...direct, ...layers].reduce<string>((value, wrap) => wrap(value), inner);
          const [before, after] = [scan(inner).risk, scan(outer).risk];
          expect({ outer, lowered: compareRisk(after, before) < 0, before, after }).toMatchObject({ lowered: false });
        },
      ),
      { numRuns: 4000 },
    );
  });
});

const spellings: readonly ((word: string) => string)[] = [
  (w) => w,
  (w) => `'${w}'`,
  (w) => `"${w}"`,
  (w) => [...w].map((c) => `\\${c}`).join(""),
  (w) => [...w].join("''"),
  (w) => [...w].join('""'),
  (w) => `$'${[...w].map((c) => `\\x${c.charCodeAt(0).toString(16)}`).join("")}'`,
  (w) => `$'${[...w].map((c) => `\\${c.charCodeAt(0).toString(8).padStart(3, "0")}`).join("")}'`,
];
const argv = fc.constantFrom(
  ["ls", "-la", "/tmp"],
  ["rm", "-rf", "/x"],
  ["kubectl", "-n", "prod", "delete", "pod", "x"],
  ["kubectl", "get", "pods", "-o", "wide"],
  ["find", ".", "-name", "x", "-delete"],
  ["find", "/var", "-name", "x"],
  ["sort", "-uo", "a", "b"],
  ["grep", "-rn", "x", "/etc/hosts"],
  ["sudo", "ls"],
  ["env", "LD_PRELOAD=x", "ls"],
);

describe("quoting", () => {
  it("does not change the verdict", () => {
    fc.assert(
      fc.property(argv, fc.array(fc.constantFrom(...spellings), { minLength: 8, maxLength: 8 }), (words, chosen) => {
        const disguised = words.map((word, index) => chosen[index]?.(word) ?? word).join("  ");
        expect({ disguised, risk: scan(disguised).risk }).toEqual({ disguised, risk: scan(words.join(" ")).risk });
      }),
      { numRuns: 3000 },
    );
  });
});

describe("time", () => {
  const growing: readonly [string, (n: number) => string][] = [
    ["words", (n) => `ls ${"a ".repeat(n)}`],
    ["one word", (n) => `ls ${"a".repeat(n)}`],
    ["commands", (n) => "ls;".repeat(n)],
    ["unknown commands", (n) => "find rm ".repeat(n)],
    ["pipes", (n) => `ls${" | cat".repeat(n)}`],
    ["substitutions", (n) => "$(".repeat(n)],
    ["quoted substitutions", (n) => '"$('.repeat(n)],
    ["backticks", (n) => `echo ${"`".repeat(n)}`],
    ["escaped backticks", (n) => `echo \`${"\\`".repeat(n)}\``],
    ["parameters", (n) => `echo ${"${x:-".repeat(n)}`],
    ["parentheses", (n) => "(".repeat(n)],
    ["braces", (n) => `echo ${"{a,".repeat(n)}`],
    ["brace lists", (n) => `echo ${"{a,b}".repeat(n)}`],
    ["brackets", (n) => `echo ${"[".repeat(n)}`],
    ["ext globs", (n) => `echo ${"+(".repeat(n)}`],
    ["arithmetic", (n) => `echo $((${"1+".repeat(n)}1))`],
    ["arithmetic brackets", (n) => `echo $((${"a[".repeat(n)}`],
    ["heredocs", (n) => `cat ${"<<E ".repeat(n)}`],
    ["shell in shell", (n) => `bash -c ${"'bash -c ".repeat(n)}`],
    ["ifs", (n) => "if ".repeat(n)],
    ["fors", (n) => "for x in a; do ".repeat(n)],
    ["cases", (n) => "case x in x) ".repeat(n)],
    ["closed fors", (n) => `${"for x in a; do ".repeat(n)} ls; ${"done;".repeat(n)}`],
    ["functions", (n) => "f() { ".repeat(n)],
    ["assignments", (n) => "a=1 ".repeat(n)],
    ["array elements", (n) => `a=(${"1 ".repeat(n)})`],
    ["variables", (n) => `${"a=1;".repeat(n)} ls`],
    ["flags", (n) => `ls ${"-l ".repeat(n)}`],
    ["long flags", (n) => `ls ${"--colo ".repeat(n)}`],
    ["clusters", (n) => `ls -${"l".repeat(n)}`],
    ["redirects", (n) => `ls ${"2>&1 ".repeat(n)}`],
    ["non-ascii", (n) => `ls ${"é ".repeat(n)}`],
    ["awk", (n) => `awk '${"{print $1}".repeat(n)}' f`],
    ["sed", (n) => `sed '${"s/a/b/;".repeat(n)}' f`],
    ["env wrappers", (n) => `${"env ".repeat(n)}ls`],
    ["xargs", (n) => `${"xargs ".repeat(n)}ls`],
    ["finds", (n) => `find . ${"-exec ls {} ; ".repeat(n)}`],
    ["tests", (n) => `[[ ${"a && ".repeat(n)} b ]]`],
  ];

  // The best of many tries: what else the machine does must not count.
  it.each(growing)("4 KB of %s take at most 10 ms", (_name, grow) => {
    expect(scanMs(sized(grow, 4096), 20, 10)).toBeLessThan(10);
  });

  // Sixteen times the text: linear growth is 16, quadratic growth is 256.
  it.each(growing)("64 KB of %s do not take quadratically longer than 4 KB", (_name, grow) => {
    const base = Math.max(1, scanMs(sized(grow, 4000), 5, 0));
    expect(scanMs(sized(grow, 64_000), 10, base * 100) / base).toBeLessThan(100);
  });
});

function sized(grow: (n: number) => string, length: number): string {
  const unit = grow(10).length - grow(9).length;
  return grow(Math.floor(length / unit));
}

/** The shortest of up to `most` scans. */
const scanMs = (value: string, most: number, enough: number): number => bestMs(() => scan(value), enough, { most });
