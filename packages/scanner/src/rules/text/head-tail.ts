import { program } from "../../rule.ts";

export const head = program({
  names: "head|ghead",
  source: "head(1), GNU coreutils 9.4",
  why: "prints the beginning of files",
  flags: "-q|--quiet|--silent -v|--verbose -z|--zero-terminated --help --version -NUM",
  values: "-n|--lines -c|--bytes",
  operands: "read*",
  anyWord: true,
  examples: { "head -20 /var/log/syslog": "safe", "head -n 5 a b": "safe", "head -c100 x": "safe" },
  nearMisses: ["head --frob x", "head -n 1 /etc/shadow"],
});

export const tail = program({
  names: "tail|gtail",
  source: "tail(1), GNU coreutils 9.4",
  why: "prints the end of files",
  flags: "-q|--quiet|--silent -v|--verbose -z|--zero-terminated --retry --help --version -NUM",
  values: "-n|--lines -c|--bytes --max-unchanged-stats -s|--sleep-interval --pid",
  options: {
    "-f": { arity: "flag", unbounded: true, why: "follows the file without end", safer: "leave -f out, or use -n 200" },
    "-F": { arity: "flag", unbounded: true, why: "follows the file without end", safer: "leave -F out, or use -n 200" },
    "--follow": { arity: "optional", unbounded: true, why: "follows the file without end", safer: "leave --follow out" },
  },
  operands: "read*",
  anyWord: true,
  // The old form, `-50f`.
  unbounded: (inv) => inv.unlisted.some((arg) => /^-\d+[bcl]?[fF]/.test(arg.text)),
  examples: {
    "tail -n 100 /var/log/app.log": "safe",
    "tail -50 x": "safe",
    "tail -f /var/log/app.log": "caution",
    "tail -fn5 x": "caution",
  },
  nearMisses: ["tail -fn 10 x", "tail --follow=name x", "tail --foll x", "tail -50f x"],
});
