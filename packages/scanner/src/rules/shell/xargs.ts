import type { Invocation } from "../../invocation.ts";
import { unknownArg, unknownArgs, type Arg } from "../../arg.ts";
import { program, type RuleContext } from "../../rule.ts";
import { inputAsCode } from "./input-as-code.ts";
import { sensitivePath } from "../../sensitive-paths.ts";

/** The command that xargs runs: its own words, with what is read standing behind them or in place of the marker. */
function inspect(inv: Invocation, ctx: RuleContext): void {
  const replaces = inv.has("-I") || inv.has("-i") || inv.has("-J");
  if (inv.operands.length === 0) {
    if (replaces) ctx.report({ risk: "unknown", why: "a marker without a command to put it in" });
    return;
  }
  namesSecrets(inv, ctx);
  if (!replaces || takesBack(inv)) appendInput(inv, ctx);
  if (replaces) replaceMarker(inv, ctx);
}

/** With -n or -L, some versions forget the marker and put the input behind the command. */
function takesBack(inv: Invocation): boolean {
  return inv.has("-n") || inv.has("-L") || inv.has("-l");
}

function appendInput(inv: Invocation, ctx: RuleContext): void {
  const runs = inputAsCode(inv.operands, undefined);
  if (runs !== undefined) ctx.report(runs);
  ctx.scanArgv([...inv.operands, unknownArgs("input of xargs", inv.span)], { kind: "none" });
}

/** -I and -i put one line in place of the marker, -J all of them in place of the word that is the marker. */
function replaceMarker(inv: Invocation, ctx: RuleContext): void {
  const given = inv.arg("-I") ?? inv.arg("-J") ?? inv.arg("-i");
  const marker = given === undefined ? "{}" : given.text;
  if (marker === "" || (given !== undefined && given.shape !== "literal") || (inv.has("-J") && inv.has("-I")))
    ctx.report({ risk: "unknown", why: "where the input goes is not written out" });
  const runs = inputAsCode(inv.operands, (text) => text.includes(marker));
  if (runs !== undefined) ctx.report(runs);
  ctx.scanArgv(
    inv.operands.map((arg) => (inv.has("-J") ? withInputs(arg, marker) : withInput(arg, marker))),
    { kind: "none" },
  );
}

function withInputs(arg: Arg, marker: string): Arg {
  return arg.text === marker ? unknownArgs("input of xargs", arg.span) : arg;
}

/** What it reads is written out and names a secret file. */
function namesSecrets(inv: Invocation, ctx: RuleContext): void {
  if (inv.stdin.kind !== "text") return;
  for (const word of inv.stdin.text.split(/\s+/)) {
    const why = sensitivePath(word);
    if (why !== undefined) ctx.report({ risk: "caution", why: `${word} ${why}`, sensitive: true });
  }
}

function withInput(arg: Arg, marker: string): Arg {
  const at = marker === "" ? -1 : arg.text.indexOf(marker);
  return at < 0 ? arg : unknownArg(arg.text, arg.head.slice(0, at), arg.span);
}

export const xargs = program({
  names: "xargs",
  source: "xargs(1), GNU findutils 4.9",
  style: "posix",
  why: "builds command lines from its input",
  flags: "-0|--null -o|--open-tty -p|--interactive -r|--no-run-if-empty -t|--verbose -x|--exit --show-limits --help --version",
  values: "-d|--delimiter -E -I -J -R -S -L -n|--max-args -P|--max-procs -s|--max-chars",
  optional: "-e|--eof -i|--replace -l|--max-lines",
  reads: "-a|--arg-file",
  operands: "inner*",
  inspect,
  examples: {
    "xargs -0 ls -l": "safe",
    "xargs -n1 grep x": "safe",
    "xargs -I{} ls -d {}": "safe",
    "xargs rm": "dangerous",
    "xargs -J % cat % x": "safe",
    "xargs sh -c": "dangerous",
    "echo /etc/shadow | xargs cat": "caution",
  },
  nearMisses: ["xargs -I{} sh -c '{}'", "xargs -I@ -n1 find .", "xargs -I $m find .", "xargs sort", "xargs -P 4 -I % rm -rf %"],
});
