import { operandTargets, program } from "../../rule.ts";

export const rm = program({
  names: "rm|grm|unlink|shred|gshred|trash|rmtrash",
  source: "rm(1), unlink(1), shred(1), GNU coreutils 9.4",
  risk: "dangerous",
  why: "deletes files or directories; there is no way back",
  safer: "ls the same paths first, or move them aside with mv",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: operandTargets("path"),
  examples: { "rm -rf /var/tmp/x": "dangerous", 'r""m x': "dangerous", "/bin/rm x": "dangerous", "rm --help": "dangerous" },
  nearMisses: ["shred -u secret"],
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
