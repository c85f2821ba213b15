// Random shell text as people write it: every kind of quote, operator and redirection, around programs that the scanner knows.
// In: nothing but fast-check's seed. Out: text and stubs for all its programs. Test code only.

import fc from "fast-check";
import type { StubBehaviour } from "./stub-programs.ts";

export interface GeneratedText {
  readonly text: string;
  readonly stubs: ReadonlyMap<string, StubBehaviour>;
}

/** Each at most once in a text, so that each process has a record of its own; any operand is harmless to them. */
const PROGRAMS = ["echo", "printf", "true", "basename", "dirname", "seq", "expr", "false"];

const plain = fc.constantFrom("a", "b-c", "x=1", "-n", "--", "%s", "/tmp/x", "a.b,c:d", "@", "+1", "ü", "日本");
const inner = fc.constantFrom("a b", "it", "x  y", "#", "*", "?", "~", "{a,b}", "|", ";", "&", ">", "(", "é", "a\nb", "\t", "-", "");
const ansi = fc.constantFrom(
  "\\n",
  "\\t",
  "\\'",
  "\\\\",
  "\\x41",
  "\\x1b[0m",
  "\\101",
  "\\u00e9",
  "\\e",
  "a b",
  '"',
  "\\a",
  '\\"',
  "\\?",
  "\\cA",
);
const inDouble = fc.oneof(inner, fc.constantFrom("\\$", "\\`", '\\"', "\\\\", "\\n", "'", "$", "\\\n"));

/** One piece of a word; pieces stand next to each other without a blank. */
const piece = fc.oneof(
  plain,
  inner.map((body) => `'${body}'`),
  fc.array(inDouble, { maxLength: 3 }).map((parts) => `"${parts.join("")}"`),
  fc.array(ansi, { maxLength: 3 }).map((parts) => `$'${parts.join("")}'`),
  fc.constantFrom("\\ ", "\\'", '\\"', "\\\\", "\\*", "\\$", "\\#x", "\\;", "\\~", "\\\n", "''", '""', '$"a b"'),
);
const word = fc.oneof(
  { weight: 3, arbitrary: piece },
  { weight: 1, arbitrary: fc.array(piece, { minLength: 2, maxLength: 3 }).map((parts) => parts.join("")) },
);

const redirect = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "2>&1",
      ">/dev/null",
      "2>/dev/null",
      "&>/dev/null",
      ">&2",
      "</dev/null",
      "2>&1 >/dev/null",
      ">/dev/null 2>&1",
      "1>&2 2>/dev/null",
      ">|/dev/null",
    ),
  },
  { weight: 2, arbitrary: word.map((text) => `<<<${text}`) },
);

const member = fc.record({
  joint: fc.constantFrom(" | ", "|", " |& ", " && ", " || ", "; ", "\n", " |\n", " &&\n  ", " \\\n| ", " # note\n"),
  prefix: fc.oneof({ weight: 6, arbitrary: fc.constant("") }, { weight: 1, arbitrary: word.map((text) => `LC_TEST=${text} `) }),
  words: fc.array(word, { maxLength: 4 }),
  redirect,
  first: fc.boolean(),
  readsStdin: fc.boolean(),
  exitCode: fc.constantFrom(0, 0, 0, 1, 2, 130),
});

type Member = typeof member extends fc.Arbitrary<infer T> ? T : never;

function textOf(program: string, { prefix, words, redirect: where, first }: Member): string {
  const parts = first ? [program, where, ...words] : [program, ...words, where];
  return prefix + parts.filter((part) => part !== "").join(" ");
}

export const generatedText: fc.Arbitrary<GeneratedText> = fc
  .record({
    programs: fc.shuffledSubarray(PROGRAMS, { minLength: 4 }),
    members: fc.array(member, { minLength: 1, maxLength: 4 }),
    ending: fc.constantFrom("", "", "\n", ";", " # trailing note", "\n\n"),
  })
  .map(({ programs, members, ending }) => {
    const named = members.map((raw, index) => ({ raw, program: programs[index] ?? "echo" }));
    return {
      text: named.map(({ raw, program }, index) => (index === 0 ? "" : raw.joint) + textOf(program, raw)).join("") + ending,
      stubs: new Map(named.map(({ raw: { readsStdin, exitCode }, program }) => [program, { readsStdin, exitCode }])),
    };
  });
