import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";

/** GNU prints its help and ends; other systems call the word an error. Neither deletes anything when nothing is named. */
function asksHelp(inv: Invocation): boolean {
  const only = inv.operands.length === 0 && inv.options.length === 1 && inv.unlisted.length === 0;
  return only && (inv.has("--help") || inv.has("--version"));
}

export const rm = program({
  names: "rm|grm|unlink|shred|gshred|trash|rmtrash",
  source: "rm(1), unlink(1), shred(1), GNU coreutils 9.4",
  risk: (inv) => (asksHelp(inv) ? "safe" : "dangerous"),
  why: "deletes files or directories; there is no way back",
  safer: "ls the same paths first, or move them aside with mv",
  flags: "--help --version",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: operandTargets("path"),
  examples: {
    "rm -rf /var/tmp/x": "dangerous",
    'r""m x': "dangerous",
    "/bin/rm x": "dangerous",
    "rm --help": "safe",
    "rm --help x": "dangerous",
  },
  nearMisses: ["shred -u secret", "rm --help $X", "rm --help --version -r"],
});

export const rmdir = program({
  names: "rmdir|grmdir",
  source: "rmdir(1), GNU coreutils 9.4",
  risk: "caution",
  why: "removes directories that are empty",
  safer: "ls the same paths first",
  flags: "-p|--parents -v|--verbose --ignore-fail-on-non-empty --help --version",
  operands: "name*",
  targets: operandTargets("path"),
  inverse: (inv) => {
    const [path, more] = [inv.operand(0), inv.operands[1]];
    const simple = path !== undefined && more === undefined && /^[\w./-]+$/.test(path);
    return simple ? { kind: "command", command: `mkdir ${inv.has("-p") ? "-p " : ""}${path}` } : undefined;
  },
  examples: { "rmdir empty": "caution" },
  nearMisses: ["rmdir -p a/b", "rmdir *"],
});
