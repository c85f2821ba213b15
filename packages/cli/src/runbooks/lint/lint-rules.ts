// The rules of `ddoc-parse --lint`: one table, from which findings take their severity and docs/lint.md is written.
// Adding a rule means a row here and a check in lint-runbook.ts; a code never changes its meaning.

/** `error` and `warning` make the exit code 1; `info` is shown only. */
export type Severity = "error" | "warning" | "info";

export interface LintRule {
  readonly severity: Severity;
  /** What was found, in one sentence. */
  readonly finds: string;
  /** What to do about it. */
  readonly remedy: string;
}

export const lintRules = {
  UNCLOSED_FENCE: {
    severity: "error",
    finds: "A code block is never closed; where it ends was guessed.",
    remedy: "Close the block. Everything behind it may have been read as code.",
  },
  LIMIT_REACHED: {
    severity: "error",
    finds: "A limit of the parser was reached; what follows was not read.",
    remedy: "Split the runbook.",
  },
  NOTHING_TO_DO: {
    severity: "warning",
    finds: "The file holds no command and no instruction.",
    remedy: "Say what to do, or leave the file out. Where no file holds anything to do, the exit code is 3.",
  },
  DANGEROUS_WITHOUT_ROLLBACK: {
    severity: "warning",
    finds: "A command is dangerous (it destroys something, or runs with more rights), and the runbook names nothing that undoes it.",
    remedy: "Add a section Rollback, or a line that begins with `Rollback:` in the step.",
  },
  UNKNOWN_COMMAND: {
    severity: "warning",
    finds: "What a command does is not known: no rule knows the program or the option, or the text cannot be read as shell.",
    remedy: "Correct it if it is misspelt. Otherwise a person will have to approve it at every run.",
  },
  UNEXPLAINED_PLACEHOLDER: {
    severity: "warning",
    finds: "Something must be filled in by hand, and no sentence says with what.",
    remedy: "Write `where <x> is ...` or `replace <x> with ...`, give the choices (`<stop|start>`), or name it after a field of the alert.",
  },
  UNCLEAR_STEP: {
    severity: "warning",
    finds: "A step tells somebody to do something without saying what, where or how.",
    remedy: "Answer the question of the message in the step: a command, a link, a name.",
  },
  LOW_CONFIDENCE: {
    severity: "warning",
    finds: "A command was taken as a step, but the text may only be talking about it.",
    remedy: "Put it into a code block of its own if it is to be run.",
  },
  HIDDEN_TEXT: {
    severity: "warning",
    finds: "Text that a reader of the page does not see (a comment, a hidden element). It is never used.",
    remedy: "Remove it, or write it where it can be seen.",
  },
  INVISIBLE_CHARACTERS: {
    severity: "warning",
    finds: "A command holds characters that cannot be seen; they are left out when it runs.",
    remedy: "Type the command again.",
  },
  SPEAKS_TO_A_MODEL: {
    severity: "warning",
    finds: "A passage gives orders to an assistant or a program that reads the page; commands in it are no steps.",
    remedy: "Take the passage out, or find out who wrote it.",
  },
  WORD_CUT: {
    severity: "warning",
    finds: "A line of a command ends in a backslash inside a word. The command has a blank there; a shell would have none.",
    remedy: "Write a blank in front of the backslash, or the whole word on one line.",
  },
  PUNCTUATION_REPAIRED: {
    severity: "warning",
    finds: "A command holds typographic quotes, dashes or blanks, which a shell takes for letters.",
    remedy: "Type plain quotes and hyphens; a code block keeps an editor from changing them.",
  },
  ENTITIES_DECODED: {
    severity: "info",
    finds: "A command holds HTML entities such as `&gt;`; they were decoded.",
    remedy: "Write the characters themselves.",
  },
  ADVISED_AGAINST: {
    severity: "info",
    finds: "The text advises against a command; it is no step.",
    remedy: "Nothing, if that is meant.",
  },
  MENTIONED_COMMAND: {
    severity: "info",
    finds: "A sentence mentions a command without telling anybody to run it; it is no step.",
    remedy: "Put it into a code block of its own if it is to be run.",
  },
} as const satisfies Readonly<Record<string, LintRule>>;

export type LintCode = keyof typeof lintRules;

/** docs/lint.md. */
export const renderLintPage = (): string =>
  [
    "# Findings of `ddoc-parse --lint`",
    "",
    "Generated from `packages/cli/src/runbooks/lint/lint-rules.ts`; a test keeps the two equal.",
    "",
    "One line per finding, as editors and CI systems read it: `file:line:column: severity CODE message`. With `--json` one object per file.",
    "Exit code 0: no error, and at most `--max-warnings N` warnings (0 where it is not given). 1: more. 2: wrong usage, or a file that cannot be",
    "read. 3: no file holds anything to do.",
    "",
    "| code | severity | what was found | what to do |",
    "| --- | --- | --- | --- |",
    ...Object.entries(lintRules).map(
      ([code, { severity, finds, remedy }]) => `| \`${code}\` | ${severity} | ${finds} | ${remedy.replaceAll("|", "\\|")} |`,
    ),
    "",
  ].join("\n");
