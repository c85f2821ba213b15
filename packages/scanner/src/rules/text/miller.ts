// mlr and gron: verbs that write or run are named, the others transform and print.
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

/** mlr's language can write (`tee >`, `print >`), pipe into programs and call system. */
const writesOrRuns = /\b(system|exec)\b|\b(tee|emit\w*|dump|e?printn?)\b[^]*(>|\|)/;

function judge(inv: Invocation, ctx: RuleContext): void {
  for (const arg of inv.operands) {
    if (arg.text === "tee" || arg.text === "split")
      ctx.report({ risk: "caution", why: `the verb ${arg.text} writes files`, span: arg.span });
    if (writesOrRuns.test(arg.text)) ctx.report({ risk: "unknown", why: "the program may write files or run commands", span: arg.span });
  }
}

/** `-s FILE` before the verb takes options and verbs from a file, `repl` from the keyboard. */
function judgeStart(inv: Invocation, ctx: RuleContext): void {
  const [verb] = inv.operands;
  const hidden = inv.unlisted.some((arg) => arg.text === "-s" && (verb === undefined || arg.span.start < verb.span.start));
  if (hidden || verb?.text === "repl" || inv.has("--repl"))
    ctx.report({ risk: "unknown", why: "takes its program from where it is not seen here" });
  if (inv.operands.some((arg) => /\bENV\b/.test(arg.text)))
    ctx.report({ risk: "caution", why: "the program can print the environment, where secrets live", sensitive: true });
}

export const miller = program({
  names: "mlr",
  source: "mlr(1), Miller 6.9",
  style: "long",
  why: "prints what it makes of tables and records",
  options: {
    "-I|--in-place": { arity: "flag", risk: "caution", why: "edits the files in place" },
    "--prepipe|--prepipex": { kind: "code", risk: "dangerous", why: "runs a program on every file" },
    "--load|--mload": { risk: "unknown", why: "loads programs from files" },
    "-f": { why: "a field name, or a file of the program" },
  },
  anyOption: true,
  operands: "read*",
  inspect: (inv, ctx) => {
    judge(inv, ctx);
    judgeStart(inv, ctx);
    const language = inv.operands.some((arg) => arg.text === "put" || arg.text === "filter");
    const filed = inv.has("-f") || inv.unlisted.some((arg) => arg.text === "-s");
    if (language && filed) ctx.report({ risk: "unknown", why: "the program is in a file that is not seen here" });
  },
  examples: {
    "mlr --icsv --ojson sort -nr count then head -n 5 x.csv": "safe",
    "mlr --icsv filter '$a == 1' x.csv": "safe",
    "mlr -I --csv sort -f a x.csv": "caution",
    "mlr --csv split -g a x.csv": "caution",
    "mlr --prepipe 'gunzip <' cat x": "dangerous",
    "mlr --load f cat x": "unknown",
    "mlr --icsv put 'system(\"rm x\")' x": "unknown",
  },
  nearMisses: [
    "mlr --csv tee out x.csv",
    "mlr --csv put 'tee > $a.\".csv\", $*' x",
    "mlr --prepipex=sh cat x",
    "mlr --csv put -f prog x",
    "mlr -s args x.csv",
    "mlr repl",
    'mlr -n put \'end{print "a;b" > "x"}\'',
  ],
});

export const gron = program({
  names: "gron|jo|jc",
  source: "gron 0.7, jo(1) 1.9, jc(1) 1.25",
  risk: (inv) => (inv.program === "gron" || inv.program === "jo" ? "safe" : "unknown"),
  why: "prints JSON in another form, or makes it from words",
  flags:
    "-u|--ungron -s|--stream -v|--values -c|--colorize -m|--monochrome -j|--json --no-sort -k|--insecure -p -a -B -e -n -D -V -h|--help --version",
  operands: "read*",
  inspect: (inv, ctx) => {
    for (const arg of inv.operands) {
      if (/^(https?|ftp):/.test(arg.text)) ctx.report({ risk: "unknown", why: "fetches from the network; use curl", span: arg.span });
      if (inv.program === "jo" && /[@:%]/.test(arg.text))
        ctx.report({ risk: "unknown", why: "may read a file into the result", span: arg.span });
    }
  },
  examples: { "gron x.json": "safe", "jo a=1 b=2": "safe", "gron https://x/y": "unknown", "jo a=@f": "unknown", "jc ls": "unknown" },
  nearMisses: ["gron ~/.aws/credentials", "jc -p rm x"],
});
