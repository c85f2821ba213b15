// Programs that run commands later, elsewhere, many times or in a terminal of their own; their lists are safe.
import type { Arg } from "../../arg.ts";
import { joinArgs, unknownArgs } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { inputAsCode } from "./input-as-code.ts";

function judgeFed(inv: Invocation, ctx: RuleContext): void {
  if (inv.stdin.kind !== "none") ctx.report({ risk: "dangerous", why: "what it is fed is run later, unseen" });
}

export const at = program({
  names: "at|batch|atq|atrm",
  source: "at(1) 3.2",
  style: "posix",
  why: "shows, plans or removes commands that run later",
  safer: "atq shows what is planned",
  risk: (inv) => {
    if (inv.program === "atrm" || inv.has("-d") || inv.has("-r")) return "dangerous";
    return inv.program === "atq" || inv.has("-l") || inv.has("-c") || inv.has("-V") ? "safe" : "unknown";
  },
  flags: "-l -V -m -M -v -b -d -r -k -u",
  values: "-q -t -o",
  options: {
    "-f": { kind: "read", risk: "dangerous", why: "plans a file of commands that is not seen here" },
    "-c": { arity: "flag", sensitive: true, why: "prints a planned command with its environment" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (!inv.has("-l") && inv.program !== "atq" && inv.program !== "atrm") judgeFed(inv, ctx);
  },
  targets: (inv) => inv.operands.map((arg) => ({ kind: "job", name: arg.text })),
  examples: {
    "at -l": "safe",
    atq: "safe",
    "at -c 3": "caution",
    "echo 'rm x' | at now": "dangerous",
    "at -f x noon": "dangerous",
    "atrm 3": "dangerous",
    "at noon": "unknown",
  },
  nearMisses: ["at -d 3", "echo ls | batch", "at now < f"],
});

export const crontab = program({
  names: "crontab",
  source: "crontab(1)",
  risk: (inv) => (inv.has("-l") || inv.has("-V") ? "safe" : "dangerous"),
  why: "shows or replaces the scheduled commands of a user",
  safer: "crontab -l",
  flags: "-e -i -l -V",
  values: "-u",
  options: { "-r": { arity: "flag", risk: "dangerous", why: "deletes all scheduled commands of a user" } },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.has("-l") && (inv.has("-e") || inv.operands.length > 0))
      ctx.report({ risk: "dangerous", why: "replaces the scheduled commands" });
  },
  targets: (inv) => [{ kind: "crontab", name: inv.value("-u") ?? "your own" }],
  examples: { "crontab -l": "safe", "crontab -l -u app": "safe", "crontab -e": "dangerous", "crontab -r": "dangerous" },
  nearMisses: ["crontab file", "crontab -lr", "echo '* * * * * rm x' | crontab -", "crontab -u app -r"],
});

export const entr = program({
  names: "entr",
  source: "entr(1) 5.2",
  style: "posix",
  why: "repeats a command whenever a file changes",
  flags: "-a -c -d -n -p -r -s -z",
  operands: "inner*",
  unbounded: true,
  safer: "run the command itself",
  inspect: (inv, ctx) => {
    if (inv.has("-s")) ctx.scanText(joinArgs(inv.operands, inv.span));
    else ctx.scanArgv(inv.operands, { kind: "none" });
    if (inv.operands.length === 0) ctx.report({ risk: "unknown", why: "there is no command to run" });
  },
  examples: { "ls *.conf | entr -c wc -l x": "caution", "ls | entr -s 'rm x'": "dangerous", "ls | entr rm x": "dangerous" },
  nearMisses: ["ls | entr ls", "entr"],
});

const separators = /^::::?\+?$/;

/** The command words of parallel: each input stands at `{}`, or behind them. A template is shell text. */
function runParallel(inv: Invocation, ctx: RuleContext): void {
  const end = inv.operands.findIndex((arg) => separators.test(arg.text));
  const words = end < 0 ? inv.operands : inv.operands.slice(0, end);
  if (words.length === 0) {
    ctx.report({ risk: "dangerous", why: "runs each line of its input as a command", safer: "write the command before :::" });
    return;
  }
  const shell = words.some((arg) => arg.shape !== "literal" || /[^\w\s./:,=@%+{}-]/.test(arg.text));
  if (shell) ctx.report({ risk: "unknown", why: "the command is shell text with inputs in it" });
  if (words.length === 1) ctx.scanText(joinArgs(words, inv.span));
  const input = unknownArgs("input of parallel", inv.span);
  const isMarked = (arg: Arg): boolean => /\{[^}]*\}/.test(arg.text);
  const args = words.map((arg) => (isMarked(arg) ? { ...input, text: arg.text } : arg));
  ctx.scanArgv(words.some(isMarked) ? args : [...args, input], { kind: "none" });
  const runs = inputAsCode(words, words.some(isMarked) ? (text) => text.includes("{") : undefined);
  if (runs !== undefined) ctx.report(runs);
}

export const parallel = program({
  names: "parallel|sem|rush",
  source: "parallel(1), GNU parallel 2023",
  style: "posix",
  why: "runs a command once for each input",
  flags:
    "-k|--keep-order -0|--null -q|--quote -u|--ungroup -X -m -x|--exit -t|--verbose -r|--no-run-if-empty --bar --eta --progress --will-cite --line-buffer|--lb --linebuffer --tag --group --dry-run|--dryrun --citation --plus --version --help --fg --wait",
  values:
    "-j|--jobs|-P|--max-procs -n|--max-args -N|--max-replace-args -L -d|--delimiter -C|--colsep -I|--replace -s|--max-chars --timeout --delay --retries --halt --load --memfree --nice --header --tagstring --shuf --max-line-length-allowed --id",
  reads: "-a|--arg-file",
  options: {
    "-S|--sshlogin|--slf|--sshloginfile|--onall|--nonall|--transfer|--trc|--return|--basefile|--bf": {
      risk: "dangerous",
      why: "runs the commands on other machines",
    },
    "--joblog|--results|--tmpdir|--files": { kind: "write", why: "writes files" },
    "--pipe|--pipepart|--tmux|--shebang|--cat|--fifo|--sql|--sqlworker|--profile|-J|--workdir|--wd|--env|--record-env": {
      arity: "optional",
      risk: "unknown",
      why: "changes what is run, or where",
    },
  },
  operands: "inner*",
  inspect: runParallel,
  examples: {
    "parallel ls -l ::: a b": "safe",
    "cat hosts | parallel -j4 -k wc -l {}": "safe",
    "parallel rm ::: a b": "dangerous",
    "cat f | parallel": "dangerous",
    "parallel bash -c ::: 'rm x'": "dangerous",
    "parallel -S host ls ::: a": "dangerous",
    "parallel --joblog l ls ::: a": "caution",
    "parallel --pipe wc": "unknown",
  },
  nearMisses: [
    "parallel 'rm {}' ::: a",
    "parallel sort ::: a",
    "parallel 'cat {} > x' ::: a",
    "ls | parallel sh",
    "parallel --results d ls ::: a",
  ],
});

/** moreutils' ts puts the time before each line; another program of that name plans commands. */
export const timestamps = program({
  names: "ts",
  source: "ts(1), moreutils 0.67",
  style: "posix",
  why: "puts the time before each line",
  flags: "-r -i -s -m",
  operands: "data?",
  inspect: (inv, ctx) => {
    const format = inv.operands[0];
    if (format !== undefined && !/^[[<(]?%/.test(format.head))
      ctx.report({ risk: "unknown", why: "this may be the ts that plans commands", span: format.span });
    if (inv.stdin.kind === "none") ctx.report({ risk: "unknown", why: "there is nothing to put the time before" });
  },
  examples: { "cat x | ts '%H:%M:%S'": "safe", "ping -c 3 h | ts": "safe", "ts ls": "unknown" },
  nearMisses: ["ts rm x", "cat x | ts make"],
});
