// Text -> plan, plan -> text: what has a plan, what has none and why, and that rendering and reading back is the identity.
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { quoteWord } from "./quote.ts";
import { textProblem } from "./refuse.ts";
import { renderPlan } from "./render-plan.ts";
import { scan } from "./scan.ts";
import type { Plan, PlanCommand, Sink, Stdin } from "./types.ts";

function plain(...argv: string[]): PlanCommand {
  return { argv, env: [], stdin: { kind: "inherit" }, stdout: "stdout", stderr: "stderr" };
}

function one(...members: PlanCommand[]): Plan {
  return { lists: [{ first: { members }, rest: [] }] };
}

vi.setConfig({ testTimeout: 60_000 });

describe("plans", () => {
  it.each<[string, Plan]>([
    ["ls -la '/a b'", one(plain("ls", "-la", "/a b"))],
    ["ls | wc -l", one(plain("ls"), plain("wc", "-l"))],
    ["ls |& wc", one({ ...plain("ls"), stderr: "stdout" }, plain("wc"))],
    ["ls 2>&1", one({ ...plain("ls"), stderr: "stdout" })],
    ["ls >/dev/null 2>&1", one({ ...plain("ls"), stdout: "null", stderr: "null" })],
    ["ls 2>&1 >/dev/null", one({ ...plain("ls"), stdout: "null", stderr: "stdout" })],
    ["ls &>/dev/null", one({ ...plain("ls"), stdout: "null", stderr: "null" })],
    ["ls >&2", one({ ...plain("ls"), stdout: "stderr" })],
    ["cat </dev/null", one({ ...plain("cat"), stdin: { kind: "null" } })],
    ["cat <<< 'a b'", one({ ...plain("cat"), stdin: { kind: "text", text: "a b\n" } })],
    ["cat <<'E'\n$x\nE", one({ ...plain("cat"), stdin: { kind: "text", text: "$x\n" } })],
    ["TZ=UTC date", one({ ...plain("date"), env: [["TZ", "UTC"]] })],
    ["$'\\x6cs' \"$'x\"", one(plain("ls", "$'x"))],
    ["ls # note", one(plain("ls"))],
    [
      "ls && pwd || date; id",
      {
        lists: [
          {
            first: { members: [plain("ls")] },
            rest: [
              { op: "&&", pipeline: { members: [plain("pwd")] } },
              { op: "||", pipeline: { members: [plain("date")] } },
            ],
          },
          { first: { members: [plain("id")] }, rest: [] },
        ],
      },
    ],
  ])("%s", (text, plan) => {
    expect(scan(text).plan).toEqual(plan);
  });

  it.each([
    ["ls *.log", "GLOB"],
    ["ls ~", "TILDE"],
    ["ls $HOME", "VARIABLE"],
    ["ls $(pwd)", "SUBSTITUTION"],
    ["diff <(ls) <(ls)", "PROCESS_SUBSTITUTION"],
    ["echo $((1+1))", "ARITHMETIC"],
    ["ls {a,b}", "BRACES"],
    ["echo a=~/x", "TILDE"],
    ["ls $'\\ud800'", "ENCODING"],
    ["ls > f", "REDIRECT"],
    ["ls < f", "REDIRECT"],
    ["ls 3>&1 1>&2 2>&3", "REDIRECT"],
    ["ls >/dev/stdout", "REDIRECT"],
    ["cat <<E\n$x\nE", "REDIRECT"],
    ["ls &", "BACKGROUND"],
    ["! ls", "NEGATION"],
    ["time ls", "TIME"],
    ["cd /tmp", "BUILTIN"],
    ["NS=prod", "ASSIGNMENT"],
    ["for x in a; do ls; done", "SHELL_CONSTRUCT"],
    ["(ls)", "SHELL_CONSTRUCT"],
    ["ls 'a", "SYNTAX"],
    ["", "EMPTY"],
    ["# only a note", "EMPTY"],
    ["ls\r", "REFUSED_TEXT"],
    ["rm a; rm b", "SPLIT_NEEDED"],
    ["kubectl scale deploy/a --replicas=1 && kubectl delete pod b", "SPLIT_NEEDED"],
  ])("%s has none: %s", (text, code) => {
    const verdict = scan(text);
    expect({ code: verdict.notRunnable?.code, plan: verdict.plan }).toEqual({ code, plan: undefined });
  });

  it("keeps a list in which only one member is above safe", () => {
    expect(scan("ls x && rm x; ls x").plan).toBeDefined();
  });

  it("names the answer codes per pipeline member", () => {
    expect(scan("grep a f | wc -l; grep b g").answerCodes).toEqual([[1], [], [1]]);
  });
});

const sinks: readonly Sink[] = ["stdout", "stderr", "null"];
const character = fc.oneof(
  fc.constantFrom(
    "'",
    '"',
    "\\",
    "$",
    "`",
    " ",
    "\n",
    "\t",
    "-",
    "=",
    "~",
    "*",
    "{",
    "}",
    ",",
    "!",
    "#",
    "&",
    ";",
    "\u202e",
    "\u0085",
    "\u001b",
    "\r",
    "é",
    "x",
    "0",
    "\u{1F600}",
  ),
  fc.string({ minLength: 1, maxLength: 1 }),
);
const word = fc
  .array(character, { maxLength: 8 })
  .map((parts) => parts.join("").replaceAll("\0", ""))
  .filter((text) => textProblem(text)?.ruleId !== "text.encoding");
const stdin = fc.oneof(
  fc.constant<Stdin>({ kind: "inherit" }),
  fc.constant<Stdin>({ kind: "null" }),
  word.map((text): Stdin => ({ kind: "text", text: `${text}\n` })),
);
const name = fc.oneof(
  fc.constantFrom("ls", "if", "time", "{", "a=b", "x y", "[", "!", "[["),
  word.filter((text) => text !== ""),
);
const command = fc
  .record({
    argv: fc.tuple(name, fc.array(word, { maxLength: 4 })).map(([first, rest]) => [first, ...rest]),
    env: fc.array(fc.tuple(fc.constantFrom("TZ", "A", "LC_ALL"), word), { maxLength: 2 }),
    stdin,
    stdout: fc.constantFrom(...sinks),
    stderr: fc.constantFrom(...sinks),
  })
  .filter(({ stdout, stderr }) => !(stdout === "stderr" && stderr === "stdout"));
const pipeline = fc.array(command, { minLength: 1, maxLength: 3 }).map((members) => ({ members }));
const list = fc.record({
  first: pipeline,
  rest: fc.array(fc.record({ op: fc.constantFrom("&&" as const, "||" as const), pipeline }), { maxLength: 2 }),
});
const plan = fc.array(list, { minLength: 1, maxLength: 2 }).map((lists) => ({ lists }));

/** What the scanner refuses to read at all cannot come back as a plan; neither can names that only a shell knows, or a list to be split. */
function canComeBack(text: string): boolean {
  const verdict = scan(text);
  return verdict.notRunnable === undefined || !["REFUSED_TEXT", "BUILTIN", "SPLIT_NEEDED"].includes(verdict.notRunnable.code);
}

describe("rendering", () => {
  it("is undone by reading", () => {
    fc.assert(
      fc.property(plan, (value) => {
        const text = renderPlan(value);
        fc.pre(canComeBack(text));
        expect({ text, plan: scan(text).plan }).toEqual({ text, plan: value });
      }),
      { numRuns: 3000 },
    );
  });

  it("quotes any word as one literal word", () => {
    fc.assert(
      fc.property(word, (text) => {
        const source = `ls ${quoteWord(text)}`;
        fc.pre(canComeBack(source));
        expect(scan(source).plan).toEqual(one(plain("ls", text)));
      }),
      { numRuns: 3000 },
    );
  });
});
