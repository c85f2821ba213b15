// Random plans that use every node of a plan, with arguments that are hard to quote, and stubs for all their programs.
// In: nothing but fast-check's seed. Out: plans with behaviours. Test code only.

import type { Plan, PlanAndOr, PlanCommand, PlanPipeline, Stdin } from "@dd0c/scanner";
import fc from "fast-check";
import type { StubBehaviour } from "./stub-programs.ts";

export interface GeneratedPlan {
  readonly plan: Plan;
  readonly stubs: ReadonlyMap<string, StubBehaviour>;
}

const AWKWARD = [
  ...[
    "",
    "-",
    "--",
    "-n",
    "-e",
    "--flag=a b",
    "-\n",
    " ",
    "\t",
    "a\nb",
    "\n",
    "trailing\n",
    "'",
    '"',
    "''",
    "it's",
    "\\",
    "\\\\",
    "\\n",
    "\\'",
  ],
  ...[
    "$HOME",
    "${x}",
    "$(id)",
    "`id`",
    "$'a'",
    "*",
    "?",
    "[a]",
    "{a,b}",
    "{1..3}",
    "~",
    "~root",
    "a~b",
    "#",
    "a#b",
    "!",
    "!!",
    "^a^b",
    "&",
    "&&",
    "|",
    "||",
  ],
  ...[
    ";",
    ";;",
    "<",
    ">",
    ">>",
    "2>&1",
    "<<<",
    "(",
    ")",
    "{",
    "}",
    "a=b",
    "=",
    "%",
    "@",
    "+(a)",
    "if",
    "then",
    "\x01",
    "\x1b[31m",
    "\x7f",
    "\r",
    "a\rb",
  ],
  ...[
    "ü",
    "日本語",
    "👍🏽",
    "é",
    "\u202e",
    "\u200b",
    "\u{e0009}",
    "\u00a0",
    "\ufeff",
    "\u2028",
    "a\u0000b".replace("\u0000", ""),
    "x".repeat(300),
  ],
];

const text = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.string({ unit: "binary", maxLength: 10 }).filter((value) => !value.includes("\0")),
  fc.array(fc.constantFrom(...AWKWARD), { minLength: 2, maxLength: 4 }).map((parts) => parts.join("")),
);

/** Program names: also ones that a shell would take for a keyword, an assignment, an option or a pattern. */
const PROGRAMS = [
  "if",
  "time",
  "function",
  "a=b",
  "-x",
  "[x]",
  "a b",
  "it's",
  "~x",
  "#x",
  "{",
  "!",
  "$x",
  "prög",
  "*",
  "a&b",
  "plain",
  "tool.sh",
  "A+=1",
  "x-y",
];

const stdin: fc.Arbitrary<Stdin> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Stdin>({ kind: "inherit" }) },
  { weight: 1, arbitrary: fc.constant<Stdin>({ kind: "null" }) },
  // A here-string always ends in a newline.
  { weight: 2, arbitrary: text.map((value): Stdin => ({ kind: "text", text: `${value}\n` })) },
);

/** All pairs that shell text can say without a third file descriptor. */
const sinks = fc.constantFrom<Pick<PlanCommand, "stdout" | "stderr">>(
  { stdout: "stdout", stderr: "stderr" },
  { stdout: "stdout", stderr: "stderr" },
  { stdout: "stdout", stderr: "stdout" },
  { stdout: "stdout", stderr: "null" },
  { stdout: "null", stderr: "stderr" },
  { stdout: "null", stderr: "stdout" },
  { stdout: "null", stderr: "null" },
  { stdout: "stderr", stderr: "stderr" },
  { stdout: "stderr", stderr: "null" },
);

const env = fc.oneof(
  { weight: 4, arbitrary: fc.constant<PlanCommand["env"]>([]) },
  { weight: 1, arbitrary: fc.array(fc.tuple(fc.constantFrom("GREETING", "LC_TEST"), text), { minLength: 1, maxLength: 3 }) },
);

const member = fc.record({
  program: fc.constantFrom(...PROGRAMS),
  args: fc.array(text, { maxLength: 5 }),
  env,
  stdin,
  sinks,
  readsStdin: fc.boolean(),
  exitCode: fc.constantFrom(0, 0, 0, 0, 1, 2, 3, 77, 126, 127, 255),
  signal: fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom("KILL", "TERM", "PIPE", "USR1") },
  ),
});

const pipeline = fc.array(member, { minLength: 1, maxLength: 3 });
const list = fc.record({
  first: pipeline,
  rest: fc.array(fc.record({ op: fc.constantFrom<"&&" | "||">("&&", "||"), pipeline }), { maxLength: 2 }),
});

type Member = typeof member extends fc.Arbitrary<infer T> ? T : never;

/** Names are made distinct, so that each process has a record of its own. */
export const generatedPlan: fc.Arbitrary<GeneratedPlan> = fc.array(list, { minLength: 1, maxLength: 2 }).map((lists) => {
  const stubs = new Map<string, StubBehaviour>();
  const toCommand = (raw: Member): PlanCommand => {
    const name = stubs.has(raw.program) ? `${raw.program}${stubs.size}` : raw.program;
    const { readsStdin, exitCode, signal } = raw;
    stubs.set(name, { readsStdin, exitCode, ...(signal === undefined ? {} : { signal }) });
    return { argv: [name, ...raw.args], env: raw.env, stdin: raw.stdin, ...raw.sinks };
  };
  const toPipeline = (members: readonly Member[]): PlanPipeline => ({ members: members.map(toCommand) });
  const toList = (raw: { first: Member[]; rest: { op: "&&" | "||"; pipeline: Member[] }[] }): PlanAndOr => ({
    first: toPipeline(raw.first),
    rest: raw.rest.map(({ op, pipeline: members }) => ({ op, pipeline: toPipeline(members) })),
  });
  return { plan: { lists: lists.map(toList) }, stubs };
});
