import { evaluatedName, isName } from "../../test-expression.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

/** A word with a variable in it whose name says secret; its length (`${#X}`) and whether it is set (`${X:+yes}`) are not. */
const secretVariable = /\$\{?[A-Za-z_]*(token|secret|passw|api_?key|private_?key|access_key|credential)\w*(?![\w]*:?\+)/i;

function showsSecret(inv: Invocation): boolean {
  return inv.operands.some((arg) => arg.shape !== "literal" && secretVariable.test(arg.text));
}

export const echo = program({
  names: "echo",
  source: "bash(1) 5.2, SHELL BUILTIN COMMANDS",
  style: "none",
  why: "prints its words",
  operands: "data*",
  anyWord: true,
  sensitive: showsSecret,
  examples: { "echo hello": "safe", "echo $HOME -n *": "safe", "echo $DB_PASSWORD": "caution", "echo --help; rm x": "dangerous" },
  nearMisses: ["echo x > f", "echo $(rm x)"],
});

/** Until the format stands there, a word that is not written out may be `-v NAME`. */
function firstWord(inv: Invocation, ctx: RuleContext): void {
  const name = inv.arg("-v");
  if (name !== undefined) {
    ctx.checkShellVariable(name.text, { ...name, shape: "one" });
    ctx.setVariable(name.text, undefined);
  }
  const first = inv.operands[0];
  if (first !== undefined && first.shape !== "literal" && first.dash) {
    ctx.report({
      risk: "unknown",
      why: "the format is not written out and may become an option",
      safer: "write the format: printf '%s\\n' ...",
      span: first.span,
    });
  }
}

export const printf = program({
  names: "printf",
  source: "bash(1) 5.2, SHELL BUILTIN COMMANDS",
  style: "posix",
  why: "prints its words by a format",
  options: {
    "-v": {
      check: (value) => (isName(value) ? undefined : evaluatedName(value)),
    },
  },
  operands: "data*",
  anyWord: true,
  inspect: firstWord,
  sensitive: showsSecret,
  examples: { "printf '%s\\n' $x": "safe", "printf -v name '%d' 3": "safe" },
  nearMisses: ["printf -v 'a[$(reboot -f)]' x", "printf $x", "printf -v PATH %s /tmp", "printf '%s' x > f"],
});

/** `test -v NAME` evaluates a subscript in NAME. */
function evaluatedNames(inv: Invocation, ctx: RuleContext): void {
  inv.operands.forEach((arg, index) => {
    const named = inv.operands[index + 1];
    const asks = arg.shape === "literal" && (arg.text === "-v" || arg.text === "-R");
    if (asks && named !== undefined && !isName(named)) ctx.report(evaluatedName(named));
    if (arg.shape === "many")
      ctx.report({ risk: "unknown", why: "a word that is not quoted may become any test", safer: "quote it", span: arg.span });
  });
}

export const test = program({
  names: "test|[",
  source: "bash(1) 5.2, CONDITIONAL EXPRESSIONS",
  style: "none",
  why: "tests a condition",
  operands: "data*",
  anyWord: true,
  answers: [1],
  inspect: evaluatedNames,
  examples: { "[ -f /etc/hosts ]": "safe", 'test "$x" = y': "safe", "[ $? -eq 0 ]": "safe" },
  nearMisses: ["test -v 'a[$(rm x)]'", "[ $x ]"],
});

export const nothing = program({
  names: "true|false|:",
  source: "bash(1) 5.2, SHELL BUILTIN COMMANDS",
  style: "none",
  why: "does nothing",
  operands: "data*",
  anyWord: true,
  answers: [1],
  examples: { true: "safe", ": anything": "safe" },
  nearMisses: [": > f", "true $(rm x)"],
});

export const shellFacts = program({
  names: "times|jobs|dirs|caller|help",
  source: "bash(1) 5.2, SHELL BUILTIN COMMANDS",
  why: "prints facts about the shell",
  flags: "-L|--logical -P|--physical -l -n -p -r -s -v -d -m --help --version -NUM",
  operands: "data*",
  examples: { "jobs -l": "safe" },
  nearMisses: ["jobs -x rm x"],
});

export const lookUp = program({
  names: "type",
  source: "bash(1) 5.2, SHELL BUILTIN COMMANDS",
  why: "says what a name stands for",
  flags: "-a -f -p -P -t",
  operands: "data*",
  anyWord: true,
  answers: [1],
  examples: { "type -a kubectl": "safe" },
  nearMisses: ["type -x ls"],
});

export const hash = program({
  names: "hash",
  source: "bash(1) 5.2, SHELL BUILTIN COMMANDS",
  why: "shows where the shell remembers its programs",
  flags: "-r -l -t -d",
  options: { "-p": { risk: "dangerous", why: "puts another program in the place of a name" } },
  operands: "data*",
  examples: { "hash -r": "safe", "hash -p /tmp/x ls": "dangerous" },
  nearMisses: ["hash -p ./evil kubectl"],
});

const longSleepSeconds = 3600;

function sleepsLong(inv: Invocation): boolean {
  return inv.operands.some((arg) => {
    const unit = arg.text.at(-1) ?? "";
    const factor = { m: 60, h: 3600, d: 86400 }[unit] ?? 1;
    const seconds = Number.parseFloat(arg.text) * factor;
    return !(seconds <= longSleepSeconds);
  });
}

export const sleep = program({
  names: "sleep|usleep",
  source: "sleep(1), GNU coreutils 9.4",
  why: "waits",
  operands: "data data*",
  flags: "--help --version",
  unbounded: sleepsLong,
  examples: { "sleep 5": "safe", "sleep infinity": "caution", "sleep 1d": "caution" },
  nearMisses: ["sleep 99999999", "sleep $x"],
});

export const printDirectory = program({
  names: "pwd",
  source: "bash(1) 5.2, SHELL BUILTIN COMMANDS",
  why: "prints the directory of the shell",
  flags: "-L|--logical -P|--physical --help --version",
  examples: { "pwd -P": "safe" },
  nearMisses: ["pwd > f"],
});

/** Names of variables that usually hold secrets. */
const secretName = /pass|secret|token|key|cred|auth|pwd$|dsn|_url$|conn/i;

export const printEnvironment = program({
  names: "printenv",
  source: "printenv(1), GNU coreutils 9.4",
  why: "prints variables of the environment",
  safer: "printenv NAME",
  flags: "-0|--null --help --version",
  operands: "data*",
  answers: [1],
  sensitive: (inv) => inv.operands.length === 0 || inv.operands.some((arg) => arg.shape !== "literal" || secretName.test(arg.text)),
  examples: { "printenv PATH": "safe", printenv: "caution", "printenv DB_PASSWORD": "caution" },
  nearMisses: ["printenv -x", "printenv > f"],
});
