// Editors: interactive, and able to write files and run programs.
import { destructiveText } from "../../destructive-text.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

/** Commands given on the command line or fed in run without anyone looking. */
function judgeCommands(inv: Invocation, ctx: RuleContext): void {
  const words = [...inv.operands, ...inv.unlisted, ...inv.options.flatMap((use) => use.value ?? [])];
  const texts = words.map((arg) => arg.text).filter((text) => text.startsWith("+") || text.includes("!") || text.includes("system("));
  const runs = texts.some((text) => /!|system\(|call |term|py3?|lua|perl/.test(text)) || destructiveText(texts.join("\n")) !== undefined;
  if (runs) ctx.report({ risk: "dangerous", why: "runs commands given to the editor" });
  if (inv.stdin.kind !== "none" && (inv.program === "ed" || inv.program === "ex" || inv.has("-s")))
    ctx.report({ risk: "dangerous", why: "the editor runs whatever it is fed" });
}

export const editors = program({
  names: "vi|vim|nvim|gvim|view|vimdiff|nano|pico|emacs|emacsclient|ed|ex|micro|helix|hx|joe|jed|mcedit|kak|code|subl|gedit|kate",
  source: "vim(1) 9.0, nano(1) 7.2, ed(1) 1.19",
  risk: (inv) => (inv.operands.length === 0 && inv.has("--version") ? "safe" : "unknown"),
  why: "is interactive: it can write files and run programs",
  safer: "cat, head or tail print the file",
  flags: "--version -R -s -e -E",
  values: "-c --cmd -S -u",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  inspect: judgeCommands,
  targets: (inv) => inv.operands.map((arg) => ({ kind: "path", name: arg.text })),
  examples: {
    "vim /etc/hosts": "unknown",
    "vim --version": "safe",
    "vim -es -c '!id' x": "dangerous",
    "vim '+!id'": "dangerous",
    "view x": "unknown",
  },
  nearMisses: ["ed x", "nano x", "echo '!id' | ed"],
});
