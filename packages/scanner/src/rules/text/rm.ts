import { operandTargets, program } from "../../rule.ts";

export const rm = program({
  names: "rm|rmdir|unlink|shred",
  source: "rm(1), rmdir(1), unlink(1), shred(1), GNU coreutils 9.4",
  risk: "dangerous",
  why: "deletes files or directories; there is no way back",
  safer: "ls the same paths first, or move them aside with mv",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: operandTargets("path"),
  examples: { "rm -rf /var/tmp/x": "dangerous", 'r""m x': "dangerous", "/bin/rm x": "dangerous", "rm --help": "dangerous" },
  nearMisses: ["rmdir empty", "shred -u secret"],
});
