import { type Arg, unknownArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { inputAsCode } from "./input-as-code.ts";
import { sensitivePath } from "../../sensitive-paths.ts";
import { writeFinding } from "../../write-paths.ts";

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

/** Tests and actions that stand alone. */
const alone = words(
  "-a -and -o -or -not ! ( ) , -daystart -depth -d -follow -ignore_readdir_race -noignore_readdir_race -mount -xdev -noleaf -nowarn -warn -help --help -version --version -H -L -P -empty -executable -false -true -E -X -s -x -nogroup -nouser -readable -writable -print -print0 -ls -prune -quit",
);

/** Tests and actions that take one word. */
const withValue = words(
  "-maxdepth -mindepth -regextype -amin -anewer -atime -cmin -cnewer -ctime -fstype -gid -group -ilname -iname -inum -ipath -iregex -iwholename -links -lname -mmin -mtime -name -newer -newerXY -path -perm -regex -samefile -size -type -uid -used -user -wholename -xtype -context -printf -D -f -Bmin -Bnewer -Btime -flags -mnewer",
);

const runners = words("-exec -execdir -ok -okdir");
const writers = words("-fprint -fprint0 -fls -fprintf");

/** Reads the expression word by word; a word that it does not know is unknown. */
function readExpression(inv: Invocation, ctx: RuleContext): void {
  const args = inv.operands;
  let index = 0;
  judgeSecrets(inv, ctx);
  for (let arg = args[index]; arg !== undefined; arg = args[index]) index = readWord(args, index, arg, ctx);
}

/** Judges the word at `index` and returns the index behind what belongs to it. */
const names = words("-name -iname -path -ipath -wholename -iwholename -regex -iregex");

/** Files that hold secrets are looked for, or looked through, and then given to a command. */
function judgeSecrets(inv: Invocation, ctx: RuleContext): void {
  const args = inv.operands;
  const runs = args.findIndex((arg) => runners.has(arg.text));
  for (const [at, arg] of args.slice(0, Math.max(runs, 0)).entries()) {
    const named = names.has(args[at - 1]?.text ?? "") || (at === 0 && !arg.head.startsWith("-"));
    const why = named ? sensitivePath(arg.head) : undefined;
    if (why !== undefined) ctx.report({ risk: "caution", why: `${arg.text} ${why}`, sensitive: true, span: arg.span });
  }
}

function readWord(args: readonly Arg[], index: number, arg: Arg, ctx: RuleContext): number {
  if (arg.shape !== "literal") {
    if (arg.dash)
      ctx.report({
        risk: "unknown",
        why: `${arg.text} may become -delete or another action`,
        safer: "give it a beginning, like ./",
        span: arg.span,
      });
    return index + 1;
  }
  const { text } = arg;
  if (alone.has(text) || /^-O[0-3]$/.test(text)) return index + 1;
  if (withValue.has(text) || /^-newer[aBcm][aBcmt]$/.test(text)) return readValue(args[index + 1], ctx, index);
  if (runners.has(text)) return readCommand(args, index, arg, ctx);
  return readRest(args, index, arg, ctx);
}

function readRest(args: readonly Arg[], index: number, arg: Arg, ctx: RuleContext): number {
  const { text } = arg;
  if (text === "-delete")
    ctx.report({
      risk: "dangerous",
      why: "deletes every file that it finds",
      safer: "leave -delete out and look at the list first",
      span: arg.span,
    });
  else if (writers.has(text)) return readWrite(args, index, text, ctx);
  else if (text.startsWith("-"))
    ctx.report({ risk: "unknown", why: `${text} is not in the table of find's tests and actions`, span: arg.span });
  return index + 1;
}

function readValue(value: Arg | undefined, ctx: RuleContext, index: number): number {
  if (value !== undefined && (value.shape === "many" || value.shape === "glob")) {
    ctx.report({ risk: "unknown", why: `${value.text} may become several words, actions among them`, safer: "quote it", span: value.span });
  }
  return index + 2;
}

function readWrite(args: readonly Arg[], index: number, action: string, ctx: RuleContext): number {
  const file = args[index + 1];
  const finding = file === undefined ? undefined : writeFinding(file, undefined, undefined, undefined);
  if (finding !== undefined) ctx.report(finding);
  return index + (action === "-fprintf" ? 3 : 2);
}

/** `-exec CMD ... ;` or `+`: what is found stands in place of `{}`; it begins with a starting point, so never with a dash. */
function readCommand(args: readonly Arg[], index: number, action: Arg, ctx: RuleContext): number {
  if (action.text.startsWith("-ok")) ctx.report({ risk: "caution", why: "asks at the terminal for each file", span: action.span });
  const end = args.findIndex(
    (arg, at) => at > index && arg.shape === "literal" && (arg.text === ";" || (arg.text === "+" && args[at - 1]?.text === "{}")),
  );
  if (end < 0) {
    ctx.report({ risk: "unknown", why: `${action.text} without its end`, span: action.span });
    ctx.scanArgv(args.slice(index + 1), { kind: "none" });
    return args.length;
  }
  const command = args.slice(index + 1, end);
  const runs = inputAsCode(command, (text) => text.includes("{}"));
  if (runs !== undefined) ctx.report(runs);
  ctx.scanArgv(command.map(withFound), { kind: "none" });
  return end + 1;
}

function withFound(arg: Arg): Arg {
  if (arg.text === "{}") return { ...unknownArg(arg.text, "", arg.span), dash: false };
  const at = arg.text.indexOf("{}");
  return at < 0 ? arg : unknownArg(arg.text, arg.head.slice(0, at), arg.span);
}

export const find = program({
  names: "find|gfind",
  source: "find(1), GNU findutils 4.9",
  style: "none",
  why: "lists files that match",
  operands: "inner*",
  answers: [1],
  inspect: readExpression,
  targets: (inv) => {
    const words = inv.operands.filter((arg) => !/^-[HLP]$/.test(arg.text));
    const expression = words.findIndex((arg) => arg.text.startsWith("-") || arg.text === "(" || arg.text === "!");
    const starts = expression < 0 ? words : words.slice(0, expression);
    return starts.map((arg) => ({ kind: "path", name: arg.text }));
  },
  examples: {
    "find /var/log -name '*.log' -mtime +7 -ls": "safe",
    "find . -type f -size +100M -exec ls -lh {} \\;": "safe",
    "find . -name x -exec grep -l y {} +": "safe",
    "find /tmp -delete": "dangerous",
    "find . -exec rm {} \\;": "dangerous",
    "find . -fprint out": "caution",
    "find / -name id_rsa -exec cat {} +": "caution",
    "find / -name id_rsa": "safe",
    "find . -type f -print0 | xargs -0 ls": "safe",
  },
  nearMisses: [
    "find . -d''elete",
    "find $x",
    "find *",
    "find . -exec sh -c 'cat {}' \\;",
    "find . -execdir ./x {} \\;",
    "find . -fprintf /etc/passwd %p",
    "find . -files0-from f",
    "find . -exec ls {}",
    "find . -name $x",
    "find . -ok rm {} \\;",
  ],
});
