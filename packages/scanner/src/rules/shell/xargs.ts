import type { Invocation } from "../../invocation.ts";
import { unknownArg, unknownArgs, type Arg } from "../../arg.ts";
import { program, type RuleContext } from "../../rule.ts";
import { sensitivePath } from "../../sensitive-paths.ts";

/** The command that xargs runs: its own words, with what is read standing behind them or in place of the `-I` marker. */
function inspect(inv: Invocation, ctx: RuleContext): void {
  if (inv.operands.length === 0) {
    if (inv.has("-I") || inv.has("-i")) ctx.report({ risk: "unknown", why: "a marker without a command to put it in" });
    return;
  }
  if (inv.has("-J")) {
    const marker = inv.value("-J");
    ctx.scanArgv(
      inv.operands.map((arg) => (arg.text === marker ? unknownArgs("input of xargs", arg.span) : arg)),
      { kind: "none" },
    );
    return;
  }
  runsInput(inv, ctx);
  namesSecrets(inv, ctx);
  const marker = inv.value("-I") ?? inv.value("-i") ?? (inv.has("-i") ? "{}" : undefined);
  if (marker === undefined) {
    ctx.scanArgv([...inv.operands, unknownArgs("input of xargs", inv.span)], { kind: "none" });
    return;
  }
  ctx.scanArgv(
    inv.operands.map((arg) => withInput(arg, marker)),
    { kind: "none" },
  );
}

/** What it reads is written out and names a secret file. */
function namesSecrets(inv: Invocation, ctx: RuleContext): void {
  if (inv.stdin.kind !== "text") return;
  for (const word of inv.stdin.text.split(/\s+/)) {
    const why = sensitivePath(word);
    if (why !== undefined) ctx.report({ risk: "caution", why: `${word} ${why}`, sensitive: true });
  }
}

const runners = /^(.*\/)?(sh|bash|dash|ash|zsh|ksh|fish|eval|python\d?(\.\d+)?|perl|ruby|node|php)$/;

/** A shell or interpreter whose program text is made of what xargs reads. */
function runsInput(inv: Invocation, ctx: RuleContext): void {
  const marker = inv.value("-I") ?? inv.value("-i") ?? (inv.has("-i") ? "{}" : "");
  const shell = inv.operands.findIndex((arg) => runners.test(arg.text));
  if (shell < 0) return;
  const behind = inv.operands.slice(shell + 1);
  const last = behind.at(-1)?.text ?? "-c";
  const fed = marker === "" ? /^-{1,2}(\w*[cer])?$/.test(last) : behind.some((arg) => arg.text.includes(marker));
  if (fed)
    ctx.report({ risk: "dangerous", why: "runs what it reads as a program", safer: "give the input as an operand: sh -c '... \"$1\"' _" });
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
  values: "-d|--delimiter -E -I -J -R -S -L -n|--max-args -P|--max-procs -s|--max-chars --process-slot-var",
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
  nearMisses: ["xargs -I{} sh -c '{}'", "xargs sort", "xargs -P 4 -I % rm -rf %"],
});
