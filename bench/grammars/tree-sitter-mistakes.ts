// Where tree-sitter-bash is known to read otherwise than bash. A safe or caution text on which the grammars disagree must be of one of these
// classes, and bash must confirm our parser's reading of that very text; the class alone excuses nothing.

export interface Mistake {
  readonly name: string;
  readonly reason: string;
  /** A text that may have it. */
  readonly mark: RegExp;
  /** A safe text that has it: the grammars disagree, and the calls recorded in bash are ours. */
  readonly example: string;
}

export const mistakes: readonly Mistake[] = [
  {
    name: "here-document",
    reason:
      "Words, operators and commands behind the operator, several at once, and delimiters that are not one plain word are lost or misplaced.",
    mark: /<</,
    example: "cat <<E | wc -l; id\na\nE\n",
  },
  {
    name: "continued line",
    reason: "bash takes a backslash and its newline out before it looks for words; the grammar ends a word there.",
    mark: /\\\n/,
    example: "i\\\nd -u",
  },
  {
    name: "reserved word in front",
    reason:
      "`time` is read as a program and `!` only before a simple command, so that words of the compound command behind them become arguments.",
    mark: /(^|[\s;&|(`])(!|time)(\s|$)/,
    example: "time { ls; id; }",
  },
  {
    name: "bracket",
    reason: "`[` is a program with any arguments; the grammar expects a condition and its end.",
    mark: /\[/,
    example: "[ -f f ] a",
  },
  {
    name: "backticks in an expansion",
    reason: "`${x:-`...`}`: no node is made for what stands in the backticks.",
    mark: /\$\{[^}]*`/,
    example: "ls ${u:-`id`}",
  },
  {
    name: "escapes in backticks",
    reason: "Quotes inside of backticks inside of quotes are paired across their borders.",
    mark: /`[^`]*["\\]/,
    example: "grep x `echo \\${u%x}\\\\' || cat`",
  },
  {
    name: "descriptor of a redirection",
    reason: "A digit before `<`, `<>` and a closing `-` are read as words, or not read.",
    mark: /<>|\d<|[<>]&|&>/,
    example: "cat 0<f",
  },
  {
    name: "comparison operator as a word",
    reason: "`==` and `=~` are operators for the grammar wherever they stand.",
    mark: /(==|=~)/,
    example: "echo == && id",
  },
  {
    name: "arithmetic",
    reason: "`((`, `$[` and `for ((` behind other words are read as subshells and words.",
    mark: /\(\(|\$\[/,
    example: "! ((1 + 2))\nid",
  },
  {
    name: "escaped word on a new line",
    reason: "A backslash that begins a line makes its words arguments of the line before.",
    mark: /\n[ \t]*\\/,
    example: "ls a\n\\id",
  },
  {
    name: "special character in a word",
    reason: "A `$` that names nothing, braces, `#`, `-`, escaped blanks and blanks of Unicode are cut from the words around them, or lost.",
    mark: /[$#{}~?*^@!]|[^\t-~]|\\ |(^|\s)-(\s|$)/,
    example: "(ls a$)",
  },
];
