import { inspectSedScript } from "../../embedded/sed-script.ts";
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

/** The words that are scripts: every -e, or the first operand when there is none; the other operands are files. */
function inspect(inv: Invocation, ctx: RuleContext): void {
  const given = inv.all("-e");
  const scripts: readonly Arg[] = given.length > 0 || inv.has("-f") ? given : inv.operands.slice(0, 1);
  for (const script of scripts) {
    if (script.shape !== "literal") ctx.report({ risk: "unknown", why: "the sed script is not written out", span: script.span });
    else for (const finding of inspectSedScript(script.text)) ctx.report({ ...finding, span: script.span });
  }
  if (scripts.length === 0 && !inv.has("-f")) ctx.report({ risk: "unknown", why: "sed without a script" });
}

export const sed = program({
  names: "sed|gsed",
  source: "sed(1), GNU sed 4.9",
  why: "prints text after edits; no file is changed",
  flags:
    "-n|--quiet|--silent --debug --posix -E|-r|--regexp-extended -s|--separate --sandbox -u|--unbuffered -z|--null-data --follow-symlinks --help --version",
  values: "-l|--line-length",
  options: {
    "-e|--expression": { kind: "code", risk: "safe" },
    "-f|--file": { kind: "code", why: "the script is in a file that is not seen here" },
    "-i|--in-place": { arity: "optional", risk: "caution", why: "edits the files in place", safer: "leave -i out to see the result first" },
  },
  operands: "text? read*",
  inspect,
  examples: {
    "sed -n '5,10p' app.log": "safe",
    "sed 's/a/b/g' x": "safe",
    "sed -E 's#^([0-9.]+) .*#\\1#' access.log": "safe",
    "sed -e 1d -e '$d'": "safe",
    "sed '/error/,/end/!d;s/x/y/2' f": "safe",
    "sed -i 's/a/b/' x": "caution",
    "sed 's/a/b/w out' x": "caution",
    "sed 's/.*/rm x/e' x": "dangerous",
  },
  nearMisses: [
    "sed -ni p x",
    "sed -Ei.bak s/a/b/ x",
    "sed 'w out' x",
    "sed 1e x",
    "sed 'e rm x' f",
    "sed -f s.sed x",
    "sed --in-pl s/a/b/ x",
    "sed -n '1{w out\n}' x",
  ],
});
