// fd: like find, with its own options. Commands behind -x and -X are judged as what they are, with found paths in place.
import { type Arg, unknownArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { inputAsCode } from "../shell/input-as-code.ts";

const flags = new Set(
  "-H --hidden -I --no-ignore -u --unrestricted --no-ignore-vcs --no-ignore-parent --no-global-ignore-file --no-require-git -s --case-sensitive -i --ignore-case -g --glob -F --fixed-strings --regex --literal -a --absolute-path -l --list-details -L --follow -p --full-path -0 --print0 -1 -q --quiet --show-errors --strip-cwd-prefix --one-file-system --mount --xdev --prune -h --help -V --version --has-results --and".split(
    " ",
  ),
);
const values = new Set(
  "-d --max-depth --min-depth --exact-depth --maxdepth -t --type -e --extension -E --exclude -S --size --changed-within --changed-before --newer --older --change-newer-than --change-older-than -o --owner --format --max-results -c --color -j --threads --base-directory --path-separator --search-path --max-buffer-time --ignore-file --hyperlink -C".split(
    " ",
  ),
);
const runners = new Set(["-x", "--exec", "-X", "--exec-batch"]);
const markers = /\{(\/\/|\/\.|\/|\.)?\}/;

/** A found path begins with the starting point or `./`, never with a dash, unless only its last part is asked for. */
function withFound(arg: Arg, bare: boolean): Arg {
  const found = markers.exec(arg.text);
  if (found === null) return arg;
  const head = arg.head.slice(0, found.index);
  const dashed = head === "" && (bare || found[0] === "{/}" || found[0] === "{/.}");
  return { ...unknownArg(arg.text, head, arg.span), dash: dashed || head.startsWith("-") };
}

/** Everything behind -x up to `;`, or to the end: the command, and the found path behind it when no marker stands in it. */
function runFound(args: readonly Arg[], from: number, inv: Invocation, ctx: RuleContext): number {
  const end = args.findIndex((arg, at) => at >= from && arg.shape === "literal" && arg.text === ";");
  const words = args.slice(from, end < 0 ? args.length : end);
  if (words.length === 0) ctx.report({ risk: "unknown", why: "there is no command to run" });
  const marked = words.some((arg) => markers.test(arg.text));
  const runs = inputAsCode(words, marked ? (text) => markers.test(text) : undefined);
  if (runs !== undefined) ctx.report(runs);
  const bare = inv.operands.some((arg) => arg.text.startsWith("--strip-cwd"));
  const found = { ...unknownArg("a found path", "", inv.span), dash: bare };
  ctx.scanArgv(marked ? words.map((arg) => withFound(arg, bare)) : [...words, found], { kind: "none" });
  return end < 0 ? args.length : end + 1;
}

function readWords(inv: Invocation, ctx: RuleContext): void {
  const args = inv.operands;
  for (let index = 0; index < args.length; ) {
    const arg = args[index];
    if (arg === undefined || arg.text === "--") return;
    index = arg.head.startsWith("-") && arg.head !== "-" ? readOption(args, index, arg, inv, ctx) : readOperand(arg, index, ctx);
  }
}

function readOperand(arg: Arg, index: number, ctx: RuleContext): number {
  if (arg.shape !== "literal" && arg.dash)
    ctx.report({ risk: "unknown", why: `${arg.text} may become -x or another option`, safer: "put -- before it", span: arg.span });
  return index + 1;
}

function readOption(args: readonly Arg[], index: number, arg: Arg, inv: Invocation, ctx: RuleContext): number {
  const name = arg.head.startsWith("--") ? (arg.head.split("=", 1)[0] ?? "") : arg.head.slice(0, 2);
  if (arg.shape !== "literal" && !values.has(name)) {
    ctx.report({ risk: "unknown", why: `${arg.text} may become any option`, span: arg.span });
    return index + 1;
  }
  if (runners.has(arg.head)) return runFound(args, index + 1, inv, ctx);
  if (flags.has(arg.head)) return index + 1;
  if (values.has(arg.head)) return readValue(args[index + 1], index, ctx);
  if (values.has(name)) return index + 1;
  return arg.head.startsWith("--") ? unknownOption(arg, index, ctx) : readCluster(arg, index, ctx);
}

function readValue(value: Arg | undefined, index: number, ctx: RuleContext): number {
  if (value !== undefined && (value.shape === "many" || value.shape === "glob"))
    ctx.report({ risk: "unknown", why: `${value.text} may become several words`, safer: "quote it", span: value.span });
  return index + 2;
}

/** `-HIt f`: flags, the last one perhaps with a value; anything with x or X in it is not followed. */
function readCluster(arg: Arg, index: number, ctx: RuleContext): number {
  const letters = [...arg.head.slice(1)];
  for (const [at, letter] of letters.entries()) {
    if (flags.has(`-${letter}`)) continue;
    if (!values.has(`-${letter}`)) return unknownOption(arg, index, ctx);
    return at === letters.length - 1 ? index + 2 : index + 1;
  }
  return index + 1;
}

function unknownOption(arg: Arg, index: number, ctx: RuleContext): number {
  const runs = /^(-[^-]*[xX]|--exec)/.test(arg.text);
  ctx.report({
    risk: runs ? "dangerous" : "unknown",
    why: runs ? `${arg.text} runs a command in a form that is not followed` : `${arg.text} is not in the table`,
    span: arg.span,
  });
  return index + 1;
}

export const fd = program({
  names: "fd|fdfind",
  source: "fd(1) 9.0",
  style: "none",
  why: "lists files that match",
  operands: "inner*",
  answers: [1],
  inspect: readWords,
  examples: {
    "fd -e log . /var/log": "safe",
    "fd -HIt f '\\.conf$'": "safe",
    "fd --changed-within 2h -x wc -l": "safe",
    "fd -t f core -X ls -lh {}": "safe",
    "fd -e tmp -x rm": "dangerous",
    "fd -xrm": "dangerous",
    "fd --exec-batch=rm": "dangerous",
    "fd --frob": "unknown",
    "fd $x": "unknown",
  },
  nearMisses: [
    "fd x -x sort {/}",
    "fd x --strip-cwd-prefix -x sort",
    "fd . -x sh -c 'cat {}'",
    "fd -Hx rm",
    "fd x -X vim",
    "fd -e $x",
    "fd --exec",
  ],
});
