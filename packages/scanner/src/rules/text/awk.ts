import { inspectAwkProgram } from "../../embedded/awk-program.ts";
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

/** A condition that always holds, and the words that leave such a loop. Over-inclusive: strings are looked at too. */
const endless = /\b(while\s*\(\s*[1-9]\d*\s*\)|for\s*\([^;]*;\s*;)/;
const leaves = /\b(break|exit|return)\b/;

function inspect(inv: Invocation, ctx: RuleContext): void {
  const given = inv.all("-e");
  const programs: readonly Arg[] = given.length > 0 || inv.has("-f") ? given : inv.operands.slice(0, 1);
  for (const text of programs) {
    if (text.shape !== "literal") ctx.report({ risk: "unknown", why: "the awk program is not written out", span: text.span });
    else {
      for (const finding of inspectAwkProgram(text.text)) ctx.report({ ...finding, span: text.span });
      if (endless.test(text.text) && !leaves.test(text.text))
        ctx.report({ risk: "caution", unbounded: true, why: "the program has a loop without end", span: text.span });
    }
  }
}

export const awk = program({
  names: "awk|gawk|mawk|nawk|goawk|original-awk",
  source: "awk(1p), POSIX 2018; gawk(1), gawk 5.2",
  style: "posix",
  why: "prints what an awk program makes of its input",
  flags:
    "-c|--traditional -b|--characters-as-bytes -k|--csv -n|--non-decimal-data -N|--use-lc-numeric -O|--optimize -P|--posix -r|--re-interval -s|--no-optimize -S|--sandbox -C|--copyright -t|--lint-old -h|--help -V|--version",
  values: "-F|--field-separator -v|--assign",
  optional: "-L|--lint",
  options: {
    "-W": { allow: "version usage help posix traditional", why: "a mode that is not in the table" },
    "-e|--source": { kind: "code", risk: "safe" },
    "-f|--file|-E|--exec": { kind: "code", why: "the program is in a file that is not seen here" },
    "-i|--include|-l|--load": { kind: "code", risk: "dangerous", why: "loads code" },
    "-o|--pretty-print|-p|--profile|-d|--dump-variables": { arity: "optional", risk: "caution", why: "writes a file" },
    "-D|--debug": { arity: "optional", risk: "unknown", why: "starts a debugger" },
  },
  operands: "text? read*",
  inspect,
  examples: {
    "awk '{print $1}' access.log": "safe",
    "awk -F: '$3 > 1000 {print $1}' /etc/passwd": "safe",
    "awk '/ERROR/ {n++} END {print n}' x": "safe",
    "awk '{s+=$1} END {printf \"%.2f\\n\", s/NR}'": "safe",
    "awk '{print > \"out\"}' x": "caution",
    "mawk -W version": "safe",
    "awk 'FNR == 1' *.conf": "safe",
    "awk '{print | \"sh\"}' x": "dangerous",
    "awk 'BEGIN {system(\"rm x\")}'": "dangerous",
  },
  nearMisses: [
    "awk '{print>$1}' x",
    "awk '{ \"date\" | getline d; print d }' x",
    "awk -f prog.awk x",
    'awk \'BEGIN{f="system"; @f("id")}\'',
    "gawk -i inplace '{print}' x",
    "awk '@load \"filefuncs\"; 1' x",
    "awk 'BEGIN{print 1 |& \"/inet/tcp/0/h/80\"}'",
    'awk \'length /"/ ; system("rm") ; x = "\'',
    'awk \'{printf("%s", $0) >> "f"}\'',
  ],
});
