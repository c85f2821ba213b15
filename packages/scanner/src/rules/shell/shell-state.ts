import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type Finding, type RuleContext } from "../../rule.ts";
import { evaluatedName, isName } from "../../test-expression.ts";

const source = "bash(1) 5.2, SHELL BUILTIN COMMANDS";

function checkName(value: Arg): Finding | undefined {
  return isName(value) ? undefined : evaluatedName(value);
}

export const cd = program({
  names: "cd|pushd|popd",
  source,
  why: "changes the directory of the shell",
  flags: "-L -P -e -n",
  operands: "read?",
  anyWord: true,
  examples: { "cd /var/log": "safe", "cd ~/.ssh": "caution", "cd - && ls": "safe" },
  nearMisses: ["cd /x && rm -rf y", "cd a b"],
});

/** NAME=value words of export, declare and local. */
function assign(inv: Invocation, ctx: RuleContext): void {
  assignEach(inv, ctx);
  if (inv.program !== "readonly" && !inv.has("-r")) return;
  for (const arg of inv.operands) ctx.lockVariable(arg.head.split("=", 1)[0] ?? "");
}

function assignEach(inv: Invocation, ctx: RuleContext): void {
  for (const arg of inv.operands) {
    const equals = arg.head.indexOf("=");
    const name = equals < 0 ? arg.head : arg.head.slice(0, equals);
    if (!/^[A-Za-z_]\w*$/.test(name) || (equals < 0 && arg.shape !== "literal")) ctx.report(evaluatedName(arg));
    else if (equals >= 0) assignOne(inv, ctx, name, arg, equals);
  }
}

/** A quoted list is taken apart once more: `declare -a 'x=($(rm y))'` runs what stands in it, and so does `declare x=$list` where x is an array. */
function mayBeList({ head, shape }: Arg, equals: number, ctx: RuleContext): boolean {
  return head.startsWith("(", equals + 1) || (shape !== "literal" && head.length === equals + 1 && ctx.mayHaveArrays());
}

function assignOne(inv: Invocation, ctx: RuleContext, name: string, arg: Arg, equals: number): void {
  const literal = arg.shape === "literal";
  if (inv.has("-i") || mayBeList(arg, equals, ctx)) ctx.report(evaluatedName(arg));
  const text = arg.head.slice(equals + 1);
  const value: Arg = { shape: literal ? "literal" : "one", text: literal ? text : arg.text, head: text, dash: true, span: arg.span };
  if (inv.program === "export" || inv.has("-x")) ctx.checkEnvironment(name, value);
  else ctx.checkShellVariable(name, value);
  // Outside a function `local` fails and leaves the old value.
  ctx.setVariable(name, literal && inv.program !== "local" ? value : undefined);
}

export const exportVariable = program({
  names: "export",
  source,
  why: "gives a variable to the programs that follow",
  flags: "-n",
  options: {
    "-p": { arity: "flag", sensitive: true, why: "prints the environment, where secrets live" },
    "-f": { arity: "flag", risk: "unknown", why: "exports a function" },
  },
  operands: "data*",
  anyWord: true,
  inspect: assign,
  sensitive: (inv) => inv.operands.length === 0,
  examples: { "export AWS_PROFILE=prod": "safe", "export PATH=/tmp:$PATH": "dangerous", export: "caution" },
  nearMisses: ["export LD_PRELOAD=/tmp/x.so", "export FOO=$(rm x)", "export 'a[$(rm x)]=1'"],
});

export const declare = program({
  names: "declare|local|typeset|readonly",
  source,
  why: "sets a variable of the shell",
  flags: "-a -A -r -g -x -t",
  options: {
    "-p|-f|-F": { arity: "flag", sensitive: true, why: "prints variables, where secrets live" },
    "-i": { arity: "flag", risk: "unknown", why: "the value is evaluated as arithmetic, which may run commands" },
    "-n": { arity: "flag", risk: "unknown", why: "makes one name stand for another" },
    "-l|-u|-c": { arity: "flag", risk: "unknown", why: "changes the value on every assignment" },
  },
  operands: "data*",
  anyWord: true,
  inspect: assign,
  sensitive: (inv) => inv.operands.length === 0,
  examples: { "declare -r NS=prod": "safe", "declare -i x=1": "unknown" },
  nearMisses: [
    "declare -a a; x='($(rm y))'; declare a=$x",
    "declare -n ref=PATH",
    "declare -x LD_PRELOAD=x",
    "declare -i 'x=a[$(rm y)]'",
    "typeset PATH=/tmp",
  ],
});

function readNames(inv: Invocation, ctx: RuleContext): void {
  for (const arg of inv.operands) {
    if (isName(arg)) {
      ctx.checkShellVariable(arg.text, { ...arg, shape: "one" });
      ctx.setVariable(arg.text, undefined);
    } else {
      ctx.report(evaluatedName(arg));
      ctx.forgetVariables();
    }
  }
  for (const name of ["REPLY", "MAPFILE", inv.value("-a")]) if (name !== undefined) ctx.setVariable(name, undefined);
}

export const read = program({
  names: "read",
  source,
  why: "reads input into a variable",
  flags: "-r -s -e -E",
  values: "-d -i -n -N -p -t -u",
  options: { "-a": { check: checkName } },
  operands: "data*",
  anyWord: true,
  answers: [1],
  inspect: readNames,
  examples: { "read -r name": "safe", 'while read -r line; do echo "$line"; done': "safe" },
  nearMisses: ["read 'a[$(rm x)]'", "read $x", "read PATH"],
});

/** Not the options of read: here `-t` takes no value, and the word behind it is the variable. */
export const mapfile = program({
  names: "mapfile|readarray",
  source,
  why: "reads lines into a variable",
  flags: "-t",
  values: "-d -n -O -s -u",
  options: { "-C|-c": { risk: "unknown", why: "evaluates text for each line" } },
  operands: "data*",
  anyWord: true,
  inspect: readNames,
  examples: { "mapfile -t lines < notes.txt": "safe", 'mapfile -t lines < f; echo "${lines[@]}"': "safe" },
  nearMisses: ["mapfile -C 'rm x' -c 1 lines", "mapfile -t PATH", 'v=-l; mapfile -t v < f; killall "$v"', "mapfile 'a[$(rm x)]'"],
});

export const unset = program({
  names: "unset",
  source,
  why: "forgets a variable of the shell",
  flags: "-v",
  options: { "-f|-n": { arity: "flag", risk: "unknown", why: "takes away a function or a reference" } },
  operands: "data*",
  inspect: readNames,
  examples: { "unset NS": "safe" },
  nearMisses: ["unset 'a[$(rm x)]'", "unset PATH", "unset -f ls"],
});

const harmlessModes = "errexit nounset pipefail xtrace verbose noglob noclobber errtrace";

function setOperands(inv: Invocation, ctx: RuleContext): void {
  for (const arg of inv.operands) {
    if (arg.shape === "literal" && /^\+([euxvfC]+|o)$/.test(arg.text)) continue;
    if (arg.shape === "literal" && inv.operands[0]?.text === "+o" && harmlessModes.split(" ").includes(arg.text)) continue;
    ctx.forgetVariables();
    ctx.report({ risk: "unknown", why: "sets the shell's positional parameters, which may later run as a command", span: arg.span });
  }
}

export const set = program({
  names: "set",
  source,
  style: "posix",
  why: "sets a mode of the shell",
  flags: "-e -u -x -v -f -C -E",
  options: { "-o": { allow: harmlessModes, why: "this mode is not in the table" } },
  operands: "data*",
  inspect: setOperands,
  sensitive: (inv) => inv.options.length === 0 && inv.operands.length === 0,
  examples: { "set -euo pipefail": "safe", "set +x": "safe", set: "caution" },
  nearMisses: ['set -- rm -rf d; "$@"', "set -a", "set -o posix"],
});

export const shopt = program({
  names: "shopt",
  source,
  why: "shows the shell's options",
  flags: "-p -q -o",
  options: { "-s|-u": { arity: "flag", risk: "unknown", why: "changes how the shell reads its commands" } },
  operands: "data*",
  examples: { "shopt -p": "safe", "shopt -s expand_aliases": "unknown" },
  nearMisses: ["shopt -so posix"],
});

export const wait = program({
  names: "wait|exit|return|break|continue|shift|logout",
  source,
  why: "steers the shell itself",
  flags: "-f -n -NUM",
  options: { "-p": { check: checkName } },
  operands: "data*",
  inspect: (inv, ctx) => {
    const name = inv.value("-p");
    if (name !== undefined) ctx.setVariable(name, undefined);
  },
  examples: { wait: "safe", "exit 1": "safe", "wait -n": "safe" },
  nearMisses: ["wait -p 'a[$(rm x)]'"],
});

export const limits = program({
  names: "ulimit|umask",
  source,
  why: "shows a limit of the shell",
  flags: "-a -S -H -p -b -c -d -e -f -i -k -l -m -n -q -r -s -t -u -v -x -P -R -T",
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.operands.length > 0) ctx.report({ risk: "caution", why: "changes a limit of the shell and of what it starts" });
  },
  examples: { "ulimit -n": "safe", "ulimit -n 4096": "caution" },
  nearMisses: ["umask 000"],
});

export const history = program({
  names: "history|fc",
  source,
  risk: "caution",
  why: "shows typed commands, which may hold secrets",
  flags: "-l -n -r -NUM",
  options: {
    "-c|-d|-w|-a": { arity: "flag", risk: "dangerous", why: "changes or clears the record of typed commands" },
    "-p|-s|-e": { arity: "flag", risk: "unknown", why: "expands or runs earlier commands" },
  },
  sensitive: true,
  examples: { "history 20": "caution", "history -c": "dangerous" },
  nearMisses: ["fc -s"],
});
